// One studio's live line: repeats the change log to its sockets in order, knows who is here, and can be rebuilt from D1 at any time.
import { DurableObject } from 'cloudflare:workers'
import { clientFrame, pingFrame, pongFrame } from '../contract/live.ts'
import { may } from '../contract/policy.ts'
import type { Change } from '../db/changes.ts'
import type { HubCalls } from '../db/relay.ts'
import type { Bindings } from '../platform/bindings.ts'
import { describe, log } from '../platform/log.ts'
import { catchUp, changesSince, pageSize } from './hub/catch-up.ts'
import { FrameBudget } from './hub/frame-budget.ts'
import { frameOf, parsed, textFor } from './hub/frames.ts'
import type { Frame } from './hub/frames.ts'
import { KeptHead } from './hub/kept-head.ts'
import { PresenceBoard } from './hub/presence.ts'
import { closingOf } from './hub/revocation.ts'
import type { Gone } from './hub/revocation.ts'
import { claimsFrom, memberOf, setMember } from './hub/socket-member.ts'
import type { SocketMember } from './hub/socket-member.ts'
import { Tail } from './hub/tail.ts'
import { TicketBook } from './hub/ticket-book.ts'

const holeWaitMs = 50
const maxFrameBytes = 64 * 1024

export class StudioHub extends DurableObject<Bindings> implements HubCalls {
  /** Number of the last change that every ready socket was sent. */
  readonly #head: KeptHead
  #epoch: string | null
  readonly #tail = new Tail()
  readonly #waiting = new Map<number, Change>()
  readonly #presence: PresenceBoard
  readonly #budget = new FrameBudget()
  readonly #tickets: TicketBook
  #catchingUp: Promise<void> | null = null

  constructor(state: DurableObjectState, env: Bindings) {
    super(state, env)
    this.#tickets = new TicketBook(state.storage)
    this.#presence = new PresenceBoard(() => this.#members(), members => this.#send(JSON.stringify({ type: 'presence', members })))
    this.#head = new KeptHead(state.storage)
    this.#epoch = state.storage.kv.get<string>('epoch') ?? null
    this.#tail.restart(this.#head.seq)
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(pingFrame, pongFrame))
  }

  /** Upgrades a request whose ticket the edge has verified; its claims come in one header. */
  override async fetch(request: Request): Promise<Response> {
    const claims = request.headers.get('upgrade') === 'websocket' ? claimsFrom(request.headers.get('x-live-claims')) : null
    if (claims === null) return new Response(null, { status: 400 })
    if (!this.#tickets.use(claims.ticket, claims.ticketExpiresAt)) return new Response(null, { status: 401 })
    if (this.#members().filter(member => member.memberId === claims.memberId).length >= claims.socketLimit) return new Response(null, { status: 429 })
    const { 0: webSocket, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server)
    setMember(server, { ...claims, ready: false, focus: null })
    return new Response(null, { status: 101, webSocket })
  }

  /** Takes changes in any order, sends each once and in order; answers the head it has reached. */
  async relay(studioId: string, epoch: string, changes: Change[]): Promise<number> {
    this.#enterEpoch(epoch)
    if (!this.#someoneListens()) this.#jumpTo((changes[0]?.seq ?? 0) - 1)
    for (const change of changes) if (change.seq > this.#head.seq) this.#waiting.set(change.seq, change)
    this.#drain()
    if (this.#waiting.size > 0) setTimeout(() => void (this.#waiting.size > 0 ? this.#catchUp(studioId) : null), holeWaitMs)
    return this.#head.seq
  }

  /** The sweeper's question: have you got this far? */
  async poke(studioId: string, epoch: string, head: number): Promise<number> {
    this.#enterEpoch(epoch)
    await this.#reach(studioId, head)
    return this.#head.seq
  }

  /** Closes the sockets of ended sessions (4401) and of members who were changed or removed (4403). */
  async revoke(_studioId: string, gone: Gone): Promise<void> {
    for (const socket of this.ctx.getWebSockets()) {
      const member = memberOf(socket)
      const closing = member === null ? null : closingOf(member, gone)
      if (closing !== null) this.#drop(socket, closing.code, closing.reason)
    }
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const member = memberOf(socket)
    if (member === null || typeof data !== 'string') return this.#drop(socket, 1003, 'text frames only')
    if (data.length > maxFrameBytes || new TextEncoder().encode(data).byteLength > maxFrameBytes) return this.#drop(socket, 1009, 'frame too large')
    if (!this.#budget.take(socket)) return this.#drop(socket, 1008, 'too many frames')
    const frame = clientFrame.safeParse(parsed(data))
    if (!frame.success) return socket.send('{"type":"error","code":"UNKNOWN_FRAME","message":"This frame is not understood."}')
    if (frame.data.type === 'hello') return this.#hello(socket, member, frame.data.epoch, frame.data.seq)
    if (frame.data.type === 'focus') setMember(socket, { ...member, focus: frame.data.conversation_id })
    else if (may(member.role, 'messages.send')) this.#presence.typing(member.memberId, frame.data.conversation_id, frame.data.on)
    this.#presence.changed()
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    if (socket.readyState !== WebSocket.CLOSED) socket.close([1005, 1006, 1015].includes(code) ? 1000 : code)
    this.#presence.changed()
  }

  override webSocketError(): void { this.#presence.changed() }

  /** Replay from memory or D1, else a snapshot. Live frames reach the socket only after it has been caught up. */
  async #hello(socket: WebSocket, { studioId, role }: SocketMember, epoch: string | null, seq: number): Promise<void> {
    try {
      const view = { after: (from: number) => this.#tail.after(from), head: () => this.#head.seq, reach: (head: number) => this.#reach(studioId, head) }
      await catchUp(this.env, { studioId, role, epoch, seq }, view, texts => {
        for (const text of texts) socket.send(text)
        const member = memberOf(socket)
        if (member !== null) setMember(socket, { ...member, ready: true })
      })
      this.#presence.welcome()
    } catch (error) {
      log('warn', 'hub.hello_failed', { error: describe(error) })
      this.#drop(socket, 1011, 'try again')
    }
  }

  /** A restored backup starts its numbers again: everybody comes back and takes a snapshot. */
  #enterEpoch(epoch: string): void {
    if (this.#epoch === epoch) return
    const known = this.#epoch
    this.#epoch = epoch
    this.ctx.storage.kv.put('epoch', epoch)
    if (known === null) return
    this.#head.seq = -1
    this.#waiting.clear()
    this.#tail.restart(-1)
    for (const socket of this.ctx.getWebSockets()) this.#drop(socket, 1012, 'restored')
  }

  #drain(): void {
    for (let next = this.#waiting.get(this.#head.seq + 1); next !== undefined; next = this.#waiting.get(this.#head.seq + 1)) {
      this.#head.seq = next.seq
      const frame = frameOf(next)
      this.#tail.push(frame)
      // What was said of an erased person is not repeated from memory: D1 has tombstones.
      if (next.kind === 'contact.erased') this.#tail.restart(next.seq)
      this.#send(frame.text, frame)
    }
    for (const seq of this.#waiting.keys()) if (seq <= this.#head.seq) this.#waiting.delete(seq)
    this.#head.saveSoon()
  }

  /** The same text for every socket; a role that may not hear the kind gets the bare one. */
  #send(text: string, frame: Frame | null = null): void {
    const now = Date.now()
    for (const socket of this.ctx.getWebSockets()) {
      const member = memberOf(socket)
      if (member === null || !member.ready || socket.readyState !== WebSocket.OPEN) continue
      if (member.expiresAt <= now) this.#drop(socket, 4401, 'session ended')
      else socket.send(frame === null || frame.bare === null ? text : textFor(frame, member.role))
    }
  }

  /** One at a time: reads from D1 what the relay did not bring. */
  #catchUp(studioId: string): Promise<void> {
    this.#catchingUp ??= this.#readOn(studioId).catch((error: unknown) => log('warn', 'hub.catch_up_failed', { error: describe(error) })).finally(() => {
      this.#catchingUp = null
    })
    return this.#catchingUp
  }

  async #readOn(studioId: string): Promise<void> {
    for (let size = pageSize; size === pageSize;) {
      const changes = await changesSince(this.env, studioId, this.#head.seq)
      for (const change of changes) if (change.seq > this.#head.seq) this.#waiting.set(change.seq, change)
      this.#drain()
      size = changes.length
    }
  }

  async #reach(studioId: string, head: number): Promise<void> {
    if (head > this.#head.seq) await (this.#someoneListens() ? this.#catchUp(studioId) : this.#jumpTo(head))
  }

  /** Nobody is listening: there is no need to read what nobody will be sent. */
  #jumpTo(seq: number): void {
    if (seq <= this.#head.seq) return
    this.#head.seq = seq
    this.#tail.restart(seq)
    this.#drain()
  }

  #members(): SocketMember[] {
    return this.ctx.getWebSockets().map(memberOf).filter(member => member !== null)
  }

  #someoneListens(): boolean {
    return this.ctx.getWebSockets().some(socket => memberOf(socket)?.ready === true)
  }

  #drop(socket: WebSocket, code: number, reason: string): void {
    const member = memberOf(socket)
    if (member !== null) setMember(socket, { ...member, ready: false })
    socket.close(code, reason)
  }
}
