// What the desk does to a conversation: assign, label, snooze, close, reopen. Each writes what changed and who did it.
import { eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { change } from '../../db/changes.ts'
import { addJob, cancelJobs, moveJob } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect, own, remove, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { invalid, notFound } from '../../platform/problem.ts'
import { conversationLabels, labels } from '../labels/labels.sql.ts'
import { messages } from '../messages/messages.sql.ts'
import { conversationFrom, conversationJson } from './conversations.read.ts'
import { conversations, readMarks } from './conversations.sql.ts'

const snoozeLimitMs = 366 * 86_400_000

/** The change that tells how the conversation stands now; goes last in a batch. */
export function tellConversation(id: string, where: SQL = sql`1`): Write {
  return change('conversation.updated', id, sql`json_object('conversation', ${conversationJson})`, sql`${conversationFrom} where ${conversations.id} = ${id} and ${where}`)
}

/** `memberId` null: nobody's. The caller has checked that the member belongs to the studio. */
export async function assign(scope: Scope, id: string, memberId: string | null): Promise<string> {
  return changed(scope, id, [update(conversations, { assigneeId: memberId }, eq(conversations.id, id))])
}

/** `until` in ms, for snoozed only. A job brings it back. */
export async function setStatus(scope: Scope, id: string, status: 'open' | 'snoozed' | 'closed', until: number | null): Promise<string> {
  if (status === 'snoozed' && (until === null || until <= scope.now || until > scope.now + snoozeLimitMs)) throw invalid('until', 'Choose a time in the coming year.')
  if (status !== 'snoozed' && until !== null) throw invalid('until', 'Only a snoozed conversation has an end.')
  const waking = until === null ? cancelJobs(sql`id = ${`unsnooze:${id}`}`, 'no longer snoozed') : addJob({ id: `unsnooze:${id}`, kind: 'unsnooze', queue: 'chores', subject: id, runAt: until }, { debounce: true, tail: sql`from ${own(conversations)} where ${conversations.id} = ${id}` })
  const moved = until === null ? [] : [moveJob(`unsnooze:${id}`, until)]
  return changed(scope, id, [update(conversations, { status, snoozedUntil: until, waitingSince: status === 'closed' ? null : undefined }, eq(conversations.id, id)), waking, ...moved])
}

/** The labels of a conversation become these. Throws VALIDATION_ERROR for a label that does not exist. */
export async function setLabels(scope: Scope, id: string, wanted: string[]): Promise<string> {
  const list = [...new Set(wanted)]
  const known = await scope.db.select(labels, { where: sql`${labels.id} in (select value from json_each(${JSON.stringify(list)}))` })
  if (known.length !== list.length) throw invalid('labels', 'No such label.')
  const here = sql`from ${own(conversations)}, json_each(${JSON.stringify(list)}) w where ${conversations.id} = ${id}`
  return changed(scope, id, [
    remove(conversationLabels, sql`${conversationLabels.conversationId} = ${id} and ${conversationLabels.labelId} not in (select value from json_each(${JSON.stringify(list)}))`),
    insertSelect(conversationLabels, { id: sql`${id} || '|' || w.value`, conversationId: id, labelId: sql`w.value` }, here),
  ])
}

/** Moves the caller's read mark: to `seq`, to the newest message, or back before the last inbound one. Answers the mark. */
export async function markRead(scope: Scope, memberId: string, id: string, seq: number | undefined, unread: boolean): Promise<number> {
  const to = unread ? sql`max(${conversations.lastInboundSeq} - 1, 0)` : seq === undefined ? sql`${conversations.lastSeq}` : sql`min(${seq}, ${conversations.lastSeq})`
  const onConflict = unread ? sql`on conflict (studio_id, id) do update set seq = excluded.seq` : sql`on conflict (studio_id, id) do update set seq = excluded.seq where excluded.seq > seq`
  const mark = `${memberId}|${id}`
  const { rows, changed: counts } = await scope.db.commit([
    insertSelect(readMarks, { id: mark, memberId, conversationId: id, seq: to }, sql`from ${own(conversations)} where ${conversations.id} = ${id}`, { onConflict }),
    change('read.marked', id, sql`json_object('member_id', ${memberId}, 'conversation_id', ${id}, 'seq', ${readMarks.seq})`, sql`from ${own(readMarks)} where ${readMarks.id} = ${mark} and changes() > 0`),
  ])
  const told = rows[1]?.[0] as { body: string } | undefined
  if (told !== undefined) return (JSON.parse(told.body) as { seq: number }).seq
  const known = await scope.db.get(readMarks, eq(readMarks.id, mark))
  if (known === undefined && counts[0] === 0) throw notFound('conversation')
  return known?.seq ?? 0
}

/** The job that ends a snooze: acts on what is true now. */
export async function unsnooze(scope: Scope, job: ClaimedJob): Promise<JobEnd> {
  const id = job.subject ?? ''
  const row = await scope.db.get(conversations, eq(conversations.id, id))
  if (row?.status !== 'snoozed' || row.snoozedUntil === null) return { done: 'not snoozed any more' }
  if (row.snoozedUntil > scope.now) return { again: row.snoozedUntil, reason: 'snoozed for longer' }
  await changed(scope, id, [update(conversations, { status: 'open', snoozedUntil: null }, sql`${conversations.id} = ${id} and ${conversations.status} = 'snoozed'`)])
  return { done: null }
}

/** The newest message of the customer up to `seq`: the one to be acknowledged at the provider. */
export async function newestInbound(scope: Scope, id: string, seq: number): Promise<{ accountId: string; externalId: string } | undefined> {
  const rows = await scope.db.all<{ account_id: string; external_id: string }>(sql`select ${messages.accountId}, ${messages.externalId} from ${own(messages)}
    where ${messages.conversationId} = ${id} and ${messages.direction} = 'inbound' and ${messages.origin} = 'live' and ${messages.seq} <= ${seq} order by ${messages.seq} desc limit 1`)
  return rows[0] === undefined ? undefined : { accountId: rows[0].account_id, externalId: rows[0].external_id }
}

async function changed(scope: Scope, id: string, writes: Write[]): Promise<string> {
  const { changes } = await scope.db.commit([...writes, tellConversation(id)])
  const body = changes.at(-1)?.body
  if (body === undefined || body === null) throw notFound('conversation')
  return JSON.stringify((JSON.parse(body) as { conversation: unknown }).conversation)
}
