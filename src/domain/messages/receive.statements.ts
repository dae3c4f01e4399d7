// The statements of an ingest: written once, compiled once, fed by JSON parameters, so that one message and a thousand take the same road.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { change, nextSeq } from '../../db/changes.ts'
import { addJob } from '../../db/jobs.ts'
import { insertSelect, own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { contacts, identities } from '../contacts/contacts.sql.ts'
import { conversationJson } from '../conversations/conversations.read.ts'
import { conversations } from '../conversations/conversations.sql.ts'
import { messageJson } from './messages.read.ts'
import { attachments, messages, receipts } from './messages.sql.ts'

const account = sql.placeholder('account')
const channel = sql.placeholder('channel')
const batch = sql.placeholder('batch')
const now = sql.placeholder('now')
const parties = sql`json_each(${sql.placeholder('parties')}) p`
const events = sql`json_each(${sql.placeholder('events')}) e`
const of = (alias: string, field: string): SQL => sql.raw(`${alias}.value ->> '${field}'`)

/** Rows this very batch has written: a redelivery finds none. */
const mine = sql`json_each(${sql.placeholder('heads')}) e cross join ${own(messages)} on ${messages.id} = ${of('e', 'id')} and ${messages.touched} = ${batch}`

const knownAs = (column: string): SQL => sql`(select ${sql.raw(`i.${column}`)} from ${own(identities, 'i')}
  where i.id in (select ${account} || '|' || k.value from json_each(p.value, '$.keys') k) order by i.created_at, i.id limit 1)`
const samePhone = sql`(select c.id from ${own(contacts, 'c')} where c.phone in (select n.value from json_each(p.value, '$.phones') n) and c.erased_at is null order by +c.created_at, c.id limit 1)`
/** Something of this party is news: what was erased does not come back by a redelivery. */
const isNews = sql`exists (select 1 from json_each(p.value, '$.xs') x where not exists
  (select 1 from ${own(messages, 'm')} where m.account_id = ${account} and m.external_id = x.value))`

export const keepReceipts: Write = insertSelect(receipts, { id: of('r', 'id'), accountId: account, receivedAt: now, body: of('r', 'raw'), r2Key: of('r', 'r2Key') },
  sql`from json_each(${sql.placeholder('receipts')}) r where true`)

export const addContacts: Write = insertSelect(contacts, {
  id: of('p', 'ct'), name: of('p', 'name'), phone: of('p', 'phone'), email: of('p', 'email'), leadStatus: 'NEW', leadStage: 'new', leadScore: 0,
  source: of('p', 'source'), firstTouch: of('p', 'referral'), notes: '', createdAt: now, updatedAt: now,
}, sql`from ${parties} where ${knownAs('id')} is null and ${samePhone} is null and ${isNews}`)

export const addConversations: Write = insertSelect(conversations, {
  id: of('p', 'cv'), contactId: sql`coalesce(${samePhone}, ${of('p', 'ct')})`, accountId: account, channel, status: of('p', 'status'),
  lastMessageAt: of('p', 'at'), lastSeq: 0, lastInboundSeq: 0, preview: '', previewDirection: 'inbound', createdAt: now,
}, sql`from ${parties} where ${knownAs('id')} is null and ${isNews}`)

export const addIdentities: Write = insertSelect(identities, {
  id: sql`${account} || '|' || k.value`, accountId: account, channel, key: sql`k.value`,
  contactId: sql`coalesce(${knownAs('contact_id')}, ${samePhone}, ${of('p', 'ct')})`, conversationId: sql`coalesce(${knownAs('conversation_id')}, ${of('p', 'cv')})`,
  display: of('p', 'display'), verified: 1, createdAt: now,
}, sql`from ${parties}, json_each(p.value, '$.keys') k where ${isNews}`)

const nameIsAddress = sql`${contacts.name} in (select i.display from ${own(identities, 'i')} where i.contact_id = ${contacts.id})`
// Only while the contact still carries the number given up, and nobody else has the new one.
const movedOn = sql`${contacts.phone} in (select w.value from json_each(q.was) w) and not exists (select 1 from ${own(contacts, 'o')} where o.phone = q.phone and o.erased_at is null)`
/** A phone or a name that comes later than the person, and a changed number. */
export const completeContacts: Write = update(contacts, {
  phone: sql`case when ${contacts.phone} is null or (${movedOn}) then q.phone else ${contacts.phone} end`, updatedAt: now,
  name: sql`case when q.name <> q.display and ${nameIsAddress} then q.name else ${contacts.name} end`,
}, sql`${contacts.id} = q.contact_id and ((q.phone is not null and (${contacts.phone} is null or (${movedOn}))) or (q.name not in (q.display, ${contacts.name}) and ${nameIsAddress}))`,
{ from: sql`(select ${knownAs('contact_id')} as contact_id, ${of('p', 'phone')} as phone, ${of('p', 'name')} as name, ${of('p', 'display')} as display,
  case when ${isNews} then ${of('p', 'was')} end as was from ${parties}) q` })

export const addMessages: Write = insertSelect(messages, {
  id: of('e', 'id'), conversationId: sql`i.conversation_id`, accountId: account, seq: sql`${nextSeq} - 1 + row_number() over (order by e.key)`,
  direction: of('e', 'dir'), origin: of('e', 'origin'), type: of('e', 'type'), content: of('e', 'content'), channel, status: of('e', 'status'), externalId: of('e', 'x'),
  authorKind: of('e', 'by'), authorId: sql`case when ${of('e', 'dir')} = 'inbound' then i.contact_id end`, authorName: of('e', 'name'),
  replyTo: of('e', 'reply'), details: of('e', 'details'), sentAt: of('e', 'at'), createdAt: now, touched: batch,
}, sql`from ${events} cross join ${own(identities, 'i')} on i.id = ${account} || '|' || (${of('e', 'k')})
  where not exists (select 1 from ${own(messages, 'm')} where m.account_id = ${account} and m.external_id = ${of('e', 'x')})`)

export const addFiles: Write = insertSelect(attachments, {
  id: of('f', 'id'), messageId: of('f', 'mid'), position: of('f', 'position'), kind: of('f', 'kind'), mime: of('f', 'mime'), filename: of('f', 'filename'),
  sha256: of('f', 'sha256'), state: of('f', 'state'), reason: of('f', 'reason'), source: of('f', 'source'), createdAt: now,
}, sql`from json_each(${sql.placeholder('files')}) f join ${own(messages, 'm')} on m.id = ${of('f', 'mid')} and m.touched = ${batch} where true`)

export const addFileJobs: Write = addJob({
  id: sql`'media:' || (${of('f', 'id')})`, kind: 'media.fetch', queue: 'chores', subject: of('f', 'id'), runAt: now,
}, { tail: sql`from json_each(${sql.placeholder('files')}) f join ${own(attachments, 'a')} on a.id = ${of('f', 'id')} where a.state = 'pending' and a.r2_key is null` })

// The newest message of the batch by (time, seq), its preview behind a fixed-width head of 41 characters.
const newest = sql`max(printf('%020d%020d', ${messages.sentAt}, ${messages.seq}) || substr(${messages.direction}, 1, 1) || (${of('e', 'preview')}))`
const live = sql`${messages.direction} = 'inbound' and ${messages.origin} = 'live'`

export const moveHeads: Write = update(conversations, {
  preview: sql`case when g.at >= ${conversations.lastMessageAt} then substr(g.newest, 42) else ${conversations.preview} end`,
  previewDirection: sql`case when g.at < ${conversations.lastMessageAt} then ${conversations.previewDirection} when substr(g.newest, 41, 1) = 'i' then 'inbound' else 'outbound' end`,
  lastMessageAt: sql`max(${conversations.lastMessageAt}, g.at)`, lastSeq: sql`g.seq`,
  lastInboundSeq: sql`coalesce(g.live_seq, ${conversations.lastInboundSeq})`,
  lastInboundAt: sql`nullif(max(coalesce(${conversations.lastInboundAt}, 0), coalesce(g.inbound_at, 0)), 0)`,
  waitingSince: sql`case when g.answered_at >= coalesce(g.live_at, 0) then null when g.live_at is not null then coalesce(${conversations.waitingSince}, g.live_at) else ${conversations.waitingSince} end`,
  status: sql`case when g.live_seq is null then ${conversations.status} else 'open' end`,
  snoozedUntil: sql`case when g.live_seq is null then ${conversations.snoozedUntil} end`,
}, sql`${conversations.id} = g.conversation_id`, {
  from: sql`(select ${messages.conversationId} as conversation_id, max(${messages.sentAt}) as at, max(${messages.seq}) as seq, ${newest} as newest,
    max(case when ${live} then ${messages.seq} end) as live_seq, min(case when ${live} then ${messages.sentAt} end) as live_at,
    max(case when ${live} or (${messages.direction} = 'inbound' and ${messages.origin} in ('standby', 'history') and ${messages.details} ->> 'group_id' is null) then ${messages.sentAt} end) as inbound_at,
    max(case when ${messages.direction} = 'outbound' and ${messages.origin} = 'echo' then ${messages.sentAt} end) as answered_at
    from ${mine} group by ${messages.conversationId}) g`,
})

export const addThinking: Write = addJob({
  id: sql`'think:' || ${messages.conversationId}`, kind: 'think', queue: 'assistant', subject: messages.conversationId, runAt: sql`${now} + ${sql.placeholder('debounce')}`,
}, { tail: sql`from ${mine} where ${live} and ${messages.type} <> 'system' group by ${messages.conversationId}`, debounce: true })

export const tellMessages: Write = change('message.created', messages.id, sql`json_object('message', ${messageJson}, 'conversation', ${conversationJson})`,
  sql`from (select ${messages}.*, e.key as place from ${mine}) as messages cross join ${own(conversations)} on ${conversations.id} = ${messages.conversationId}
    cross join ${own(contacts)} on ${contacts.id} = ${conversations.contactId} where true order by place`, { many: sql`place`, actor: sql.placeholder('author') })
