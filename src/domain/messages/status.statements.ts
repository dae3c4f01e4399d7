// Statements for what happens to messages that exist: delivery states, reactions, edits, revocations.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { statusRank } from '../../contract/channel.ts'
import { change } from '../../db/changes.ts'
import { addJob } from '../../db/jobs.ts'
import { jobs } from '../../db/jobs.sql.ts'
import { insertSelect, own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { messageJson } from './messages.read.ts'
import { attachments, messages, parkedStatuses, reactions } from './messages.sql.ts'

const account = sql.placeholder('account')
const batch = sql.placeholder('batch')
const now = sql.placeholder('now')
const of = (alias: string, field: string): SQL => sql.raw(`${alias}.value ->> '${field}'`)

const ladder = sql.raw(Object.entries(statusRank).map(([status, place]) => `when '${status}' then ${place}`).join(' '))
/** Place of a state on the contract's ladder; what is not on it (`received`) gives way to nothing. */
export const rank = (status: SQL): SQL => sql`case ${status} ${ladder} else 99 end`

const statuses = sql`json_each(${sql.placeholder('statuses')}) s`
/** The message a status is about: by the provider's id, else by the tag that we sent along. */
const meant = sql`coalesce((select m.id from ${own(messages, 'm')} where m.account_id = ${account} and m.external_id = ${of('s', 'x')}),
  (select m.id from ${own(messages, 'm')} where m.id = ${of('s', 'tag')} and m.account_id = ${account} and m.external_id is null))`

/** Moves states forward; a failure after a delivery is kept beside it. */
export const applyStatuses: Write = update(messages, {
  status: sql`case when ${rank(sql`g.status`)} > ${rank(sql`${messages.status}`)} then g.status else ${messages.status} end`,
  error: sql`case when g.status = 'failed' then g.error else ${messages.error} end`,
  externalId: sql`coalesce(${messages.externalId}, g.x)`,
  touched: batch,
}, sql`${messages.id} = g.id and ${messages.direction} = 'outbound' and (${rank(sql`g.status`)} > ${rank(sql`${messages.status}`)} or (g.status = 'failed' and ${messages.error} is null and ${messages.status} in ('delivered', 'read', 'played')))`, {
  from: sql`(select ${meant} as id, ${of('s', 'x')} as x, ${of('s', 'status')} as status, ${of('s', 'error')} as error from ${statuses}) g`,
})

const parkId = sql`${account} || '|' || (${of('s', 'x')}) || '|' || (${of('s', 'what')})`
export const parkStatuses: Write = insertSelect(parkedStatuses, { id: parkId, accountId: account, externalId: of('s', 'x'), event: of('s', 'event'), at: now },
  sql`from ${statuses} where ${meant} is null`)
export const addUnparking: Write = addJob({ id: sql`'unpark:' || ${account} || '|' || (${of('s', 'x')})`, kind: 'unpark', queue: 'chores', subject: of('s', 'x'), payload: sql`json_object('account', ${account})`, runAt: sql`${now} + 2000` },
  { tail: sql`from ${statuses} where ${meant} is null`, debounce: true })

const reacted = sql`json_each(${sql.placeholder('reactions')}) r`
export const applyReactions: Write = insertSelect(reactions, {
  id: sql`${account} || '|' || (${of('r', 'target')}) || '|' || (${of('r', 'side')})`, accountId: account, target: of('r', 'target'), side: of('r', 'side'), emoji: of('r', 'emoji'), at: of('r', 'at'), touched: batch,
}, sql`from ${reacted} where true`, { onConflict: sql`on conflict (studio_id, id) do update set emoji = excluded.emoji, at = excluded.at, touched = case when excluded.emoji <> emoji then excluded.touched else touched end
  where excluded.at > at or (excluded.at = at and excluded.emoji <> emoji)` })
const touchedByReaction = sql`exists (select 1 from ${own(reactions, 'x')} where x.id in (${account} || '|' || ${messages.externalId} || '|contact', ${account} || '|' || ${messages.externalId} || '|us') and x.touched = ${batch})`

const edits = sql`json_each(${sql.placeholder('edits')}) d`
/** An edit or a revocation of a message that we do not have yet waits like a status does. */
export const parkEdits: Write = insertSelect(parkedStatuses, { id: sql`${account} || '|' || (${of('d', 'x')}) || '|' || (${of('d', 'what')}) || (${of('d', 'at')})`, accountId: account, externalId: of('d', 'x'), event: of('d', 'event'), at: now },
  sql`from ${edits} where not exists (select 1 from ${own(messages, 'm')} where m.account_id = ${account} and m.external_id = ${of('d', 'x')})`)
export const addEditUnparking: Write = addJob({ id: sql`'unpark:' || ${account} || '|' || (${of('d', 'x')})`, kind: 'unpark', queue: 'chores', subject: of('d', 'x'), payload: sql`json_object('account', ${account})`, runAt: sql`${now} + 2000` },
  { tail: sql`from ${edits} where not exists (select 1 from ${own(messages, 'm')} where m.account_id = ${account} and m.external_id = ${of('d', 'x')})`, debounce: true })

/** `revoked` blanks the words: an unsend is honoured. Nothing edits a message that was taken back. */
export const applyEdits: Write = update(messages, {
  content: sql`case when d.value ->> 'what' = 'revoke' then '' else d.value ->> 'content' end`,
  details: sql`case when d.value ->> 'what' = 'revoke' then null else ${messages.details} end`,
  editedAt: sql`case when d.value ->> 'what' = 'edit' then d.value ->> 'at' else ${messages.editedAt} end`,
  deletedAt: sql`case when d.value ->> 'what' = 'revoke' then d.value ->> 'at' end`,
  touched: batch,
}, sql`${messages.accountId} = ${account} and ${messages.externalId} = d.value ->> 'x' and ${messages.deletedAt} is null
  and (d.value ->> 'what' = 'revoke' or coalesce(${messages.editedAt}, 0) < d.value ->> 'at')`, { from: edits })

const revokedHere = sql`(select ${messages.id} from ${edits} join ${own(messages)} on ${messages.accountId} = ${account} and ${messages.externalId} = ${of('d', 'x')} where ${messages.touched} = ${batch} and ${messages.deletedAt} is not null)`
export const dropFiles: Write = update(attachments, { state: 'failed', reason: 'deleted by the sender', source: null, filename: null }, sql`${attachments.messageId} in ${revokedHere}`)
export const addFileErasures: Write = addJob({ id: sql`'media.erase:' || ${attachments.id}`, kind: 'media.erase', queue: 'chores', subject: attachments.id, runAt: now },
  { tail: sql`from ${own(attachments)} where ${attachments.messageId} in ${revokedHere}` })

const touchedMessages = sql`from ${own(messages)} where ${messages.id} in (
  select m.id from json_each(${sql.placeholder('touchedIds')}) t join ${own(messages, 'm')} on m.account_id = ${account} and m.external_id = t.value
  union select t.value from json_each(${sql.placeholder('touchedIds')}) t)
  and (${messages.touched} = ${batch} or ${touchedByReaction})`
/** Tells of every message that this batch really changed; `touchedIds` are external ids and tags. */
export const tellTouched: Write = change('message.updated', messages.id, sql`json_object('message', ${messageJson})`, touchedMessages, { many: sql`${messages.id}`, actor: sql.placeholder('author') })

/** What waits for a message of this body need wait no longer. */
export const wakeParked: Write = wakeJobs(sql`${jobs.id} in (select 'unpark:' || ${account} || '|' || (${of('e', 'x')}) from json_each(${sql.placeholder('events')}) e)`)

/** What waits for the message that the provider has just named. */
export const wakeParkedFor = (accountId: string, externalId: string): Write => wakeJobs(sql`${jobs.id} = ${`unpark:${accountId}|${externalId}`}`)

function wakeJobs(which: SQL): Write {
  return { kind: 'job', sql: sql`${update(jobs, { runAt: now }, sql`${which} and ${jobs.state} = 'due' and ${jobs.leaseToken} is null and ${jobs.runAt} > ${now}`).sql} returning id, queue, run_at` }
}
