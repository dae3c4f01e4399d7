// The one named exception to the door: questions that span a shard's studios, for the sweeper alone.
import type { Bindings } from '../platform/bindings.ts'
import { readBatch } from './d1.ts'
import type { QueueName } from './jobs.ts'
import { shardDatabase } from './shards.ts'

export interface DueJob { studio_id: string; id: string; queue: QueueName; run_at: number }
export interface StudioHead { studio_id: string; seq: number }

/** Jobs that are due and not leased, oldest first, and the head of every studio's change log. */
export async function sweepShard(env: Bindings, shard: number, now: number, limit: number): Promise<{ due: DueJob[]; heads: StudioHead[] }> {
  const database = shardDatabase(env, shard)
  const [due, heads] = await readBatch(database, [
    database.prepare(`select studio_id, id, queue, run_at from jobs indexed by jobs_due where state = 'due' and run_at <= ?1 and coalesce(lease_until, 0) < ?1 order by run_at limit ?2`).bind(now, limit),
    database.prepare(`select id as studio_id, (select coalesce(max(seq), 0) from changes where studio_id = s.id) as seq from studios s`),
  ])
  return { due: (due?.results ?? []) as unknown as DueJob[], heads: (heads?.results ?? []) as unknown as StudioHead[] }
}
