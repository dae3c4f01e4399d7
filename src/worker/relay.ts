// Tells the world what a commit wrote: due jobs to their queue, the studio's hub that there is news. Losing it costs seconds.
import type { Relay } from '../db/studio-db.ts'
import type { Bindings } from '../platform/bindings.ts'
import { now } from '../platform/clock.ts'
import { describe, log } from '../platform/log.ts'

const producers = { sends: 'SENDS', assistant: 'ASSISTANT', chores: 'CHORES' } as const

export async function relay(env: Bindings, studioId: string, committed: Relay): Promise<void> {
  const due = committed.jobs.filter(job => job.run_at <= now())
  await Promise.all(due.map(async job => {
    try {
      await env[producers[job.queue]].send({ studio_id: studioId, id: job.id })
    } catch (error) {
      log('warn', 'relay.failed', { queue: job.queue, error: describe(error) })
    }
  }))
}

interface HubRevocation { revoke(what: { sessions?: string[]; members?: string[] }): Promise<void> }

/** Sockets of ended sessions and changed members are closed now; the sweeper finds what this misses. */
export async function tellHubRevoked(env: Bindings, studioId: string, what: { sessions?: string[]; members?: string[] }): Promise<void> {
  try {
    const stub = env.STUDIO_HUB.get(env.STUDIO_HUB.idFromName(studioId)) as unknown as HubRevocation
    await stub.revoke(what)
  } catch (error) {
    log('warn', 'revoke.failed', { error: describe(error) })
  }
}
