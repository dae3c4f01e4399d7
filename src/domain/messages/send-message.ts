// The job that sends one message: marks it, calls the channel once, writes how it ended. Never sends twice by guess.
import { eq, sql } from 'drizzle-orm'
import type { ChannelType, OutboundMessage, Party, ProviderError, SendOutcome } from '../../contract/channel.ts'
import { change } from '../../db/changes.ts'
import { finishJob, leaseHeld, postponeJob } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect, own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { now as clock, hour, minute, second } from '../../platform/clock.ts'
import { newSecret } from '../../platform/ids.ts'
import { identities } from '../contacts/contacts.sql.ts'
import { conversationFrom, conversationJson } from '../conversations/conversations.read.ts'
import { conversations } from '../conversations/conversations.sql.ts'
import { windowAt } from '../conversations/window.ts'
import { openAccount } from '../integrations/account.ts'
import type { OpenedAccount } from '../integrations/account.ts'
import { healthWrites } from '../integrations/health.ts'
import { templates } from '../integrations/integrations.sql.ts'
import { messageJson } from './messages.read.ts'
import { attachments, messages } from './messages.sql.ts'
import { previewOf } from './receive.plan.ts'
import { rank } from './status.statements.ts'

export interface SendTools {
  /** One try at the provider. */
  send(message: OutboundMessage, account: OpenedAccount): Promise<SendOutcome>
  openFile(r2Key: string): Promise<ReadableStream<Uint8Array>>
}
type Row = typeof messages.$inferSelect

const maxAttempts = 8
/** A message waits this long for a broken account, looked at every ten minutes. */
const waitForRepairMs = 24 * hour
const repairCheckMs = 10 * minute

export async function sendMessage(scope: Scope, job: ClaimedJob, tools: SendTools): Promise<JobEnd> {
  const message = await scope.db.get(messages, eq(messages.id, job.subject ?? ''))
  if (message === undefined || !['queued', 'scheduled', 'sending'].includes(message.status)) return { done: message === undefined ? 'message is gone' : `already ${message.status}` }
  if (message.status === 'sending') return afterSilence(scope, job, message)
  const conversation = await scope.db.get(conversations, eq(conversations.id, message.conversationId))
  const account = await openAccount(scope, message.accountId)
  if (conversation === undefined || account === undefined) return fail(scope, job, message, { code: 'disconnected', reason: 'The channel is disconnected.', verdict: 'stop', next: 'Connect the channel again, then retry.' })
  if (message.type !== 'template' && !windowAt(conversation.channel as ChannelType, conversation.lastInboundAt, scope.now).open) {
    return fail(scope, job, message, { code: 'window_closed', reason: 'The 24-hour window closed before this went out.', verdict: 'template_needed', next: 'Send an approved template instead.' })
  }
  const outbound = await compose(scope, message, job, tools)
  const marking = setStatus(message, 'sending', sql`${leaseHeld(job)} and ${messages.status} in ('queued', 'scheduled')`, { sentAt: scope.now })
  const marked = await scope.db.commit([...marking, ...(message.status === 'scheduled' ? moveHead(message, scope.now) : [])])
  if (marked.changed[0] === 0) return { done: 'somebody else took it' }
  const outcome = await tools.send(outbound, account)
  scope.now = clock()
  if (outcome.outcome === 'sent') return sent(scope, job, message, outcome)
  if (outcome.outcome === 'unconfirmed') return unconfirmed(scope, job, message, outcome.reason)
  const { error } = outcome
  if (error.verdict === 'retry' && job.attempts < maxAttempts) return again(scope, job, message, error)
  if (error.verdict === 'stop' && scope.now - message.createdAt < waitForRepairMs) return waitForRepair(scope, job, message, error)
  return fail(scope, job, message, error)
}

async function compose(scope: Scope, message: Row, job: ClaimedJob, tools: SendTools): Promise<OutboundMessage> {
  const [keys, files, template] = await Promise.all([
    scope.db.select(identities, { where: eq(identities.conversationId, message.conversationId), orderBy: sql`${identities.createdAt} desc` }),
    scope.db.select(attachments, { where: eq(attachments.messageId, message.id), limit: 1 }),
    message.template === null ? undefined : scope.db.get(templates, sql`${templates.accountId} = ${message.accountId} and ${templates.name} = ${(JSON.parse(message.template) as { name: string }).name} and ${templates.language} = ${(JSON.parse(message.template) as { language: string }).language}`),
  ])
  const file = files[0]
  const { r2Key } = file ?? {}
  return {
    id: message.id, to: partyOf(keys), type: message.type as OutboundMessage['type'], content: message.template === null ? message.content : '', attempt: job.attempts,
    replyTo: message.replyTo ?? undefined,
    template: message.template === null ? undefined : JSON.parse(message.template) as OutboundMessage['template'],
    templateComponents: template === undefined ? undefined : JSON.parse(template.components),
    attachment: file === undefined || typeof r2Key !== 'string' ? undefined : { kind: message.type as 'image', mime: file.mime ?? 'application/octet-stream', filename: file.filename ?? undefined, size: file.size ?? 0, open: () => tools.openFile(r2Key) },
  }
}

export function partyOf(rows: (typeof identities.$inferSelect)[]): Party {
  const keys = rows.map(row => row.key)
  return { keys, phone: keys.find(key => key.startsWith('phone:'))?.slice(6), email: keys.find(key => key.startsWith('mail:'))?.slice(5) }
}

async function sent(scope: Scope, job: ClaimedJob, message: Row, outcome: Extract<SendOutcome, { outcome: 'sent' }>): Promise<JobEnd> {
  const forward = sql`case when ${rank(sql`${messages.status}`)} < ${rank(sql`'sent'`)} then 'sent' else ${messages.status} end`
  await scope.db.commit([
    ...setStatus(message, forward, sql`1`, { externalId: sql`coalesce(${messages.externalId}, ${outcome.externalId})`, error: sql`case when ${messages.status} in ('sending', 'unconfirmed') then null else ${messages.error} end` }),
    ...learnKeys(message, outcome.party?.keys ?? [], scope.now),
    finishJob(job, 'done'),
  ])
  return 'ended'
}

/** The provider's own spelling of the address leads to the same conversation from now on. */
function learnKeys(message: Row, keys: string[], now: number): Write[] {
  return keys.map(key => insertSelect(identities, { id: `${message.accountId}|${key}`, accountId: message.accountId, channel: message.channel, key, contactId: sql`c.contact_id`, conversationId: sql`c.id`, display: key.slice(key.indexOf(':') + 1), verified: 1, createdAt: now },
    sql`from ${own(conversations, 'c')} where c.id = ${message.conversationId}`))
}

async function unconfirmed(scope: Scope, job: ClaimedJob, message: Row, reason: string): Promise<JobEnd> {
  const error = JSON.stringify({ code: 'unconfirmed', reason: reason.slice(0, 500), next: 'Ask whether it arrived, or look on the phone, before you send it again.' })
  await scope.db.commit([...setStatus(message, 'unconfirmed', sql`${messages.status} in ('sending', 'queued')`, { error }), finishJob(job, 'done', 'unconfirmed')])
  return 'ended'
}

/** A sender vanished between the call and its commit: only a status with our tag can tell; a person decides otherwise. */
async function afterSilence(scope: Scope, job: ClaimedJob, message: Row): Promise<JobEnd> {
  const quietUntil = message.sentAt + scope.config.SEND_SILENCE_MS
  if (scope.now < quietUntil) return { again: quietUntil, reason: 'waiting for word from the provider' }
  return unconfirmed(scope, job, message, 'The connection ended before the provider answered, and no word came since.')
}

async function again(scope: Scope, job: ClaimedJob, message: Row, error: ProviderError): Promise<JobEnd> {
  const wait = error.retryAfterMs ?? Math.min(2 ** job.attempts * second, 600 * second)
  const note = JSON.stringify({ code: error.code, reason: error.reason, next: 'It is tried again by itself.' })
  await scope.db.commit([...setStatus(message, 'queued', sql`${messages.status} = 'sending'`, { error: note }), postponeJob(job, scope.now + wait, error.reason)])
  return 'ended'
}

/** The account itself is down: the message waits, and goes out once the account is connected again. */
async function waitForRepair(scope: Scope, job: ClaimedJob, message: Row, error: ProviderError): Promise<JobEnd> {
  const note = JSON.stringify({ code: error.code, reason: error.reason, next: error.next })
  const down = await healthWrites(scope, message.accountId, { state: 'down', reason: error.reason })
  await scope.db.commit([...setStatus(message, 'queued', sql`${messages.status} = 'sending'`, { error: note }), ...down, postponeJob(job, scope.now + repairCheckMs, error.reason)])
  return 'ended'
}

async function fail(scope: Scope, job: ClaimedJob, message: Row, error: ProviderError): Promise<JobEnd> {
  const told = JSON.stringify({ code: error.code, reason: error.reason, next: error.next })
  await scope.db.commit([...setStatus(message, 'failed', sql`${rank(sql`${messages.status}`)} < 40`, { error: told }), finishJob(job, 'done', `failed: ${error.code}`)])
  return 'ended'
}

/** The new status and the change that tells of it, only where `when` still holds. */
function setStatus(message: Row, status: string | ReturnType<typeof sql>, when: ReturnType<typeof sql>, more: Record<string, unknown> = {}): Write[] {
  const batch = newSecret()
  return [
    update(messages, { status, touched: batch, ...more }, sql`${messages.id} = ${message.id} and (${when})`),
    change('message.updated', message.id, sql`json_object('message', ${messageJson})`, sql`from ${own(messages)} where ${messages.id} = ${message.id} and ${messages.touched} = ${batch}`),
  ]
}

/** A scheduled message becomes the head of its conversation when it goes out. */
function moveHead(message: Row, now: number): Write[] {
  return [
    update(conversations, { lastMessageAt: now, preview: previewOf(message.type, message.content), previewDirection: 'outbound', waitingSince: null }, eq(conversations.id, message.conversationId)),
    change('conversation.updated', message.conversationId, sql`json_object('conversation', ${conversationJson})`, sql`${conversationFrom} where ${conversations.id} = ${message.conversationId}`),
  ]
}
