// A test message over the road that every message takes: the thread of that number, the queue, the provider.
import { eq, sql } from 'drizzle-orm'
import type { ChannelType } from '../../contract/channel.ts'
import type { SendBody } from '../../contract/inbox.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect, own } from '../../db/statement.ts'
import { newId } from '../../platform/ids.ts'
import { invalid, notFound } from '../../platform/problem.ts'
import { normalizePhone, phoneSpellings } from '../../platform/phone.ts'
import { contacts, identities } from '../contacts/contacts.sql.ts'
import { conversations } from '../conversations/conversations.sql.ts'
import { windowAt } from '../conversations/window.ts'
import { messages } from '../messages/messages.sql.ts'
import { queueMessage } from '../messages/queue-message.ts'
import type { SendRules } from '../messages/check-message.ts'
import { integrations, templates } from './integrations.sql.ts'

export type TestSend = { outcome: 'queued'; messageId: string } | { outcome: 'rejected'; reason: string }
type Conversation = typeof conversations.$inferSelect

/** Free text inside an open window, else an approved template that needs no values. Throws NOT_FOUND, VALIDATION_ERROR for what is no number. */
export async function testSend(scope: Scope, id: string, to: string, rules: (channel: ChannelType) => SendRules | undefined): Promise<TestSend> {
  const account = await scope.db.get(integrations, sql`${integrations.id} = ${id} and ${integrations.disconnectedAt} is null and ${integrations.isActive} = 1`)
  if (account === undefined) throw notFound('integration')
  const phone = normalizePhone(to)
  if (phone === null) throw invalid('to', 'Write the number with its country code, as +49 170 1234567.')
  const known = await conversationWith(scope, id, phone)
  if (known !== undefined && windowAt(known.channel as ChannelType, known.lastInboundAt, scope.now).open) {
    return queue(scope, known.id, { content: `This is a test message from ${scope.studio.name}.` }, rules)
  }
  const template = await plainTemplate(scope, id)
  if (template === undefined) return { outcome: 'rejected', reason: 'This number has not written within the last 24 hours, and the account has no approved template without variables. Send a message from that phone first, then try again.' }
  const conversation = known?.id ?? await openThread(scope, id, account.channelType, phone)
  return queue(scope, conversation, { content: '', template: { name: template.name, language: template.language, variables: [] } }, rules)
}

/** How far the message has come. */
export async function testOutcome(scope: Scope, messageId: string): Promise<{ status: string; reason: string | undefined }> {
  const row = await scope.db.get(messages, eq(messages.id, messageId))
  return { status: row?.status ?? 'failed', reason: row?.error === null || row === undefined ? undefined : (JSON.parse(row.error) as { reason?: string }).reason }
}

async function queue(scope: Scope, conversationId: string, body: SendBody, rules: (channel: ChannelType) => SendRules | undefined): Promise<TestSend> {
  const messageId = newId('message', scope.now)
  await queueMessage(scope, conversationId, { ...body, id: messageId }, rules)
  return { outcome: 'queued', messageId }
}

async function conversationWith(scope: Scope, account: string, phone: string): Promise<Conversation | undefined> {
  const ids = JSON.stringify(phoneSpellings(phone).map(spelling => `${account}|phone:${spelling}`))
  return scope.db.get(conversations, sql`${conversations.id} in (select i.conversation_id from ${own(identities, 'i')} where i.id in (select value from json_each(${ids})))`)
}

/** "hello_world" where there is one; no variables, no header that wants a file, no buttons that want a value. */
async function plainTemplate(scope: Scope, account: string): Promise<typeof templates.$inferSelect | undefined> {
  const rows = await scope.db.select(templates, { where: sql`${templates.accountId} = ${account} and ${templates.status} = 'APPROVED' and ${templates.variables} = '[]' and ${templates.category} <> 'AUTHENTICATION'`, orderBy: sql`${templates.name} <> 'hello_world', ${templates.name}` })
  return rows.find(row => (JSON.parse(row.components) as { type?: string }[]).every(part => part.type === 'BODY' || part.type === 'FOOTER'))
}

/** A person who never wrote gets a contact and a closed thread; who has that phone already keeps both. */
async function openThread(scope: Scope, account: string, channel: string, phone: string): Promise<string> {
  const [contact, conversation] = [newId('contact', scope.now), newId('conversation', scope.now)]
  const person = sql`(select c.id from ${own(contacts, 'c')} where c.phone = ${phone} and c.erased_at is null order by c.created_at, c.id limit 1)`
  await scope.db.commit([
    insertSelect(contacts, { id: contact, name: phone, phone, leadStatus: 'NEW', leadStage: 'new', leadScore: 0, source: 'test', notes: '', createdAt: scope.now, updatedAt: scope.now }, sql`where ${person} is null`),
    insertSelect(conversations, { id: conversation, contactId: person, accountId: account, channel, status: 'closed', lastMessageAt: scope.now, lastSeq: 0, lastInboundSeq: 0, preview: '', previewDirection: 'outbound', createdAt: scope.now }, sql`where true`),
    insertSelect(identities, { id: `${account}|phone:${phone}`, accountId: account, channel, key: `phone:${phone}`, contactId: person, conversationId: conversation, display: phone, verified: 0, createdAt: scope.now }, sql`where true`),
  ])
  return conversation
}
