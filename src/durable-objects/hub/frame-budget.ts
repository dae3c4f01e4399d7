// How many frames a socket may send: a bucket that refills, per socket, in memory.

const perSecond = 20
const burst = 60

export class FrameBudget {
  readonly #buckets = new WeakMap<WebSocket, { left: number; at: number }>()

  /** False when the bucket is empty. */
  take(socket: WebSocket): boolean {
    const now = Date.now()
    const bucket = this.#buckets.get(socket) ?? { left: burst, at: now }
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond) - 1
    bucket.at = now
    this.#buckets.set(socket, bucket)
    return bucket.left >= 0
  }
}
