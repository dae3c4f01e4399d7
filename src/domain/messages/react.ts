// Our reaction to a message: shown at once, carried by a job, and taken back where the provider would not have it.
import { eq, sql } from 'drizzle-orm'
import type { ChannelType, ProviderError } from '../../contract/channel.ts'
import { addJob, finishJob, leaseHeld } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import { jobs } from '../../db/jobs.sql.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect, own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { second } from '../../platform/clock.ts'
import { newSecret } from '../../platform/ids.ts'
import { conflict } from '../../platform/problem.ts'
import { identities } from '../contacts/contacts.sql.ts'
import { conversations } from '../conversations/conversations.sql.ts'
import { requireWindow, windowAt } from '../conversations/window.ts'
import { accountOrReason } from '../integrations/account.ts'
import { integrations } from '../integrations/integrations.sql.ts'
import { partyOf } from './compose-message.ts'
import { messages, reactions } from './messages.sql.ts'
import type { SendTools } from './send-message.ts'
import { commitTold, knownMessage, tellMessage } from './tell-message.ts'

const maxAttempts = 6

/** '' takes the reaction back. Answers the message as JSON text. Throws NOT_FOUND, CONFLICT (window, disconnected, not yet sent). */
export async function react(scope: Scope, id: string, emoji: string): Promise<string> {
  const message = await knownMessage(scope, id)
  if (message.externalId === null) throw conflict('This message has not reached the provider yet.')
  const [conversation, account] = await Promise.all([scope.db.get(conversations, eq(conversations.id, message.conversationId)), scope.db.get(integrations, eq(integrations.id, message.accountId))])
  if (account === undefined || account.disconnectedAt !== null) throw conflict('This channel is disconnected.', { reason: 'disconnected' })
  requireWindow(message.channel as ChannelType, conversation?.lastInboundAt ?? null, scope.now)
  const batch = newSecret()
  return commitTold(scope, id, batch, [
    insertSelect(reactions, { id: keyOf(message.accountId, message.externalId), accountId: message.accountId, target: message.externalId, side: 'us', emoji, at: scope.now }, sql`where true`, { onConflict: sql`on conflict (studio_id, id) do update set emoji = excluded.emoji, at = excluded.at` }),
    addJob({ id: `react:${id}`, kind: 'react', queue: 'sends', subject: id, runAt: scope.now }, { debounce: true }),
    update(messages, { touched: batch }, eq(messages.id, id)),
  ])
}

/** The job that carries our reaction to the provider: what it is now, not what it was when it was asked for. */
export async function sendReaction(scope: Scope, job: ClaimedJob, tools: SendTools): Promise<JobEnd> {
  const message = await scope.db.get(messages, eq(messages.id, job.subject ?? ''))
  if (message === undefined || message.externalId === null) return { done: 'message is gone' }
  const reaction = await scope.db.get(reactions, eq(reactions.id, keyOf(message.accountId, message.externalId)))
  if (reaction === undefined) return { done: 'nothing to send' }
  const error = await carry(scope, message, message.externalId, reaction.emoji, tools)
  if (error === null) {
    // What the provider has: a later reaction that it refuses falls back to this one.
    await scope.db.commit([update(jobs, { payload: JSON.stringify({ carried: reaction.emoji }) }, eq(jobs.id, job.id)), finishJob(job, 'done')])
    return 'ended'
  }
  if (error.verdict === 'retry' && job.attempts < maxAttempts) return { again: scope.now + (error.retryAfterMs ?? 5 * second), reason: error.reason }
  await scope.db.commit([...takeBack(job), finishJob(job, 'done', `refused: ${error.code}`)])
  return 'ended'
}

/** Puts back what the provider last took, and tells; nothing where a newer reaction has made this job due anew. */
export function takeBack(job: ClaimedJob): Write[] {
  const { carried = '' } = JSON.parse(job.payload) as { carried?: string }
  const id = job.subject ?? ''
  const batch = newSecret()
  const key = sql`(select w.account_id || '|' || w.external_id || '|us' from ${own(messages, 'w')} where w.id = ${id})`
  return [
    update(reactions, { emoji: carried, touched: batch }, sql`${reactions.id} = ${key} and ${reactions.emoji} <> ${carried} and ${leaseHeld(job)}`),
    update(messages, { touched: batch }, sql`${messages.id} = ${id} and exists (select 1 from ${own(reactions, 'r')} where r.id = ${key} and r.touched = ${batch})`),
    tellMessage(id, batch),
  ]
}

/** Null when the provider took it. Setting the same emoji twice changes nothing, so doubt is a reason to try again. */
async function carry(scope: Scope, message: typeof messages.$inferSelect, target: string, emoji: string, tools: SendTools): Promise<ProviderError | null> {
  const [account, conversation, keys] = await Promise.all([
    accountOrReason(scope, message.accountId), scope.db.get(conversations, eq(conversations.id, message.conversationId)), scope.db.select(identities, { where: eq(identities.conversationId, message.conversationId) }),
  ])
  if (account === undefined || conversation === undefined) return { code: 'disconnected', reason: 'The channel is disconnected.', verdict: 'stop', next: 'Connect the channel again.' }
  if ('verdict' in account) return account
  if (!windowAt(conversation.channel as ChannelType, conversation.lastInboundAt, scope.now).open) return { code: 'window_closed', reason: 'The time for free-form replies is over.', verdict: 'template_needed', next: 'Send an approved template instead.' }
  const outcome = await tools.send({ id: `${message.id}-r`, to: partyOf(keys), type: 'text', content: '', reaction: { target, emoji } }, account)
  if (outcome.outcome === 'rejected') return outcome.error
  return outcome.outcome === 'sent' ? null : { code: 'unconfirmed', reason: outcome.reason, verdict: 'retry', next: 'This is tried again by itself.' }
}

function keyOf(accountId: string, target: string): string {
  return `${accountId}|${target}|us`
}
