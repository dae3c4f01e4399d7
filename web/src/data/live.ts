// The live line: ticket, socket, hello, heartbeat, and coming back by itself after every kind of drop.
import { createSignal } from 'solid-js'
import type { ClientFrame, ServerFrame } from '../../../src/contract/live.ts'
import { api, ApiError } from './api.ts'
import { type CaughtUp, feed, hello } from './feed.ts'
import { heard, silence } from './presence.ts'
import { renewSession, sessionEnded } from './renew.ts'
import { loadSession } from './session.ts'

export type LineState = 'connecting' | 'live' | 'offline'

const pingEvery = 25_000
const pongWithin = 10_000
const firstDelay = 500
const longestDelay = 15_000
const ping = '{"type":"ping"}' // exactly these bytes are answered without waking the hub

const [state, setState] = createSignal<LineState>('connecting')
const [caughtUp, setCaughtUp] = createSignal<CaughtUp | null>(null)
const [retryAt, setRetryAt] = createSignal<number | null>(null)
export const lineState = state
/** The last catching up after a drop; null until the first one. */
export const lastCaughtUp = caughtUp
/** When the next try begins (ms); null while connected or trying. */
export const nextTryAt = retryAt

let socket: WebSocket | null = null
let memberId = ''
let running = false
let tries = 0
let hadLine = false
let timer: ReturnType<typeof setTimeout> | undefined
let heartbeat: ReturnType<typeof setTimeout> | undefined
let generation = 0

/** Opens the line for a member and keeps it open until `stopLive`. */
export function startLive(member: string): void {
  if (running && memberId === member) return
  stopLive()
  memberId = member
  running = true
  hadLine = false
  addEventListener('online', retryNow)
  addEventListener('offline', drop)
  document.addEventListener('visibilitychange', whenVisible)
  void connect()
}

export function stopLive(): void {
  running = false
  removeEventListener('online', retryNow)
  removeEventListener('offline', drop)
  document.removeEventListener('visibilitychange', whenVisible)
  close()
  setState('connecting')
  setCaughtUp(null)
}

/** Tries at once instead of waiting for the next turn. */
export function retryNow(): void {
  if (!running || socket) return
  tries = 0
  void connect()
}

/** Sends a frame if the line is open; presence and typing are worth nothing later. */
export function say(frame: ClientFrame): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
}

async function connect(): Promise<void> {
  close()
  const mine = generation
  setState(hadLine || tries > 0 ? 'offline' : 'connecting')
  setRetryAt(null)
  try {
    const { ticket } = await api.post<{ ticket: string }>('/api/live/ticket')
    if (mine !== generation || !running) return
    open(ticket)
  } catch (error) {
    if (mine !== generation || !running) return
    if (error instanceof ApiError && error.status === 401) return sessionEnded()
    later(error instanceof ApiError ? error.retryAfterMs : null)
  }
}

function open(ticket: string): void {
  const line = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/live?ticket=${encodeURIComponent(ticket)}`)
  socket = line
  line.onopen = () => {
    line.send(JSON.stringify(hello()))
    beat()
  }
  line.onmessage = event => {
    if (line === socket) receive(JSON.parse(String(event.data)) as ServerFrame)
  }
  line.onclose = event => {
    if (line !== socket) return
    close()
    if (event.code === 4401) void renewOrLeave()
    else if (event.code === 4403) void comeBack()
    else later(null)
  }
}

function receive(frame: ServerFrame): void {
  beat()
  if (frame.type === 'presence') return heard(frame)
  const { ask, caughtUp: result } = feed(frame, { member_id: memberId })
  if (ask) say(hello())
  if (!result) return
  tries = 0
  setState('live')
  if (hadLine) setCaughtUp(result)
  hadLine = true
  for (const tell of liveListeners) tell()
}

const liveListeners = new Set<() => void>()
/** Told each time the line is open and caught up: the outbox and the focus frame hang here. */
export function onLive(listener: () => void): () => void {
  liveListeners.add(listener)
  return () => liveListeners.delete(listener)
}

function beat(): void {
  clearTimeout(heartbeat)
  heartbeat = setTimeout(() => {
    socket?.send(ping)
    heartbeat = setTimeout(drop, pongWithin)
  }, pingEvery)
}

function drop(): void {
  if (!running) return
  close()
  later(null)
}

function later(atLeast: number | null): void {
  setState('offline')
  const delay = Math.max(atLeast ?? 0, Math.min(longestDelay, firstDelay * 2 ** tries) * (0.5 + Math.random() / 2))
  tries += 1
  setRetryAt(Date.now() + delay)
  timer = setTimeout(() => void connect(), delay)
}

async function renewOrLeave(): Promise<void> {
  if (await renewSession(Date.now())) void connect()
  else later(null)
}

/** The role changed, or the membership ended: the server says who we are now; 401 there shows the login. */
async function comeBack(): Promise<void> {
  const mine = generation
  setState('offline')
  const me = await loadSession().catch(() => undefined)
  if (mine !== generation || !running || me === null) return
  if (me === undefined) later(null)
  else void connect()
}

function whenVisible(): void {
  if (document.visibilityState === 'visible') retryNow()
}

function close(): void {
  generation += 1
  clearTimeout(timer)
  clearTimeout(heartbeat)
  silence()
  const line = socket
  socket = null
  line?.close()
}
