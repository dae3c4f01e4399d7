// Clears away what a connection cut short, or a disconnection cut short, left in the two databases.
import { eq, sql } from 'drizzle-orm'
import { releaseRoutes } from '../../db/directory/channel-routes.ts'
import { addJob, finishJob, leaseHeld } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { remove } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import type { Bindings } from '../../platform/bindings.ts'
import { integrations } from './integrations.sql.ts'

export function sweepJob(id: string, runAt: number): Write {
  return addJob({ id: `integration.sweep:${id}`, kind: 'integration.sweep', queue: 'chores', subject: id, runAt }, { debounce: true })
}

/** A row that never became active goes; routes stay only with an active row. */
export async function sweepIntegration(scope: Scope, job: ClaimedJob, env: Bindings): Promise<JobEnd> {
  const id = job.subject ?? ''
  const row = await scope.db.get(integrations, eq(integrations.id, id))
  if (row?.isActive === true) return { done: 'in use' }
  await releaseRoutes(env, id)
  await scope.db.commit([remove(integrations, sql`${integrations.id} = ${id} and ${integrations.isActive} = 0 and ${integrations.disconnectedAt} is null and ${leaseHeld(job)}`), finishJob(job, 'done', 'cleared')])
  return 'ended'
}
