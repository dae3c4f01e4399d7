// Counts one thing exactly ("user:usr_…", "ip:…"): a window that begins with its first hit, in memory.
import { DurableObject } from 'cloudflare:workers'
import { now } from '../platform/clock.ts'

export interface Verdict {
  allowed: boolean
  limit: number
  remaining: number
  /** ms until the window ends. */
  resetMs: number
}

/** An object that is put to sleep forgets its window: it does so only when nobody has asked for a while. */
export class RateLimiter extends DurableObject {
  #start = 0
  #count = 0

  /** Takes one of `limit` per `windowMs`. A refused call takes nothing. */
  take(limit: number, windowMs: number): Verdict {
    const at = now()
    if (at - this.#start >= windowMs || at < this.#start) {
      this.#start = at
      this.#count = 0
    }
    const allowed = this.#count < limit
    if (allowed) this.#count += 1
    return { allowed, limit, remaining: Math.max(0, limit - this.#count), resetMs: this.#start + windowMs - at }
  }

  /** Gives one back: what was taken in advance turned out to be harmless. */
  giveBack(): void {
    this.#count = Math.max(0, this.#count - 1)
  }
}
