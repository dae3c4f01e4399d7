// A browser without a screen: keeps a live line open through every fault and applies frames with the web app's own reducer.
import WebSocket from 'ws'
import type { ChangeFrame, ServerFrame } from '../../src/contract/live.ts'
import { apply } from '../../web/src/data/apply.ts'
import { emptyFacts, write } from '../../web/src/data/facts.ts'
import type { Facts } from '../../web/src/data/facts.ts'
import { asked, newLine, take } from '../../web/src/data/line.ts'
import type { Line } from '../../web/src/data/line.ts'
import { fromFrame } from '../../web/src/data/unread.ts'
import type { Product } from './product.node.ts'
import { call } from './studio.node.ts'
import type { Desk } from './studio.node.ts'

export class LiveClient {
  readonly facts: Facts = emptyFacts()
  /** Seqs in the order in which they were applied: must be 1, 2, 3 … after each snapshot. */
  readonly applied: number[] = []
  readonly closeCodes: number[] = []
  snapshots = 0
  replays = 0
  line: Line = newLine()
  readonly #product: Product
  readonly #desk: Desk
  #socket: WebSocket | null = null
  #open = true

  constructor(product: Product, desk: Desk) {
    this.#product = product
    this.#desk = desk
    void this.#keepOpen()
  }

  close(): void {
    this.#open = false
    this.#socket?.terminate()
  }

  async #keepOpen(): Promise<void> {
    while (this.#open) {
      await this.#once().catch(() => undefined) // the product is down: try again
      if (this.#open) await new Promise(resolve => setTimeout(resolve, 100))
    }
  }

  async #once(): Promise<void> {
    const { data } = await call<{ ticket: string }>(this.#product, 'POST', '/api/live/ticket', { token: this.#desk.token, body: {} })
    const socket = new WebSocket(`${this.#product.origin.replace('http', 'ws')}/api/live?ticket=${encodeURIComponent(data.ticket)}`, { origin: this.#product.origin, handshakeTimeout: 5_000 })
    this.#socket = socket
    socket.on('open', () => this.#hello(socket))
    socket.on('message', frame => this.#take(socket, JSON.parse(String(frame)) as ServerFrame))
    await new Promise<void>(resolve => {
      socket.on('error', () => resolve())
      socket.on('close', code => {
        this.closeCodes.push(code)
        resolve()
      })
    })
  }

  #hello(socket: WebSocket): void {
    this.line = asked(this.line)
    socket.send(JSON.stringify({ type: 'hello', epoch: this.line.epoch, seq: this.line.seq }))
  }

  #take(socket: WebSocket, frame: ServerFrame): void {
    const { line, steps } = take(this.line, frame)
    this.line = line
    if (frame.type === 'replay') this.replays += 1
    for (const step of steps) {
      if (step.do === 'hello') this.#hello(socket)
      else if (step.do === 'snapshot') {
        this.snapshots += 1
        write(this.facts, { at: 'clear', keepThread: null })
        for (const row of step.conversations) write(this.facts, { at: 'conversation', id: row.id, value: fromFrame(row, undefined, this.line.seq) })
      } else for (const change of step.changes) this.#apply(change)
    }
  }

  #apply(change: ChangeFrame): void {
    this.applied.push(change.seq)
    // Every thread counts as open from its first message on, so that messages are compared too.
    const conversation = change.data !== null && 'conversation' in change.data ? change.data.conversation.id : undefined
    if (conversation !== undefined && change.kind === 'message.created' && !this.facts.threads.has(conversation)) {
      write(this.facts, { at: 'thread', id: conversation, messages: [], older: null, keep: true, asked: 0 })
    }
    for (const patch of apply(this.facts, change, { member_id: this.#desk.memberId })) write(this.facts, patch)
  }
}
