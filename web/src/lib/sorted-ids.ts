// A list of ids kept in order by binary insertion: one event moves one id and never re-creates the list.

/** Ids ordered by a string key, then by id. Keys are compared as plain strings (ISO times, zero-padded numbers). */
export class SortedIds {
  readonly ids: string[] = []
  readonly #keys = new Map<string, string>()
  readonly #sign: 1 | -1

  constructor(order: 'ascending' | 'descending' = 'ascending') {
    this.#sign = order === 'ascending' ? 1 : -1
  }

  get size(): number {
    return this.ids.length
  }

  has(id: string): boolean {
    return this.#keys.has(id)
  }

  keyOf(id: string): string | undefined {
    return this.#keys.get(id)
  }

  /** Position of an id, -1 when absent; logarithmic. */
  indexOf(id: string): number {
    const key = this.#keys.get(id)
    return key === undefined ? -1 : this.#lowerBound(id, key)
  }

  /** Puts an id where its key belongs, moving it when it was elsewhere. True when the order or the set changed. */
  put(id: string, key: string): boolean {
    const before = this.#keys.get(id)
    if (before === key) return false
    if (before !== undefined) {
      const from = this.#lowerBound(id, before)
      const staysAfter = from === 0 || this.#compare(this.ids[from - 1]!, this.#keys.get(this.ids[from - 1]!)!, id, key) < 0
      const next = this.ids[from + 1]
      const staysBefore = next === undefined || this.#compare(id, key, next, this.#keys.get(next)!) < 0
      if (staysAfter && staysBefore) {
        this.#keys.set(id, key)
        return false
      }
      this.ids.splice(from, 1)
      this.#keys.delete(id)
    }
    this.ids.splice(this.#lowerBound(id, key), 0, id)
    this.#keys.set(id, key)
    return true
  }

  remove(id: string): boolean {
    const at = this.indexOf(id)
    if (at < 0) return false
    this.ids.splice(at, 1)
    this.#keys.delete(id)
    return true
  }

  clear(): void {
    this.ids.length = 0
    this.#keys.clear()
  }

  /** Whether `key` stands before or at the place of the last id; false for an empty list. */
  reaches(id: string, key: string): boolean {
    const last = this.ids.at(-1)
    return last !== undefined && this.#compare(id, key, last, this.#keys.get(last)!) <= 0
  }

  #lowerBound(id: string, key: string): number {
    let low = 0
    let high = this.ids.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.ids[middle]!
      if (this.#compare(other, this.#keys.get(other)!, id, key) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #compare(idA: string, keyA: string, idB: string, keyB: string): number {
    if (keyA !== keyB) return keyA < keyB ? -this.#sign : this.#sign
    if (idA === idB) return 0
    return idA < idB ? -this.#sign : this.#sign
  }
}
