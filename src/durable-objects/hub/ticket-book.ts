// Tickets that were used: each opens one socket, also after the hub slept.

export class TicketBook {
  readonly #storage: DurableObjectStorage
  #used: Record<string, number>

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
    this.#used = storage.kv.get<Record<string, number>>('tickets') ?? {}
  }

  /** False when this ticket was used before or has run out. `expiresAt` in ms. */
  use(ticket: string, expiresAt: number): boolean {
    const now = Date.now()
    if (expiresAt <= now || Object.hasOwn(this.#used, ticket)) return false
    this.#used = Object.fromEntries([...Object.entries(this.#used).filter(([, until]) => until > now), [ticket, expiresAt]])
    this.#storage.kv.put('tickets', this.#used)
    return true
  }
}
