// The life of a job: written by a verb, claimed by one conditional update, ended only by the holder of its lease.
import { sql } from 'drizzle-orm'
import type { SQL, SQLWrapper } from 'drizzle-orm'
import { jobs } from './jobs.sql.ts'
import { studio } from './statement.ts'
import type { Values, Write } from './statement.ts'

export type QueueName = 'sends' | 'assistant' | 'chores'
/** What the relay needs in order to wake a job. */
export interface JobRef { id: string; queue: QueueName; run_at: number }
export interface ClaimedJob { id: string; kind: string; queue: QueueName; subject: string | null; payload: string; attempts: number; run_at: number; lease_token: string }

/** How a run ended. `ended`: the verb has finished the job in its own batch. Throwing means: try again with backoff. */
export type JobEnd = 'ended' | { done: string | null } | { again: number; reason: string } | { dead: string }

interface NewJob { id: SQLWrapper | string; kind: string; queue: QueueName; subject: SQLWrapper | string; payload?: SQLWrapper | string; runAt: SQLWrapper | number }

/** Adds a job unless one with this id exists. A debounced one that ended is due again; one that is running loses its lease and runs again. */
export function addJob(job: NewJob, options: { tail?: SQL; debounce?: boolean; values?: Values } = {}): Write {
  const onConflict = options.debounce === true
    ? sql`on conflict (studio_id, id) do update set state = 'due', run_at = excluded.run_at, attempts = case when state = 'due' then attempts else 0 end,
        lease_until = null, lease_token = null, reason = null, finished_at = null where state <> 'due' or lease_token is not null`
    : sql`on conflict do nothing`
  return {
    kind: 'job',
    sql: sql`insert into ${jobs} (studio_id, id, kind, queue, subject, payload, state, run_at, attempts, created_at)
      select ${studio}, ${job.id}, ${job.kind}, ${job.queue}, ${job.subject}, ${job.payload ?? '{}'}, 'due', ${job.runAt}, 0, ${sql.placeholder('now')}
      ${options.tail ?? sql`where true`} ${onConflict} returning id, queue, run_at`,
    values: options.values,
  }
}

/** Takes jobs off the list before they ran. `where` sees the columns of jobs. */
export function cancelJobs(where: SQL, reason: string): Write {
  return { kind: 'plain', sql: sql`update ${jobs} set state = 'canceled', reason = ${reason}, finished_at = ${sql.placeholder('now')}
    where studio_id = ${studio} and state = 'due' and (${where})` }
}

/** Moves a job that has not begun to another time, ms. */
export function moveJob(id: string, runAt: number): Write {
  return { kind: 'job', sql: sql`update ${jobs} set run_at = ${runAt} where studio_id = ${studio} and id = ${id} and state = 'due' and lease_token is null returning id, queue, run_at` }
}

/** Brings a dead job back. */
export function reviveJob(id: string): Write {
  return { kind: 'job', sql: sql`update ${jobs} set state = 'due', run_at = ${sql.placeholder('now')}, attempts = 0, lease_until = null, lease_token = null, reason = null, finished_at = null
    where studio_id = ${studio} and id = ${id} and state = 'dead' returning id, queue, run_at` }
}

/** At most one caller gets the row; the rest get nothing. */
export const claimJob: SQL = sql`update ${jobs} set lease_until = ${sql.placeholder('until')}, lease_token = ${sql.placeholder('token')}, attempts = attempts + 1
  where studio_id = ${studio} and id = ${sql.placeholder('id')} and state = 'due' and run_at <= ${sql.placeholder('now')} and coalesce(lease_until, 0) < ${sql.placeholder('now')}
  returning id, kind, queue, subject, payload, attempts, run_at, lease_token`

/** Ends a job; only the lease it was claimed with may. A job debounced meanwhile has lost its lease and stays due. */
export function finishJob(job: { id: string; lease_token: string }, state: 'done' | 'dead' | 'canceled', reason: string | null = null): Write {
  return { kind: 'plain', sql: sql`update ${jobs} set state = ${state}, reason = ${reason}, finished_at = ${sql.placeholder('now')}, lease_until = null
    where studio_id = ${studio} and id = ${job.id} and lease_token = ${job.lease_token} and state = 'due'` }
}

/** Puts a job off until `runAt` (ms) with the reason of this try. `uncounted`: it was no try, only a look whether one can be made. */
export function postponeJob(job: { id: string; lease_token: string }, runAt: number, reason: string, options: { uncounted?: boolean } = {}): Write {
  return { kind: 'job', sql: sql`update ${jobs} set run_at = ${runAt}, reason = ${reason}, attempts = attempts - ${options.uncounted === true ? 1 : 0}, lease_until = null, lease_token = null
    where studio_id = ${studio} and id = ${job.id} and lease_token = ${job.lease_token} and state = 'due' returning id, queue, run_at` }
}

/** For a run that turns out to take longer than its kind does: holds the lease until `until` (ms). */
export function extendLease(job: { id: string; lease_token: string }, until: number): Write {
  return { kind: 'plain', sql: sql`update ${jobs} set lease_until = ${until} where studio_id = ${studio} and id = ${job.id} and lease_token = ${job.lease_token} and state = 'due'` }
}

/** True in a statement's WHERE while the lease still holds: guards effects of a job against a second runner. */
export function leaseHeld(job: { id: string; lease_token: string }): SQL {
  return sql`exists (select 1 from ${jobs} where studio_id = ${studio} and id = ${job.id} and lease_token = ${job.lease_token} and state = 'due')`
}

/** Frees a lease early so that the sweeper may wake the job again. */
export const freeLease: SQL = sql`update ${jobs} set lease_until = null, lease_token = null where studio_id = ${studio} and id = ${sql.placeholder('id')} and state = 'due'`
