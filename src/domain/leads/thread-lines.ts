// What was said with a contact, as the assistant reads it: no imported history, no notes, nothing withdrawn or not yet sent.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { ThreadLine } from '../../contract/assistant.ts'
import { own } from '../../db/statement.ts'
import { conversations } from '../conversations/conversations.sql.ts'
import { messages as m } from '../messages/messages.sql.ts'

const mostLines = 100
/** Characters of one message the assistant reads. */
const mostCharacters = 2_000
const said = sql`${m.origin} <> 'history' and ${m.deletedAt} is null and ${m.type} not in ('note', 'system', 'unsupported') and ${m.status} not in ('scheduled', 'canceled', 'failed')`
const columns = sql`${m.id} as id, ${m.seq} as seq, ${m.direction} as direction, substr(${m.content}, 1, ${mostCharacters}) as content, ${m.sentAt} as at`

/** The newest lines of placeholder `conversation`, newest first. */
export const linesOfConversation: SQL = sql`select ${columns} from ${own(m)} where ${m.conversationId} = ${sql.placeholder('conversation')} and ${said} order by ${m.sentAt} desc, ${m.seq} desc limit ${mostLines}`

/** The contact of placeholder `conversation`. */
export const contactOfConversation: SQL = sql`(select o.contact_id from ${own(conversations, 'o')} where o.id = ${sql.placeholder('conversation')})`

/** The newest lines of all conversations of a contact, newest first. */
export const linesOfContact = (contact: SQL): SQL => sql`select ${columns} from ${own(m)} where ${m.conversationId} in (select c.id from ${own(conversations, 'c')} where c.contact_id = ${contact}) and ${said}
  order by ${m.sentAt} desc, ${m.seq} desc limit ${mostLines}`

/** Oldest first. */
export function inOrder(lines: ThreadLine[]): ThreadLine[] {
  return lines.toSorted((a, b) => a.at - b.at || a.seq - b.seq)
}
