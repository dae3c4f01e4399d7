// Lists of conversations and their counts, always read from the rows themselves, so that they cannot drift.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { ConversationForMember, Counts } from '../../contract/inbox.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own } from '../../db/statement.ts'
import { contacts } from '../contacts/contacts.sql.ts'
import { messages } from '../messages/messages.sql.ts'
import { conversationLabels } from '../labels/labels.sql.ts'
import { conversationFrom, conversationJson } from './conversations.read.ts'
import { conversations as c, readMarks } from './conversations.sql.ts'

export interface ConversationFilter {
  status?: 'open' | 'snoozed' | 'closed' | 'all'
  channel?: string
  assignee?: string
  label?: string
  unread?: 'true' | 'false'
  contact_id?: string
  sort?: 'newest' | 'oldest' | 'waiting'
}
interface Row { body: string; read_seq: number; unread_count: number; at: number; id: string }
export interface ConversationPage { rows: ConversationForMember[]; total: number; next: [number, string] | null }

const readSeq = (memberId: string): SQL => sql`coalesce((select r.seq from ${own(readMarks, 'r')} where r.id = ${memberId} || '|' || ${c.id}), 0)`
const isUnread = (memberId: string): SQL => sql`${c.lastInboundSeq} > ${readSeq(memberId)}`
/** Counts only where something is new: the rest is zero without looking. */
const unreadCount = (memberId: string): SQL => sql`case when ${isUnread(memberId)} then (select count(*) from ${own(messages, 'u')}
  where u.conversation_id = ${c.id} and u.direction = 'inbound' and u.origin = 'live' and u.seq > ${readSeq(memberId)}) else 0 end`

/** One page. `after` is (sort time, id) of the last row before it. */
export async function listConversations(scope: Scope, memberId: string, filter: ConversationFilter, page: { limit: number; offset: number; after: [number, string] | null }): Promise<ConversationPage> {
  const where = conditions(memberId, filter)
  const sort = filter.sort ?? 'newest'
  const column = sort === 'waiting' ? c.waitingSince : c.lastMessageAt
  const beyond = page.after === null ? sql`1` : sort === 'newest' ? sql`(${column}, ${c.id}) < (${page.after[0]}, ${page.after[1]})` : sql`(${column}, ${c.id}) > (${page.after[0]}, ${page.after[1]})`
  const order = sort === 'newest' ? sql`${column} desc, ${c.id} desc` : sql`${column}, ${c.id}`
  const waiting = sort === 'waiting' ? sql`${c.waitingSince} is not null` : sql`1`
  const [rows, totals] = await scope.db.allOf<[Row, { n: number }]>(
    // The page is cut on the conversations alone; only its rows are joined and shaped.
    [sql`select ${conversationJson} as body, ${readSeq(memberId)} as read_seq, ${unreadCount(memberId)} as unread_count, ${column} as at, ${c.id} as id
      from (select * from ${own(c)} where ${where} and ${beyond} and ${waiting} order by ${order} limit ${page.limit + 1} offset ${page.offset}) as conversations
      join ${own(contacts)} on ${contacts.id} = ${c.contactId} order by ${order}`],
    [sql`select count(*) as n from ${own(c)} where ${where} and ${waiting}`],
  )
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return { rows: shown.map(toMember), total: totals[0]?.n ?? 0, next: rows.length > page.limit && last !== undefined ? [last.at, last.id] : null }
}

export async function readConversation(scope: Scope, memberId: string, id: string): Promise<ConversationForMember | undefined> {
  const rows = await scope.db.all<Row>(sql`select ${conversationJson} as body, ${readSeq(memberId)} as read_seq, ${unreadCount(memberId)} as unread_count, 0 as at, ${c.id} as id ${conversationFrom} where ${c.id} = ${id}`)
  return rows[0] === undefined ? undefined : toMember(rows[0])
}

export async function countConversations(scope: Scope, memberId: string): Promise<Counts> {
  const open = sql`${c.status} = 'open'`
  const [[sums], labels, channels] = await scope.db.allOf<[Omit<Counts, 'by_label' | 'by_channel'>, { key: string; n: number }, { key: string; n: number }]>(
    [sql`select count(*) filter (where ${open}) as open, count(*) filter (where ${open} and ${c.assigneeId} = ${memberId}) as mine, count(*) filter (where ${open} and ${c.assigneeId} is null) as unassigned,
      count(*) filter (where ${open} and ${isUnread(memberId)}) as unread, count(*) filter (where ${open} and ${c.waitingSince} is not null) as waiting,
      count(*) filter (where ${c.status} = 'snoozed') as snoozed, count(*) filter (where ${c.status} = 'closed') as closed from ${own(c)}`],
    [sql`select l.label_id as key, count(*) as n from ${own(conversationLabels, 'l')} join ${own(c)} on ${c.id} = l.conversation_id where ${open} group by l.label_id`],
    [sql`select ${c.channel} as key, count(*) as n from ${own(c)} where ${open} group by ${c.channel}`],
  )
  const zero = { open: 0, mine: 0, unassigned: 0, unread: 0, waiting: 0, snoozed: 0, closed: 0 }
  return { ...zero, ...sums, by_label: Object.fromEntries(labels.map(row => [row.key, row.n])), by_channel: Object.fromEntries(channels.map(row => [row.key, row.n])) }
}

function conditions(memberId: string, filter: ConversationFilter): SQL {
  const parts: SQL[] = []
  if ((filter.status ?? 'open') !== 'all') parts.push(sql`${c.status} = ${filter.status ?? 'open'}`)
  if (filter.channel !== undefined) parts.push(sql`${c.channel} = ${filter.channel}`)
  if (filter.assignee === 'me') parts.push(sql`${c.assigneeId} = ${memberId}`)
  else if (filter.assignee === 'none') parts.push(sql`${c.assigneeId} is null`)
  else if (filter.assignee !== undefined) parts.push(sql`${c.assigneeId} = ${filter.assignee}`)
  if (filter.label !== undefined) parts.push(sql`${c.id} in (select l.conversation_id from ${own(conversationLabels, 'l')} where l.label_id = ${filter.label})`)
  if (filter.unread === 'true') parts.push(isUnread(memberId))
  if (filter.unread === 'false') parts.push(sql`not (${isUnread(memberId)})`)
  if (filter.contact_id !== undefined) parts.push(sql`${c.contactId} = ${filter.contact_id}`)
  return parts.length === 0 ? sql`1` : sql.join(parts, sql` and `)
}

function toMember(row: Row): ConversationForMember {
  return { ...JSON.parse(row.body), read_seq: row.read_seq, unread_count: row.unread_count }
}
