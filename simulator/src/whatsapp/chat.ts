// Both sides of every conversation as the customer's phone sees it.

import type { Json } from '../json.ts'
import type { World } from '../world.ts'

export interface Bubble {
  id: string
  account: string
  persona: string
  direction: 'in' | 'out'
  at: number
  kind: string
  /** Customer's: sent, read by the business. Business's: accepted, sent, delivered, read, played, failed. */
  status: string
  /** The message object without its envelope, e.g. `{type:"text", text:{body}}`. */
  body: Json
  meta: BubbleMeta
}

export interface BubbleMeta {
  tag?: string
  reply_to?: string
  /** Reactions by side: `{in: "👍", out: "❤️"}`. */
  reactions?: Partial<Record<'in' | 'out', string>>
  deleted?: boolean
  edited?: boolean
  /** The business wrote to a BSUID, not a phone. */
  by_bsuid?: boolean
  category?: string
  error?: number
  /** Trouble asked for its statuses. */
  duplicate?: number
  reorder?: boolean
  hold?: boolean
  input?: string
}

export interface Pair { last_inbound: number; open_until: number; typing_until: number; script_at: number }

export function addBubble(world: World, bubble: Bubble): void {
  world.store.run('INSERT INTO chat (id, account, persona, direction, at, kind, status, body, meta) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    bubble.id, bubble.account, bubble.persona, bubble.direction, bubble.at, bubble.kind, bubble.status, JSON.stringify(bubble.body), JSON.stringify(bubble.meta))
}

export function findBubble(world: World, id: string): Bubble | undefined {
  const row = world.store.first<Row>('SELECT * FROM chat WHERE id = ?', id)
  return row && toBubble(row)
}

export const listChat = (world: World, account: string, persona: string, limit = 300): Bubble[] =>
  world.store.all<Row>('SELECT * FROM chat WHERE account = ? AND persona = ? ORDER BY n DESC LIMIT ?', account, persona, limit).reverse().map(toBubble)

export function saveBubble(world: World, bubble: Bubble): void {
  world.store.run('UPDATE chat SET status = ?, body = ?, meta = ? WHERE id = ?', bubble.status, JSON.stringify(bubble.body), JSON.stringify(bubble.meta), bubble.id)
}

/** What a phone and a number know of each other: the 24-hour window, who looks, who types. */
export const readPair = (world: World, account: string, persona: string): Pair =>
  world.store.first<{ last_inbound: number; open_until: number; typing_until: number; script_at: number }>('SELECT * FROM pairs WHERE account = ? AND persona = ?', account, persona)
    ?? { last_inbound: 0, open_until: 0, typing_until: 0, script_at: 0 }

export function changePair(world: World, account: string, persona: string, change: Partial<Pair>): void {
  const next = { ...readPair(world, account, persona), ...change }
  world.store.run(`INSERT INTO pairs (account, persona, last_inbound, open_until, typing_until, script_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (account, persona) DO UPDATE SET last_inbound = excluded.last_inbound, open_until = excluded.open_until, typing_until = excluded.typing_until, script_at = excluded.script_at`,
    account, persona, next.last_inbound, next.open_until, next.typing_until, next.script_at)
}

/** A message id as WhatsApp's look: `wamid.` and base64 of opaque bytes. */
export const newWamid = (): string => `wamid.HBgN${btoa(crypto.randomUUID().replaceAll('-', '')).replaceAll('=', '')}AA==`

type Row = { id: string; account: string; persona: string; direction: string; at: number; kind: string; status: string; body: string; meta: string }

const toBubble = (row: Row): Bubble => ({
  id: row.id, account: row.account, persona: row.persona, direction: row.direction === 'in' ? 'in' : 'out',
  at: row.at, kind: row.kind, status: row.status, body: JSON.parse(row.body), meta: JSON.parse(row.meta),
})
