// The job that sends one message: marks it, calls the channel once, writes how it ended. Never sends twice by guess.
import { eq, sql } from 'drizzle-orm'
import type { ChannelType, OutboundMessage, ProviderError, SendOutcome } from '../../contract/channel.ts'
import { change } from '../../db/changes.ts'
import { extendLease, leaseHeld } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { now as clock, hour, minute } from '../../platform/clock.ts'
import { newSecret } from '../../platform/ids.ts'
import { conversationFrom, conversationJson } from '../conversations/conversations.read.ts'
import { conversations } from '../conversations/conversations.sql.ts'
import { windowAt } from '../conversations/window.ts'
import { accountOrReason } from '../integrations/account.ts'
import type { OpenedAccount } from '../integrations/account.ts'
import { composeMessage } from './compose-message.ts'
import { messages } from './messages.sql.ts'
import { previewOf } from './receive.plan.ts'
import { again, fail, sent, setStatus, unconfirmed, waitForRepair } from './send-outcome.ts'
import type { Row } from './send-outcome.ts'

export interface SendTools {
  /** One try at the provider. */
  send(message: OutboundMessage, account: OpenedAccount): Promise<SendOutcome>
  openFile(r2Key: string): Promise<ReadableStream<Uint8Array>>
}

const maxAttempts = 8
/** A message waits this long for a broken account. */
const waitForRepairMs = 24 * hour
/** With a file: 60 s for the upload, 15 s for the send, and room for the database around them. */
const fileLeaseMs = 2.5 * minute

export async function sendMessage(scope: Scope, job: ClaimedJob, tools: SendTools): Promise<JobEnd> {
  const message = await scope.db.get(messages, eq(messages.id, job.subject ?? ''))
  if (message === undefined || !['queued', 'scheduled', 'sending'].includes(message.status)) return { done: message === undefined ? 'message is gone' : `already ${message.status}` }
  if (message.status === 'sending') return afterSilence(scope, job, message)
  const conversation = await scope.db.get(conversations, eq(conversations.id, message.conversationId))
  const account = await accountOrReason(scope, message.accountId)
  if (account !== undefined && 'verdict' in account) return stopped(scope, job, message, account)
  if (conversation === undefined || account === undefined) return fail(scope, job, message, { code: 'disconnected', reason: 'The channel is disconnected.', verdict: 'stop', next: 'Connect the channel again, then retry.' })
  if (message.type !== 'template' && !windowAt(conversation.channel as ChannelType, conversation.lastInboundAt, scope.now).open) {
    return fail(scope, job, message, { code: 'window_closed', reason: 'The 24-hour window closed before this went out.', verdict: 'template_needed', next: 'Send an approved template instead.' })
  }
  const outbound = await composeMessage(scope, message, job.attempts, tools.openFile)
  if (!(await mark(scope, job, message, outbound.attachment !== undefined))) return { done: 'somebody else took it' }
  const outcome = await tools.send(outbound, account)
  scope.now = clock()
  if (outcome.outcome === 'sent') return sent(scope, job, message, outcome)
  if (outcome.outcome === 'unconfirmed') return unconfirmed(scope, job, message, outcome.reason)
  const { error } = outcome
  if (error.verdict === 'retry' && job.attempts < maxAttempts) return again(scope, job, message, error)
  return error.verdict === 'stop' ? stopped(scope, job, message, error) : fail(scope, job, message, error)
}

/** From here on a call may have been made. False when the message was taken back, or the lease has passed to another. */
async function mark(scope: Scope, job: ClaimedJob, message: Row, hasFile: boolean): Promise<boolean> {
  const batch = newSecret()
  const { changed } = await scope.db.commit([
    ...setStatus(message.id, 'sending', sql`${leaseHeld(job)} and ${messages.status} in ('queued', 'scheduled')`, { sentAt: scope.now }, batch),
    ...(message.status === 'scheduled' ? moveHead(message, scope.now, batch) : []),
    ...(hasFile ? [extendLease(job, scope.now + Math.min(fileLeaseMs, scope.config.LONGEST_LEASE_MS))] : []),
  ])
  return changed[0] === 1
}

/** Nothing goes through this account until somebody acts. */
async function stopped(scope: Scope, job: ClaimedJob, message: Row, error: ProviderError): Promise<JobEnd> {
  const since = Math.max(message.createdAt, message.sendAt ?? 0)
  return scope.now - since < waitForRepairMs ? waitForRepair(scope, job, message, error) : fail(scope, job, message, error)
}

/** A sender vanished between the call and its commit: only a status with our tag can tell; a person decides otherwise. */
async function afterSilence(scope: Scope, job: ClaimedJob, message: Row): Promise<JobEnd> {
  const quietUntil = message.sentAt + scope.config.SEND_SILENCE_MS
  if (scope.now < quietUntil) return { again: quietUntil, reason: 'waiting for word from the provider' }
  return unconfirmed(scope, job, message, 'The connection ended before the provider answered, and no word came since.')
}

/** A scheduled message becomes the head of its conversation when it goes out: only where this batch has marked it. */
function moveHead(message: Row, now: number, batch: string): Write[] {
  const marked = sql`exists (select 1 from ${own(messages, 'w')} where w.id = ${message.id} and w.touched = ${batch})`
  return [
    update(conversations, { lastMessageAt: now, preview: previewOf(message.type, message.content), previewDirection: 'outbound', waitingSince: null }, sql`${conversations.id} = ${message.conversationId} and ${marked}`),
    change('conversation.updated', message.conversationId, sql`json_object('conversation', ${conversationJson})`, sql`${conversationFrom} where ${conversations.id} = ${message.conversationId} and ${marked}`),
  ]
}
