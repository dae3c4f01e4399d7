// The number of the last change that was sent, kept through the hub's sleep: written at most ten times a second.

const saveMs = 100

export class KeptHead {
  readonly #storage: DurableObjectStorage
  #saving = false
  /** -1 before the first. */
  seq: number

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
    this.seq = storage.kv.get<number>('head') ?? -1
  }

  /** A head that is lost on the way is read again from D1. */
  saveSoon(): void {
    if (this.#saving) return
    this.#saving = true
    setTimeout(() => {
      this.#saving = false
      this.#storage.kv.put('head', this.seq)
    }, saveMs)
  }
}
