// Staff sockets: opens them, and writes down when each message of a block reached each of them.
import WebSocket from 'ws'
import { indexesIn } from './message.ts'

/** One socket to open: its address, and what it says first when the server expects a hello. */
export interface SocketPlan { url: string; origin?: string; hello?: string }

/** The sockets of one target. Between blocks frames are ignored. */
export class Listeners {
  private readonly sockets: WebSocket[] = []
  private run = ''
  private seen = new Uint8Array(0)
  private messages = 0
  private sentAt: Float64Array = new Float64Array(0)
  /** Latencies of first arrivals in ms, one per message and socket. */
  samples: number[] = []
  duplicates = 0
  closed = 0

  /** Opens all sockets, 50 at a time, and waits for each hello to be answered (or for the opening where there is none). */
  async open(plans: SocketPlan[]): Promise<void> {
    for (let at = 0; at < plans.length; at += 50) {
      await Promise.all(plans.slice(at, at + 50).map((plan, offset) => this.openOne(plan, at + offset)))
    }
  }

  get count(): number { return this.sockets.length }

  /** Starts counting block `run` of `messages` messages; `sentAt[i]` is filled by the sender. */
  begin(run: string, messages: number, sentAt: Float64Array): void {
    this.run = run
    this.messages = messages
    this.sentAt = sentAt
    this.seen = new Uint8Array(messages * this.sockets.length)
    this.samples = []
    this.duplicates = 0
  }

  close(): void {
    this.run = ''
    for (const socket of this.sockets) socket.terminate()
  }

  private openOne(plan: SocketPlan, index: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(plan.url, { perMessageDeflate: false, ...(plan.origin ? { origin: plan.origin } : {}) })
      this.sockets[index] = socket
      socket.on('open', () => { if (plan.hello) socket.send(plan.hello); else resolve() })
      socket.on('message', data => { resolve(); this.receive(index, data as Buffer) })
      socket.on('error', reject)
      socket.on('close', code => { this.closed++; reject(new Error(`socket closed with ${code}`)) })
    })
  }

  private receive(socket: number, frame: Buffer): void {
    if (!this.run) return
    const now = performance.now()
    for (const index of indexesIn(frame, this.run)) {
      const slot = socket * this.messages + index
      if (this.seen[slot]) { this.duplicates++; continue }
      this.seen[slot] = 1
      this.samples.push(now - this.sentAt[index]!)
    }
  }
}
