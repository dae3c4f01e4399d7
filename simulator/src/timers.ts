// What happens later in the simulated world: rows woken by the object's one alarm, so that they outlive a restart.

import type { Json } from './json.ts'
import type { Store } from './store.ts'

const LEASE_MS = 60_000

type Handler = (body: Json) => Promise<void> | void

export class Timers {
  private readonly handlers = new Map<string, Handler>()
  private readonly store: Store
  private readonly storage: DurableObjectStorage
  private alarmAt = Infinity

  constructor(store: Store, storage: DurableObjectStorage) {
    this.store = store
    this.storage = storage
  }

  on(kind: string, handler: Handler): void {
    this.handlers.set(kind, handler)
  }

  /** Wakes the handler of `kind` in `ms` milliseconds. */
  async later(ms: number, kind: string, body: Json): Promise<void> {
    const due = Math.ceil(Date.now() + Math.max(0, ms))
    this.store.run('INSERT INTO timers (due, kind, body) VALUES (?, ?, ?)', due, kind, JSON.stringify(body))
    await this.alarmBy(due)
  }

  /** The alarm: starts all that is due without waiting, so that one slow webhook does not hold up the others. */
  async run(): Promise<void> {
    this.alarmAt = Infinity
    const now = Date.now()
    const due = this.store.all<{ n: number; kind: string; body: string }>('SELECT n, kind, body FROM timers WHERE due <= ? ORDER BY due, n LIMIT 200', now)
    // Leased, not deleted: a crash in the middle fires it again later, as a provider would.
    for (const row of due) this.store.run('UPDATE timers SET due = ? WHERE n = ?', now + LEASE_MS, row.n)
    for (const row of due) {
      void this.fire(row.kind, JSON.parse(row.body)).finally(() => this.store.run('DELETE FROM timers WHERE n = ?', row.n))
    }
    await this.arm()
  }

  /** Sets the alarm to the earliest row; called at start too, lest a lost alarm stops the world. */
  async arm(): Promise<void> {
    const next = this.store.first<{ due: number | null }>('SELECT MIN(due) AS due FROM timers')
    if (next?.due != null) await this.alarmBy(next.due)
  }

  private async fire(kind: string, body: Json): Promise<void> {
    const handler = this.handlers.get(kind)
    try {
      await handler?.(body)
    } catch (error) {
      console.error(`simulator: timer ${kind} failed`, error)
    }
  }

  private async alarmBy(due: number): Promise<void> {
    if (due >= this.alarmAt) return
    this.alarmAt = due
    await this.storage.setAlarm(due)
  }
}
