// Asks the provider how an account stands: on demand, after its own alarms, and every quarter of an hour.
import { eq } from 'drizzle-orm'
import type { Health } from '../../contract/channel.ts'
import { addJob, finishJob } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import type { Write } from '../../db/statement.ts'
import { minute, now as clock } from '../../platform/clock.ts'
import { describe, log } from '../../platform/log.ts'
import { notFound } from '../../platform/problem.ts'
import { openAccount } from './account.ts'
import { healthWrites } from './health.ts'
import { integrations } from './integrations.sql.ts'
import type { Providers } from './provider.ts'
import { wakeFiles } from '../attachments/wake-files.ts'
import { wakeSends } from './wake-sends.ts'

const everyMs = 15 * minute

/** The round has an id of its own, so that an alarm of the provider's is looked at now and not in a quarter of an hour. */
export function nextRound(id: string, now: number): Write {
  return addJob({ id: `health.check:${id}:round`, kind: 'health.check', queue: 'chores', subject: id, runAt: now + everyMs }, { debounce: true })
}

/** Throws NOT_FOUND for an account that is not connected. */
export async function checkHealth(scope: Scope, id: string, providers: Providers): Promise<void> {
  const writes = await look(scope, id, providers)
  if (writes === null) throw notFound('integration')
  await scope.db.commit(writes)
}

export async function checkHealthJob(scope: Scope, job: ClaimedJob, providers: Providers): Promise<JobEnd> {
  const id = job.subject ?? ''
  const writes = await look(scope, id, providers)
  if (writes === null) return { done: 'disconnected' }
  await scope.db.commit([...writes, finishJob(job, 'done'), nextRound(id, scope.now)])
  return 'ended'
}

/** What to write; null when there is no such account. An account that recovered sends what waited for it. */
async function look(scope: Scope, id: string, providers: Providers): Promise<Write[] | null> {
  const row = await scope.db.get(integrations, eq(integrations.id, id))
  if (row === undefined || row.disconnectedAt !== null || !row.isActive) return null
  const seen = await ask(scope, id, providers)
  scope.now = clock()
  const recovered = (JSON.parse(row.health) as Health).state === 'down' && seen.state === 'ok'
  return [...await healthWrites(scope, id, seen), ...(recovered ? [wakeSends(id, scope.now), wakeFiles(id, scope.now)] : [])]
}

async function ask(scope: Scope, id: string, providers: Providers): Promise<Health> {
  try {
    const account = await openAccount(scope, id)
    const provider = account === undefined ? undefined : providers(account.channel)
    if (account === undefined || provider === undefined) return { state: 'unknown', reason: 'This version does not have this channel.' }
    return await provider.health(account)
  } catch (error) {
    log('warn', 'integration.check_failed', { error: describe(error) })
    return { state: 'down', reason: 'The stored credentials cannot be opened: connect again.' }
  }
}
