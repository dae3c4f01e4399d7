// Compares what a live client has made of its frames with what HTTP says when asked anew (I5, and I8 for unread).
import type { ConversationForMember, Message } from '../../src/contract/inbox.ts'
import type { LiveClient } from './live.node.ts'
import type { Product } from './product.node.ts'
import { call, callAll } from './studio.node.ts'
import type { Desk } from './studio.node.ts'

/** Differences in words; empty when the client's state equals a fresh fetch. Threads are compared only where `threads`. */
export async function differences(product: Product, desk: Desk, client: LiveClient, { threads }: { threads: boolean }): Promise<string[]> {
  const found: string[] = []
  const rows = await callAll<ConversationForMember>(product, '/api/conversations?status=all&per_page=100', desk.token)
  const heads = client.facts.conversations
  for (const row of rows) {
    const { unread_count: unread, read_seq: readSeq, ...fresh } = row
    const head = heads.get(row.id)
    if (head === undefined) {
      found.push(`I5 ${desk.studioId}: conversation ${row.id} never reached the client`)
      continue
    }
    const { unread_count: _u, read_seq: _r, unseen: _s, counted: _c, touched: _t, ...applied } = head
    compare(found, `conversation ${row.id}`, applied, fresh)
    if (!threads) continue
    const messages = await callAllMessages(product, desk, row.id)
    const thread = client.facts.threads.get(row.id)?.messages ?? new Map<string, Message>()
    if (thread.size !== messages.length) found.push(`I5 thread ${row.id}: the client has ${thread.size} messages, HTTP ${messages.length}`)
    for (const message of messages) compare(found, `message ${message.id}`, thread.get(message.id), message)
    const recount = messages.filter(message => message.direction === 'inbound' && message.origin === 'live' && message.seq > readSeq).length
    if (recount !== unread) found.push(`I8 ${row.id}: HTTP says ${unread} unread, a recount ${recount}`)
  }
  if (heads.size !== rows.length) found.push(`I5 ${desk.studioId}: the client has ${heads.size} conversations, HTTP ${rows.length}`)
  return found
}

async function callAllMessages(product: Product, desk: Desk, conversation: string): Promise<Message[]> {
  const all: Message[] = []
  for (let before: string | null = ''; before !== null;) {
    const page: Awaited<ReturnType<typeof call<Message[]>>> = await call<Message[]>(product, 'GET', `/api/conversations/${conversation}/messages?limit=100${before === '' ? '' : `&before=${encodeURIComponent(before)}`}`, { token: desk.token })
    all.push(...page.data)
    before = page.pagination?.next_cursor ?? null
  }
  return all
}

function compare(found: string[], what: string, applied: object | undefined, fresh: object): void {
  if (applied === undefined) {
    found.push(`I5 ${what} never reached the client`)
    return
  }
  const [a, b] = [applied, fresh] as Record<string, unknown>[]
  for (const key of Object.keys(fresh)) if (JSON.stringify(a?.[key]) !== JSON.stringify(b?.[key])) found.push(`I5 ${what}.${key}: client ${JSON.stringify(a?.[key])}, HTTP ${JSON.stringify(b?.[key])}`)
}
