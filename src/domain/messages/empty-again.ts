// A body that tells once more what was said by a person who was erased since: its raw is emptied at once, as the first one was.
import { sql } from 'drizzle-orm'
import { own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { conversations } from '../conversations/conversations.sql.ts'
import { messages, receipts } from './messages.sql.ts'

/** Of an erased person only bare messages are left, without a thread. */
export function emptyAgain(account: string, receiptIds: string[], externalIds: string[]): Write {
  return update(receipts, { body: null }, sql`${receipts.id} in (select value from json_each(${JSON.stringify(receiptIds)})) and exists (
    select 1 from json_each(${JSON.stringify(externalIds)}) x join ${own(messages, 'm')} on m.account_id = ${account} and m.external_id = x.value
    where instr(${receipts.body}, x.value) > 0 and m.deleted_at is not null and not exists (select 1 from ${own(conversations, 't')} where t.id = m.conversation_id))`)
}
