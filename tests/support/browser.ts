// A browser without a screen: a real socket to the hub, the real line and reducer, and a connection that the test may spoil.
import { evictDurableObject } from 'cloudflare:test'
import type { ConversationForMember } from '../../src/contract/inbox.ts'
import type { ServerFrame } from '../../src/contract/live.ts'
import { hubOf } from '../../src/db/relay.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { apply } from '../../web/src/data/apply.ts'
import { emptyFacts, write } from '../../web/src/data/facts.ts'
import type { Facts } from '../../web/src/data/facts.ts'
import { asked, newLine, take } from '../../web/src/data/line.ts'
import { fromFrame, fromHttp } from '../../web/src/data/unread.ts'
import { ask, origin, send } from './api.ts'
import type { Reply } from './api.ts'
import type { Member } from './member.ts'

/** What the way to the browser does to a frame: how many times it arrives, and whether it waits for the next one. */
export interface Weather { copies(): number; holds(): boolean }
export const fair: Weather = { copies: () => 1, holds: () => false }

export class Browser {
  readonly #env: Bindings
  readonly member: Member
  weather: Weather
  facts: Facts = emptyFacts()
  line = newLine()
  socket: WebSocket | null = null
  closedWith: number | null = null
  /** Seqs in the order in which they were applied, since the last snapshot. */
  applied: number[] = []
  #held: ServerFrame[] = []
  #waiting: { until: () => boolean; done: () => void }[] = []
  readonly frames: ServerFrame[] = []

  constructor(env: Bindings, member: Member, weather: Weather = fair) {
    this.#env = env
    this.member = member
    this.weather = weather
  }

  /** A ticket, a socket, hello; then the rows that only HTTP tells (my unread). */
  async open(): Promise<void> {
    const { socket } = await openSocket(this.#env, this.member)
    if (socket === null) throw new Error('no socket')
    this.socket = socket
    this.closedWith = null
    socket.addEventListener('message', event => {
      if (this.socket === socket) this.#arrive(JSON.parse(String(event.data)) as ServerFrame)
    })
    socket.addEventListener('close', event => {
      if (this.socket !== socket) return
      this.closedWith = Number(event.code)
      this.socket = null
      this.#wake()
    })
    this.hello()
  }

  hello(): void {
    this.line = asked(this.line)
    this.say({ type: 'hello', epoch: this.line.epoch, seq: this.line.seq })
  }

  say(frame: unknown): void {
    this.socket?.send(JSON.stringify(frame))
  }

  /** The connection is gone without a word; what was on its way is lost. */
  drop(): void {
    const { socket } = this
    this.socket = null
    this.#held = []
    socket?.close(1000)
  }

  /** From now on the way is clear; what was held back arrives. */
  calm(): void {
    this.weather = fair
    for (const late of this.#held.splice(0)) this.#feed(late)
    this.#wake()
  }

  /** Loads all pages of the list, as the screen does after a start or a snapshot. */
  async load(): Promise<void> {
    const at = this.line.seq
    for (const row of await fetchAll(this.#env, this.member)) write(this.facts, { at: 'conversation', id: row.id, value: fromHttp(row, this.facts.conversations.get(row.id), at) })
  }

  async until(reached: () => boolean, what: string, ms = 5_000): Promise<void> {
    if (reached()) return
    let timer: ReturnType<typeof setTimeout> | null = null
    const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`${what}: still at ${this.line.seq} after ${ms} ms, ${this.frames.length} frames, closed with ${this.closedWith}`)), ms) })
    await Promise.race([new Promise<void>(done => this.#waiting.push({ until: reached, done })), late]).finally(() => clearTimeout(timer))
  }

  #arrive(frame: ServerFrame): void {
    this.frames.push(frame)
    if (frame.type === 'change' && this.weather.holds()) {
      this.#held.push(frame)
      return
    }
    for (let i = this.weather.copies(); i > 0; i -= 1) this.#feed(frame)
    // A held frame comes after its successor: out of order.
    for (const late of this.#held.splice(0)) this.#feed(late)
    this.#wake()
  }

  #feed(frame: ServerFrame): void {
    const { line, steps } = take(this.line, frame)
    this.line = line
    for (const step of steps) {
      if (step.do === 'hello') this.hello()
      else if (step.do === 'snapshot') {
        const before = new Map(this.facts.conversations)
        write(this.facts, { at: 'clear', keepThread: null })
        this.applied = [line.seq]
        for (const row of step.conversations) write(this.facts, { at: 'conversation', id: row.id, value: fromFrame(row, before.get(row.id), line.seq) })
      } else for (const change of step.changes) {
        this.applied.push(change.seq)
        for (const patch of apply(this.facts, change, { member_id: this.member.memberId })) write(this.facts, patch)
      }
    }
  }

  #wake(): void {
    this.#waiting = this.#waiting.filter(({ until, done }) => {
      if (!until()) return true
      done()
      return false
    })
  }
}

export async function openSocket(env: Bindings, member: Member, given?: string): Promise<{ status: number; socket: WebSocket | null; ticket: string }> {
  const ticket = given ?? ((await ask('POST', '/api/live/ticket', { env, token: member.token, body: {} })).body.data.ticket as string)
  const response = await send(new Request(`${origin}/api/live?ticket=${ticket}`, { headers: { upgrade: 'websocket', origin } }), env)
  response.webSocket?.accept()
  return { status: response.status, socket: response.webSocket, ticket }
}

/** Every conversation of the studio as HTTP tells it now. */
export async function fetchAll(env: Bindings, member: Member): Promise<ConversationForMember[]> {
  const rows: ConversationForMember[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const reply: Reply<ConversationForMember[]> = await ask('GET', `/api/conversations?status=all&per_page=100${cursor === '' ? '' : `&cursor=${cursor}`}`, { env, token: member.token })
    if (reply.status !== 200) throw new Error(`the list answered ${reply.status}: ${reply.text}`)
    rows.push(...reply.body.data)
    cursor = (reply.body.pagination as { next_cursor: string | null }).next_cursor
  }
  return rows
}

/** Puts a studio's hub to sleep with its sockets open, or ends it with all of them. Its memory is gone either way. */
export async function evictHub(env: Bindings, studioId: string, webSockets: 'hibernate' | 'close'): Promise<void> {
  const epoch = await env.DIRECTORY.prepare('select epoch from studios where id = ?').bind(studioId).first<string>('epoch')
  // Only what runs can be evicted: the question wakes it.
  await hubOf(env, studioId).poke(studioId, epoch ?? '', 0)
  await evictDurableObject(env.STUDIO_HUB.get(env.STUDIO_HUB.idFromName(studioId)), { webSockets })
}
