// What a member does to a message that exists: react, try again, take back what was to go out later.
import { eq, sql } from 'drizzle-orm'
import { change } from '../../db/changes.ts'
import { addJob, cancelJobs } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect, own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { newSecret } from '../../platform/ids.ts'
import { conflict, notFound } from '../../platform/problem.ts'
import { openAccount } from '../integrations/account.ts'
import { messageJson } from './messages.read.ts'
import { messages, reactions } from './messages.sql.ts'
import { partyOf } from './send-message.ts'
import type { SendTools } from './send-message.ts'
import { identities } from '../contacts/contacts.sql.ts'

/** '' takes the reaction back. Answers the message as JSON text. */
export async function react(scope: Scope, id: string, emoji: string): Promise<string> {
  const message = await known(scope, id)
  if (message.externalId === null) throw conflict('This message has not reached the provider yet.')
  const key = `${message.accountId}|${message.externalId}|us`
  return told(scope, id, [
    insertSelect(reactions, { id: key, accountId: message.accountId, target: message.externalId, side: 'us', emoji, at: scope.now }, sql`where true`, { onConflict: sql`on conflict (studio_id, id) do update set emoji = excluded.emoji, at = excluded.at` }),
    addJob({ id: `react:${id}`, kind: 'react', queue: 'sends', subject: id, runAt: scope.now }, { debounce: true }),
  ])
}

/** The job that carries our reaction to the provider: what it is now, not what it was when it was asked for. */
export async function sendReaction(scope: Scope, job: ClaimedJob, tools: SendTools): Promise<JobEnd> {
  const message = await scope.db.get(messages, eq(messages.id, job.subject ?? ''))
  if (message === undefined || message.externalId === null) return { done: 'message is gone' }
  const reaction = await scope.db.get(reactions, eq(reactions.id, `${message.accountId}|${message.externalId}|us`))
  const account = await openAccount(scope, message.accountId)
  if (reaction === undefined || account === undefined) return { done: 'nothing to send' }
  const keys = await scope.db.select(identities, { where: eq(identities.conversationId, message.conversationId) })
  const outcome = await tools.send({ id: `${message.id}-r`, to: partyOf(keys), type: 'text', content: '', reaction: { target: message.externalId, emoji: reaction.emoji } }, account)
  if (outcome.outcome === 'rejected' && outcome.error.verdict === 'retry') return { again: scope.now + (outcome.error.retryAfterMs ?? 5_000), reason: outcome.error.reason }
  return { done: outcome.outcome === 'rejected' ? `refused: ${outcome.error.code}` : null }
}

/** A person decided: a failed or unconfirmed message goes out once more. */
export async function retry(scope: Scope, id: string): Promise<string> {
  const message = await known(scope, id)
  if (message.direction !== 'outbound' || !['failed', 'unconfirmed'].includes(message.status)) throw conflict('Only a failed or unconfirmed message can be sent again.', { status: message.status })
  return told(scope, id, [
    update(messages, { status: 'queued', error: null, externalId: null }, sql`${messages.id} = ${id} and ${messages.status} in ('failed', 'unconfirmed')`),
    addJob({ id: `send:${id}`, kind: 'send', queue: 'sends', subject: id, runAt: scope.now }, { debounce: true, tail: sql`where changes() > 0` }),
  ])
}

/** Takes back a message that was to go out later. */
export async function cancelScheduled(scope: Scope, id: string): Promise<string> {
  const message = await known(scope, id)
  if (message.status !== 'scheduled') throw conflict('Only a scheduled message can be taken back.', { status: message.status })
  return told(scope, id, [
    update(messages, { status: 'canceled' }, sql`${messages.id} = ${id} and ${messages.status} = 'scheduled'`),
    cancelJobs(sql`id = ${`send:${id}`} and lease_token is null`, 'taken back'),
  ])
}

async function known(scope: Scope, id: string): Promise<typeof messages.$inferSelect> {
  const message = await scope.db.get(messages, eq(messages.id, id))
  if (message === undefined) throw notFound('message')
  return message
}

async function told(scope: Scope, id: string, writes: Write[]): Promise<string> {
  const { changes } = await scope.db.commit([...writes, update(messages, { touched: newSecret() }, eq(messages.id, id)),
    change('message.updated', id, sql`json_object('message', ${messageJson})`, sql`from ${own(messages)} where ${messages.id} = ${id}`)])
  return JSON.stringify((JSON.parse(changes.at(-1)?.body ?? '{}') as { message: unknown }).message)
}
