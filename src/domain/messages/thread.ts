// A thread in pages from its newest end, in the order of time and number.
import { sql } from 'drizzle-orm'
import type { Message } from '../../contract/inbox.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own } from '../../db/statement.ts'
import { messageJson } from './messages.read.ts'
import { messages as m } from './messages.sql.ts'

export interface ThreadPage { messages: Message[]; older: [number, number] | null }
interface Row { body: string; sent_at: number; seq: number }

/** How many messages a thread has. */
export async function countThread(scope: Scope, conversationId: string): Promise<number> {
  const [row] = await scope.db.all<{ n: number }>(sql`select count(*) as n from ${own(m)} where ${m.conversationId} = ${conversationId}`)
  return row?.n ?? 0
}

/** Oldest first within the page. `before` is (time, seq) of the first message of the page below. */
export async function readThread(scope: Scope, conversationId: string, before: [number, number] | null, limit: number): Promise<ThreadPage> {
  const beyond = before === null ? sql`1` : sql`(${m.sentAt}, ${m.seq}) < (${before[0]}, ${before[1]})`
  const rows = await scope.db.all<Row>(sql`select ${messageJson} as body, ${m.sentAt} as sent_at, ${m.seq} as seq
    from (select * from ${own(m)} where ${m.conversationId} = ${conversationId} and ${beyond} order by ${m.sentAt} desc, ${m.seq} desc limit ${limit + 1}) as messages order by ${m.sentAt} desc, ${m.seq} desc`)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { messages: shown.reverse().map(row => JSON.parse(row.body) as Message), older: rows.length > limit && last !== undefined ? [last.sent_at, last.seq] : null }
}
