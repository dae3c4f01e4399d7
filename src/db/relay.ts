// After the commit: changes to the studio's hub, due jobs to their queues. A relay that is lost costs seconds, never data.
import type { Bindings } from '../platform/bindings.ts'
import { now as clock, second } from '../platform/clock.ts'
import { describe, log } from '../platform/log.ts'
import { count } from '../platform/metrics.ts'
import type { Change } from './changes.ts'
import type { JobRef, QueueName } from './jobs.ts'
import { findPlace } from './open-studio.ts'
import type { Relay } from './studio-db.ts'

/** What a hub answers to. */
export interface HubCalls {
  relay(studioId: string, epoch: string, changes: Change[]): Promise<number>
  poke(studioId: string, epoch: string, head: number): Promise<number>
  revoke(studioId: string, gone: { sessions?: string[]; members?: string[] }): Promise<void>
}
/** What a search index answers to, besides queries. */
export interface SearchFollower { catchUp(studioId: string): Promise<void> }
/** A wake-up: it names the row and says nothing else. */
export interface Wake { v: 1; studio: string; job: string }

/** Jobs further away than this are left to the sweeper. */
const nearMs = 20 * second
const poolMs = 20
const queueBindings = { sends: 'SENDS', assistant: 'ASSISTANT', chores: 'CHORES' } as const

export function hubOf(env: Bindings, studioId: string): HubCalls {
  return env.STUDIO_HUB.get(env.STUDIO_HUB.idFromName(studioId)) as unknown as HubCalls
}

export function searchOf(env: Bindings, studioId: string): SearchFollower {
  return env.STUDIO_SEARCH.get(env.STUDIO_SEARCH.idFromName(studioId)) as unknown as SearchFollower
}

/** Never throws: what fails here is repaired by the sweeper. Run it in waitUntil. */
export async function relay(env: Bindings, studioId: string, { changes, jobs }: Relay): Promise<void> {
  await Promise.all([tellHub(env, studioId, changes), wake(env, studioId, jobs)])
}

/** Changes that wait for the call to their hub that is under way: one call at a time per hub and isolate, the next takes all that came meanwhile. */
const lines = new Map<string, { waiting: Change[]; since: number }>()
/** A call that takes longer is left to itself, and a new one begins. */
const patienceMs = second
/** Then the request that happened to lead has done enough; the next one to come leads. */
const roundsAtMost = 100

async function tellHub(env: Bindings, studioId: string, changes: Change[]): Promise<void> {
  if (changes.length === 0) return
  const busy = lines.get(studioId)
  if (busy !== undefined && clock() - busy.since < patienceMs) {
    busy.waiting.push(...changes)
    return
  }
  const line = { waiting: changes, since: clock() }
  lines.set(studioId, line)
  try {
    const place = await findPlace(env, studioId)
    for (let round = 0; line.waiting.length > 0 && round < roundsAtMost && place !== undefined; round += 1) {
      const batch = line.waiting
      line.waiting = []
      line.since = clock()
      await hubOf(env, studioId).relay(studioId, place.epoch, batch)
    }
  } catch (error) {
    log('warn', 'relay.hub_failed', { error: describe(error) })
  } finally {
    if (lines.get(studioId) === line) lines.delete(studioId)
  }
}

export async function tellHubRevoked(env: Bindings, studioId: string, gone: { sessions?: string[]; members?: string[] }): Promise<void> {
  await hubOf(env, studioId).revoke(studioId, gone).catch((error: unknown) => log('warn', 'relay.revoke_failed', { error: describe(error) }))
}

interface Pooled { body: Wake; delaySeconds: number }
const pools = new Map<QueueName, Map<string, Pooled>>()

/** Gathers wake-ups for 20 ms into one sendBatch per queue; the first caller of a pool sends it. */
export async function wake(env: Bindings, studioId: string, jobs: JobRef[]): Promise<void> {
  const leading: QueueName[] = []
  const at = clock()
  for (const job of jobs) {
    if (job.run_at - at > nearMs) continue
    let pool = pools.get(job.queue)
    if (pool === undefined) {
      pool = new Map()
      pools.set(job.queue, pool)
      leading.push(job.queue)
    }
    pool.set(`${studioId}|${job.id}`, { body: { v: 1, studio: studioId, job: job.id }, delaySeconds: Math.max(0, Math.ceil((job.run_at - at) / second)) })
  }
  await Promise.all(leading.map(queue => flush(env, queue)))
}

async function flush(env: Bindings, queue: QueueName): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, poolMs))
  const pool = pools.get(queue)
  pools.delete(queue)
  if (pool === undefined) return
  const wakes = [...pool.values()]
  for (let i = 0; i < wakes.length; i += 100) {
    count('queue_sends_total', { queue })
    await env[queueBindings[queue]].sendBatch(wakes.slice(i, i + 100)).catch((error: unknown) => log('warn', 'relay.queue_failed', { queue, error: describe(error) }))
  }
}
