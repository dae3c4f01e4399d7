// Runs wake-ups: each message on its own; a job is claimed by lease, run, and ended by the holder of that lease only.
import { change } from '../db/changes.ts'
import { claimJob, finishJob, freeLease, postponeJob } from '../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../db/jobs.ts'
import { openStudio } from '../db/open-studio.ts'
import type { Scope } from '../db/open-studio.ts'
import { relay } from '../db/relay.ts'
import type { Wake } from '../db/relay.ts'
import type { Bindings } from '../platform/bindings.ts'
import { minute, now as clock, second } from '../platform/clock.ts'
import { newSecret } from '../platform/ids.ts'
import { describe, log } from '../platform/log.ts'
import { count } from '../platform/metrics.ts'
import { Problem } from '../platform/problem.ts'
import { sql } from 'drizzle-orm'
import { handlers } from './handlers.ts'
import type { JobHandler } from './handlers.ts'

/** Thinking is CPU work: its jobs start one after another, so that messages coming in find room between them. */
const thinkingPaceMs = 15

/** Handles one batch of a queue. A message that fails takes no other with it; the row decides what happens next. */
export async function consume(batch: MessageBatch, env: Bindings): Promise<void> {
  const pace = batch.queue === 'assistant' ? thinkingPaceMs : 0
  await Promise.all(batch.messages.map(async (message, i) => {
    try {
      if (pace > 0) await new Promise(resolve => setTimeout(resolve, i * pace))
      const wake = readWake(message.body)
      if (wake === null) log('warn', 'queue.unreadable', { queue: batch.queue })
      else await runJob(env, wake)
      message.ack()
    } catch (error) {
      count('queue_failures_total', { queue: batch.queue })
      log('warn', 'queue.failed', { queue: batch.queue, error: describe(error) })
      message.retry({ delaySeconds: 5 })
    }
  }))
}

/** A dead-letter queue only frees the lease: the jobs table alone decides what is dead. Each message on its own here too. */
export async function consumeDead(batch: MessageBatch, env: Bindings): Promise<void> {
  await Promise.all(batch.messages.map(async message => {
    const wake = readWake(message.body)
    try {
      if (wake !== null) {
        const scope = await openStudio(env, wake.studio, { kind: 'system' })
        await scope.db.commit([{ kind: 'plain', sql: freeLease, values: { id: wake.job } }])
      }
    } catch (error) {
      // The lease runs out by itself, and the sweeper finds the job then.
      log('warn', 'queue.dead_failed', { queue: batch.queue, error: describe(error) })
    }
    message.ack()
  }))
}

/** Claims and runs one job; false when there was nothing to claim. */
export async function runJob(env: Bindings, wake: Wake): Promise<boolean> {
  const scope = await openStudio(env, wake.studio, { kind: 'system' })
  const kind = wake.job.slice(0, wake.job.indexOf(':'))
  const job = await claim(scope, wake.job, Math.min(leaseOf(kind), scope.config.LONGEST_LEASE_MS))
  if (job === undefined) return false
  const handler = handlers[job.kind]
  const start = performance.now()
  const end = handler === undefined ? { dead: `no handler for ${job.kind}` } : await handler.run(scope, job, env).catch((error: unknown) => afterFailure(job, handler, error))
  scope.now = clock()
  await settle(scope, job, end, handler)
  count('jobs_total', { kind: job.kind, end: typeof end === 'string' ? end : Object.keys(end)[0] ?? '' })
  log('debug', 'job.ran', { kind: job.kind, ms: Math.round(performance.now() - start), attempts: job.attempts })
  await relay(env, wake.studio, scope.db.takeRelay())
  return true
}

async function claim(scope: Scope, id: string, leaseMs: number): Promise<ClaimedJob | undefined> {
  const { rows } = await scope.db.commit([{ kind: 'plain', sql: claimJob, values: { id, until: scope.now + leaseMs, token: newSecret() } }])
  return rows[0]?.[0] as ClaimedJob | undefined
}

function leaseOf(kind: string): number {
  return Object.hasOwn(handlers, kind) ? handlers[kind]?.leaseMs ?? minute : minute
}

function afterFailure(job: ClaimedJob, handler: JobHandler, error: unknown): JobEnd {
  const reason = error instanceof Problem ? error.message : describe(error)
  log('warn', 'job.failed', { kind: job.kind, attempts: job.attempts, error: describe(error) })
  if (job.attempts >= handler.maxAttempts) return { dead: reason }
  const wait = error instanceof Problem && error.retryAfter !== undefined ? error.retryAfter * second : backoff(job.attempts)
  return { again: clock() + wait, reason }
}

/** 2 s, 4 s, 8 s … up to ten minutes, with half of it left to chance. */
export function backoff(attempts: number): number {
  const full = Math.min(2 ** attempts * second, 10 * minute)
  return full * (0.5 + Math.random() / 2)
}

async function settle(scope: Scope, job: ClaimedJob, end: JobEnd, handler: JobHandler | undefined): Promise<void> {
  if (end === 'ended') return
  if ('done' in end) await scope.db.commit([finishJob(job, 'done', end.done)])
  else if ('again' in end) await scope.db.commit([postponeJob(job, end.again, end.reason)])
  else {
    log('error', 'job.dead', { kind: job.kind, attempts: job.attempts })
    await scope.db.commit([...(handler?.atDeath?.(job, end.dead) ?? []), finishJob(job, 'dead', end.dead), change('job.dead', job.id, sql`json_object('id', ${job.id}, 'kind', ${job.kind}, 'reason', ${end.dead})`)])
  }
}

function readWake(body: unknown): Wake | null {
  const wake = body as Partial<Wake> | null
  return wake !== null && typeof wake === 'object' && typeof wake.studio === 'string' && typeof wake.job === 'string' ? { v: 1, studio: wake.studio, job: wake.job } : null
}
