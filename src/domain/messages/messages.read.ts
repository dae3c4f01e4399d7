// How a message looks on the wire, built in SQL from its row, files, reactions and the message it answers.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { own } from '../../db/statement.ts'
import { isoOf, jsonObject } from '../../db/wire.ts'
import { attachments, messages as m, reactions } from './messages.sql.ts'

const files = sql`(select json_group_array(json_object('id', a.id, 'kind', a.kind, 'mime', a.mime, 'filename', a.filename, 'size', a.size, 'state', a.state, 'reason', a.reason))
  from (select * from ${own(attachments, 'x')} where x.message_id = ${m.id} order by x.position) a)`

const reactionList = sql`(select json_group_array(json_object('by', r.side, 'emoji', r.emoji)) from ${own(reactions, 'r')}
  where r.id in (${m.accountId} || '|' || ${m.externalId} || '|contact', ${m.accountId} || '|' || ${m.externalId} || '|us') and r.emoji <> '')`

const answered = sql`case when ${m.replyTo} is null then null else
  coalesce((select json_object('id', q.id, 'content', substr(q.content, 1, 200), 'author', case when q.direction = 'inbound' then q.author_name else coalesce(q.author_name, 'us') end)
    from ${own(m, 'q')} where q.account_id = ${m.accountId} and q.external_id = ${m.replyTo}), json_object('id', null, 'content', '', 'author', null)) end`

/** Reads columns of `messages`. */
export const messageJson: SQL = jsonObject({
  id: m.id, conversation_id: m.conversationId, seq: m.seq, type: m.type, content: m.content, direction: m.direction, channel: m.channel,
  status: m.status, external_id: m.externalId,
  author: jsonObject({ kind: m.authorKind, id: m.authorId, name: m.authorName }),
  attachments: sql`json(${files})`, reply_to: sql`json(${answered})`, reactions: sql`json(${reactionList})`,
  details: sql`json(${m.details})`, error: sql`json(${m.error})`, origin: m.origin,
  sent_at: isoOf(m.sentAt), created_at: isoOf(m.createdAt), edited_at: isoOf(m.editedAt), deleted_at: isoOf(m.deletedAt), send_at: isoOf(m.sendAt),
})

export const messageById: SQL = sql`select ${messageJson} as body from ${own(m)} where ${m.id} = ${sql.placeholder('id')}`
