// What was written but not yet accepted: kept in the browser, sent in order, resent under the same id until the server answers for good.
import type { SendBody } from '../../../src/contract/inbox.ts'

export interface OutboxItem {
  /** Made in the browser; the message keeps it. */
  id: string
  conversation_id: string
  body: Omit<SendBody, 'id'>
  /** Bytes that still have to be uploaded. */
  file: { blob: Blob; name: string; kind: string } | null
  /** The suggestion it began as: its outcome is told after the server took the message. */
  draft?: { id: string; suggestion: number; outcome: 'accepted' | 'edited' }
  written_at: number
  tries: number
  state: 'waiting' | 'sending' | 'failed'
  reason: string
}

/** Where items survive a reload. */
export interface Shelf {
  all(): Promise<OutboxItem[]>
  put(item: OutboxItem): Promise<void>
  remove(id: string): Promise<void>
}

/** How one try ended. `refused`: the server said no for good; `later`: nobody knows, or it was not reached. */
export type Try = { outcome: 'accepted' } | { outcome: 'refused'; reason: string } | { outcome: 'later'; afterMs: number | null }

export interface OutboxOptions {
  shelf: Shelf
  send(item: OutboxItem): Promise<Try>
  /** Told after every change of the items. */
  changed(): void
  /** Runs `work` while no other tab sends; the same id makes a double harmless, this makes it rare. */
  alone?: (work: () => Promise<void>) => Promise<void>
  wait?: (ms: number) => Promise<void>
}

const firstDelay = 1_000
const longestDelay = 30_000

export class Outbox {
  readonly #options: OutboxOptions
  readonly #items = new Map<string, OutboxItem>()
  #pumping: Promise<void> | null = null
  #wake: (() => void) | null = null
  #ended = false

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** Takes up what an earlier page left behind. What was `sending` then may have arrived: it is sent again under its id. */
  async restore(): Promise<void> {
    for (const item of await this.#options.shelf.all()) {
      if (!this.#items.has(item.id)) this.#items.set(item.id, item.state === 'sending' ? { ...item, state: 'waiting' } : item)
    }
    this.#options.changed()
    this.pump()
  }

  /** All items, oldest first. */
  items(): OutboxItem[] {
    return [...this.#items.values()].sort((a, b) => a.written_at - b.written_at || (a.id < b.id ? -1 : 1))
  }

  has(id: string): boolean {
    return this.#items.has(id)
  }

  async add(item: OutboxItem): Promise<void> {
    this.#items.set(item.id, item)
    this.#options.changed()
    await this.#options.shelf.put(item)
    this.pump()
  }

  async retry(id: string): Promise<void> {
    const item = this.#items.get(id)
    if (!item) return
    await this.#set({ ...item, state: 'waiting', reason: '' })
    this.pump()
  }

  /** The message is known to the server (its 201 or its change came), or a person threw it away. */
  async settle(id: string): Promise<void> {
    if (!this.#items.delete(id)) return
    this.#options.changed()
    await this.#options.shelf.remove(id)
  }

  /** Tries what waits, now: after coming online, after a new item. */
  pump(): void {
    this.#wake?.()
    if (this.#pumping || this.#ended) return
    const alone = this.#options.alone ?? (work => work())
    this.#pumping = alone(() => this.#run()).finally(() => {
      this.#pumping = null
      if (this.#next(new Set())) this.pump()
    })
  }

  /** Stops for good, keeping the items on their shelf. */
  end(): void {
    this.#ended = true
    this.#wake?.()
    this.#items.clear()
  }

  async #run(): Promise<void> {
    let delay = firstDelay
    while (!this.#ended) {
      const blocked = new Set<string>()
      let later: number | null = null
      for (let item = this.#next(blocked); item && !this.#ended; item = this.#next(blocked)) {
        const result = await this.#try(item)
        if (result.outcome !== 'later') { delay = firstDelay; continue }
        later = Math.max(later ?? 0, result.afterMs ?? 0, delay)
        blocked.add(item.conversation_id)
      }
      if (later === null || this.#ended) return
      await this.#pause(later)
      delay = Math.min(longestDelay, delay * 2)
    }
  }

  /** The oldest waiting item of a conversation that is not held up by an older one. */
  #next(blocked: ReadonlySet<string>): OutboxItem | undefined {
    return this.#ended ? undefined : this.items().find(item => item.state === 'waiting' && !blocked.has(item.conversation_id))
  }

  async #try(item: OutboxItem): Promise<Try> {
    const tried: OutboxItem = { ...item, state: 'sending', tries: item.tries + 1 }
    await this.#set(tried)
    const result = await this.#options.send(tried)
    if (this.#ended || !this.#items.has(item.id)) return { outcome: 'accepted' }
    if (result.outcome === 'accepted') await this.settle(item.id)
    else if (result.outcome === 'refused') await this.#set({ ...this.#items.get(item.id)!, state: 'failed', reason: result.reason })
    else await this.#set({ ...this.#items.get(item.id)!, state: 'waiting' })
    return result
  }

  async #set(item: OutboxItem): Promise<void> {
    this.#items.set(item.id, item)
    this.#options.changed()
    await this.#options.shelf.put(item)
  }

  async #pause(ms: number): Promise<void> {
    const woken = new Promise<void>(resolve => { this.#wake = resolve })
    await Promise.race([this.#options.wait?.(ms) ?? new Promise<void>(resolve => setTimeout(resolve, ms)), woken])
    this.#wake = null
  }
}
