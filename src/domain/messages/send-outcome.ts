// How a send ended, written with the end of its job in one batch.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { ProviderError, SendOutcome } from '../../contract/channel.ts'
import { finishJob, leaseHeld, postponeJob } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect, own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { minute, second } from '../../platform/clock.ts'
import { newSecret } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { identities } from '../contacts/contacts.sql.ts'
import { conversations } from '../conversations/conversations.sql.ts'
import { healthWrites } from '../integrations/health.ts'
import { messages } from './messages.sql.ts'
import { rank, wakeParkedFor } from './status.statements.ts'
import { tellMessage } from './tell-message.ts'

export type Row = typeof messages.$inferSelect

/** How often a broken account is looked at. */
const repairCheckMs = 10 * minute
/** Waits before a commit is tried again, ms: what the provider said must not be lost to a hiccup of the database. */
const commitWaits = [150, 500]

export async function sent(scope: Scope, job: ClaimedJob, message: Row, outcome: Extract<SendOutcome, { outcome: 'sent' }>): Promise<JobEnd> {
  const forward = sql`case when ${rank(sql`${messages.status}`)} < ${rank(sql`'sent'`)} then 'sent' else ${messages.status} end`
  return end(scope, [
    ...setStatus(message.id, forward, sql`1`, { externalId: sql`coalesce(${messages.externalId}, ${outcome.externalId})`, error: sql`case when ${messages.status} in ('sending', 'unconfirmed') then null else ${messages.error} end` }),
    ...learnKeys(message, outcome.party?.keys ?? [], scope.now),
    wakeParkedFor(message.accountId, outcome.externalId),
    finishJob(job, 'done'),
  ])
}

export async function unconfirmed(scope: Scope, job: ClaimedJob, message: Row, reason: string): Promise<JobEnd> {
  return end(scope, [...setStatus(message.id, 'unconfirmed', sql`${messages.status} in ('sending', 'queued')`, { error: doubt(reason) }), finishJob(job, 'done', 'unconfirmed')])
}

export async function again(scope: Scope, job: ClaimedJob, message: Row, error: ProviderError): Promise<JobEnd> {
  const wait = error.retryAfterMs ?? Math.min(2 ** job.attempts * second, 600 * second)
  const note = JSON.stringify({ code: error.code, reason: error.reason, next: 'It is tried again by itself.' })
  return end(scope, [...setStatus(message.id, 'queued', sql`${messages.status} = 'sending' and ${leaseHeld(job)}`, { error: note }), postponeJob(job, scope.now + wait, error.reason)])
}

/** The account itself is down: the message waits, and goes out once the account is connected again. That is no try. */
export async function waitForRepair(scope: Scope, job: ClaimedJob, message: Row, error: ProviderError): Promise<JobEnd> {
  const down = await healthWrites(scope, message.accountId, { state: 'down', reason: error.reason })
  const status = sql`case when ${messages.status} = 'sending' then 'queued' else ${messages.status} end`
  return end(scope, [
    ...setStatus(message.id, status, sql`${messages.status} in ('queued', 'scheduled', 'sending') and ${leaseHeld(job)}`, { error: told(error) }),
    ...down, postponeJob(job, scope.now + repairCheckMs, error.reason, { uncounted: true }),
  ])
}

export async function fail(scope: Scope, job: ClaimedJob, message: Row, error: ProviderError): Promise<JobEnd> {
  return end(scope, [
    ...setStatus(message.id, 'failed', sql`${rank(sql`${messages.status}`)} < 40 and (${messages.status} in ('sending', 'unconfirmed') or ${leaseHeld(job)})`, { error: told(error) }),
    finishJob(job, 'done', `failed: ${error.code}`),
  ])
}

/** Its job is given up: the message says so. One that may have left already is a matter of doubt, not failed. */
export function giveUp(job: ClaimedJob, reason: string): Write[] {
  const failed = told({ code: 'job_dead', reason: reason.slice(0, 500), next: 'Send it again; if it fails again, tell whoever runs this installation.' })
  return setStatus(job.subject ?? '', sql`case when ${messages.status} = 'sending' then 'unconfirmed' else 'failed' end`, sql`${messages.status} in ('queued', 'scheduled', 'sending') and ${leaseHeld(job)}`,
    { error: sql`case when ${messages.status} = 'sending' then ${doubt(reason)} else ${failed} end` })
}

/** The new status and the change that tells of it, only where `when` still holds. */
export function setStatus(id: string, status: string | SQL, when: SQL, more: Record<string, unknown> = {}, batch: string = newSecret()): Write[] {
  return [
    update(messages, { status, touched: batch, ...more }, sql`${messages.id} = ${id} and (${when})`),
    tellMessage(id, batch),
  ]
}

/** Every batch here may run twice: a database that failed may have written it. At worst the same news is told again. */
async function end(scope: Scope, writes: Write[]): Promise<JobEnd> {
  for (const wait of commitWaits) {
    try {
      await scope.db.commit(writes)
      return 'ended'
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      await new Promise(resolve => setTimeout(resolve, wait))
    }
  }
  await scope.db.commit(writes)
  return 'ended'
}

/** The provider's own spelling of the address leads to the same conversation from now on. */
function learnKeys(message: Row, keys: string[], now: number): Write[] {
  return keys.map(key => insertSelect(identities, { id: `${message.accountId}|${key}`, accountId: message.accountId, channel: message.channel, key, contactId: sql`c.contact_id`, conversationId: sql`c.id`, display: key.slice(key.indexOf(':') + 1), verified: 1, createdAt: now },
    sql`from ${own(conversations, 'c')} where c.id = ${message.conversationId}`))
}

function told({ code, reason, next }: Pick<ProviderError, 'code' | 'reason' | 'next'>): string {
  return JSON.stringify({ code, reason, next })
}

function doubt(reason: string): string {
  return told({ code: 'unconfirmed', reason: reason.slice(0, 500), next: 'Ask whether it arrived, or look on the phone, before you send it again.' })
}
