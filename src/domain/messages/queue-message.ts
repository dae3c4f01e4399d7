// A member writes: the message is queued, the job that sends it is written beside it, and nothing is sent here.
import { eq, sql } from 'drizzle-orm'
import type { ChannelType } from '../../contract/channel.ts'
import type { SendBody } from '../../contract/inbox.ts'
import { change, nextSeq } from '../../db/changes.ts'
import { addJob } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect, own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { newId, newSecret } from '../../platform/ids.ts'
import { conflict, invalid, notFound } from '../../platform/problem.ts'
import { conversationFrom, conversationJson } from '../conversations/conversations.read.ts'
import { conversations, readMarks } from '../conversations/conversations.sql.ts'
import { integrations, templates } from '../integrations/integrations.sql.ts'
import { checkMessage, kindOf } from './check-message.ts'
import type { SendRules } from './check-message.ts'
import { messageById, messageJson } from './messages.read.ts'
import { attachments, messages } from './messages.sql.ts'
import { previewOf } from './receive.plan.ts'

interface Facts {
  conversation: typeof conversations.$inferSelect
  replyTo: string | null
  file: typeof attachments.$inferSelect | null
  template: typeof templates.$inferSelect | null
}

const sendAheadLimitMs = 180 * 86_400_000

/** Safe to call again with the same id. Answers the message as JSON text. Throws NOT_FOUND, CONFLICT (window, disconnected, id taken), VALIDATION_ERROR. */
export async function queueMessage(scope: Scope, conversationId: string, body: SendBody, rules: (channel: ChannelType) => SendRules | undefined): Promise<string> {
  const facts = await read(scope, conversationId, body)
  const type = typeOf(body, facts)
  const sendAt = sendTime(scope, body, type)
  if (type !== 'note') checkMessage(facts, type, body, rules(facts.conversation.channel as ChannelType), sendAt ?? scope.now)
  const id = body.id ?? newId('message', scope.now)
  const { changed } = await scope.db.commit(writes(scope, id, type, body, facts, sendAt))
  if (changed[0] === 0) await requireSame(scope, id, conversationId)
  return (await scope.db.all<{ body: string }>(messageById, { id }))[0]?.body ?? ''
}

async function read(scope: Scope, conversationId: string, body: SendBody): Promise<Facts> {
  const conversation = await scope.db.get(conversations, eq(conversations.id, conversationId))
  if (conversation === undefined) throw notFound('conversation')
  const [account, answered, file, template] = await Promise.all([
    scope.db.get(integrations, eq(integrations.id, conversation.accountId)),
    body.reply_to === undefined ? undefined : scope.db.get(messages, sql`${messages.id} = ${body.reply_to} and ${messages.conversationId} = ${conversationId}`),
    body.attachments?.[0] === undefined ? undefined : scope.db.get(attachments, eq(attachments.id, body.attachments[0])),
    body.template === undefined ? undefined : scope.db.get(templates, sql`${templates.accountId} = ${conversation.accountId} and ${templates.name} = ${body.template.name} and ${templates.language} = ${body.template.language}`),
  ])
  if (body.type !== 'note' && (account === undefined || account.disconnectedAt !== null)) throw conflict('This channel is disconnected.', { reason: 'disconnected' })
  if (body.reply_to !== undefined && answered === undefined) throw invalid('reply_to', 'No such message in this conversation.')
  if (body.attachments?.[0] !== undefined && (file === undefined || file.state !== 'stored' || (file.messageId !== null && file.messageId !== body.id))) throw invalid('attachments', 'No such file, or it is still being stored.')
  if (body.template !== undefined && template === undefined) throw invalid('template', 'No such template on this account.')
  return { conversation, replyTo: answered?.externalId ?? null, file: file ?? null, template: template ?? null }
}

/** What would go out; a type that says otherwise is a mistake of the caller's, not a wish. */
function typeOf(body: SendBody, { file, template }: Facts): string {
  if (body.type === 'note' && template !== null) throw invalid('template', 'A note carries no template.')
  if (body.type === 'note') return 'note'
  const type = template !== null ? 'template' : file !== null ? kindOf(file.kind, body.type) : 'text'
  if (body.type !== undefined && body.type !== type) throw invalid('type', `This would go out as ${type}, not as ${body.type}.`)
  return type
}

function sendTime(scope: Scope, body: SendBody, type: string): number | null {
  if (body.send_at === undefined) return null
  const at = Date.parse(body.send_at)
  if (type === 'note') throw invalid('send_at', 'A note cannot be sent later.')
  if (at < scope.now - 60_000 || at > scope.now + sendAheadLimitMs) throw invalid('send_at', 'Choose a time between now and half a year ahead.')
  return at
}

function writes(scope: Scope, id: string, type: string, body: SendBody, { conversation, replyTo, file, template }: Facts, sendAt: number | null): Write[] {
  const actor = scope.actor
  const batch = newSecret()
  const written = sql`exists (select 1 from ${own(messages, 'w')} where w.id = ${id} and w.touched = ${batch})`
  const isNote = type === 'note'
  const content = template === null ? body.content : fillTemplate(template.body, body)
  const status = isNote ? 'sent' : sendAt === null ? 'queued' : 'scheduled'
  const details = body.mentions === undefined || body.mentions.length === 0 ? null : JSON.stringify({ mentions: body.mentions })
  const main: Write[] = [
    insertSelect(messages, {
      id, conversationId: conversation.id, accountId: conversation.accountId, seq: nextSeq, direction: 'outbound', origin: 'live', type, content, channel: conversation.channel, status,
      authorKind: actor.kind === 'member' ? 'member' : actor.kind, authorId: actor.kind === 'member' ? actor.id : null, authorName: actor.kind === 'member' ? actor.name : null,
      replyTo, details, template: body.template === undefined ? null : JSON.stringify(body.template), sentAt: scope.now, createdAt: scope.now, sendAt, touched: batch,
    }, sql`where true`),
  ]
  if (file !== null) main.push(update(attachments, { messageId: id, kind: template === null && type !== 'note' ? type : undefined }, sql`${attachments.id} = ${file.id} and ${attachments.messageId} is null and ${written}`))
  if (!isNote) main.push(addJob({ id: `send:${id}`, kind: 'send', queue: 'sends', subject: id, runAt: sendAt ?? scope.now }, { tail: sql`where ${written}` }))
  if (!isNote && sendAt === null) {
    main.push(update(conversations, { lastMessageAt: sql`max(${conversations.lastMessageAt}, ${scope.now})`, lastSeq: nextSeq, preview: previewOf(type, content), previewDirection: 'outbound', waitingSince: null }, sql`${conversations.id} = ${conversation.id} and ${written}`))
    if (actor.kind === 'member') main.push(markRead(actor.id, conversation.id, written))
  } else main.push(update(conversations, { lastSeq: nextSeq }, sql`${conversations.id} = ${conversation.id} and ${written}`))
  main.push(change('message.created', id, sql`json_object('message', ${messageJson}, 'conversation', ${conversationJson})`,
    sql`${conversationFrom} join ${own(messages)} on ${messages.conversationId} = ${conversations.id} where ${messages.id} = ${id} and ${messages.touched} = ${batch}`))
  if (!isNote && sendAt === null && actor.kind === 'member') main.push(tellRead(actor.id, conversation.id, written))
  return main
}

/** Whoever answers has read: the other windows of that member must hear it too. */
function tellRead(memberId: string, conversationId: string, written: ReturnType<typeof sql>): Write {
  return change('read.marked', conversationId, sql`json_object('member_id', ${memberId}, 'conversation_id', ${conversationId}, 'seq', ${readMarks.seq})`,
    sql`from ${own(readMarks)} where ${readMarks.id} = ${`${memberId}|${conversationId}`} and ${written}`)
}

function markRead(memberId: string, conversationId: string, written: ReturnType<typeof sql>): Write {
  return insertSelect(readMarks, { id: `${memberId}|${conversationId}`, memberId, conversationId, seq: nextSeq }, sql`where ${written}`,
    { onConflict: sql`on conflict (studio_id, id) do update set seq = max(seq, excluded.seq)` })
}

async function requireSame(scope: Scope, id: string, conversationId: string): Promise<void> {
  const known = await scope.db.get(messages, eq(messages.id, id))
  if (known?.conversationId !== conversationId || known.direction !== 'outbound') throw conflict('This message id is taken.')
}

/** The text a person will read, for the thread. */
export function fillTemplate(body: string, { template }: SendBody): string {
  const values = template?.variables ?? []
  return body.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => (Array.isArray(values) ? values[Number(name) - 1] : values[name]) ?? whole)
}
