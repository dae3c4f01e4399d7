// Brings a dead job back, because a person says so.
import { sql } from 'drizzle-orm'
import type { Job } from '../../contract/workspace.ts'
import { change } from '../../db/changes.ts'
import { reviveJob } from '../../db/jobs.ts'
import { jobs } from '../../db/jobs.sql.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own } from '../../db/statement.ts'
import { conflict } from '../../platform/problem.ts'
import { readJob } from './list-jobs.ts'
import { jobIdOf } from './wire-id.ts'

/** Throws NOT_FOUND, CONFLICT for a job that is not dead. */
export async function replayJob(scope: Scope, wire: string): Promise<Job> {
  const id = jobIdOf(wire)
  const { rows } = await scope.db.commit([
    reviveJob(id),
    change('job.replayed', id, sql`json_object('id', ${jobs.id}, 'kind', ${jobs.kind})`, sql`from ${own(jobs)} where ${jobs.id} = ${id} and changes() > 0`),
  ])
  const job = await readJob(scope, id)
  if (rows[0]?.length === 0) throw conflict('Only a dead job can be replayed.', { state: job.state })
  return job
}
