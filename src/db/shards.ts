// Which databases are shards: bound as SHARD_0, SHARD_1, … A studio lives on exactly one.
import type { Bindings } from '../platform/bindings.ts'

export function shardCount(env: Bindings): number {
  let n = 0
  while (env[`SHARD_${n}`] !== undefined) n += 1
  return n
}

/** Throws when a studio names a shard that is not bound: a wrong deployment, never bad input. */
export function shardDatabase(env: Bindings, shard: number): D1Database {
  const database = env[`SHARD_${shard}`] as D1Database | undefined
  if (database === undefined) throw new Error(`shard ${shard} is not bound`)
  return database
}
