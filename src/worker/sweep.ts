// Keeps the sweepers' alarms alive: from boot, from cron, and from any request, at most every half minute per isolate.
import { shardCount } from '../db/shards.ts'
import type { Bindings } from '../platform/bindings.ts'
import { now as clock, second } from '../platform/clock.ts'
import { describe, log } from '../platform/log.ts'

const everyMs = 30 * second
let last = 0

export async function keepSweeping(env: Bindings, force = false): Promise<void> {
  if (!force && clock() - last < everyMs) return
  last = clock()
  await Promise.all(Array.from({ length: shardCount(env) }, async (_, shard) => {
    const sweeper = env.SHARD_SWEEPER.get(env.SHARD_SWEEPER.idFromName(`shard-${shard}`)) as unknown as { ensure(shard: number): Promise<void> }
    await sweeper.ensure(shard).catch((error: unknown) => log('warn', 'sweep.ensure_failed', { shard, error: describe(error) }))
  }))
}
