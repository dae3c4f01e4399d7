// Whether the databases answer and have the tables of this version: what readiness asks.
import { getTableName, is } from 'drizzle-orm'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Bindings } from '../platform/bindings.ts'
import { changes } from './changes.sql.ts'
import { readBatch } from './d1.ts'
import * as directoryTables from './directory/directory.sql.ts'
import { jobs } from './jobs.sql.ts'
import { shardCount, shardDatabase } from './shards.ts'

/** Per database null, or what is wrong with it. `shardTables`: the names every shard must have besides the log and the jobs. */
export async function checkDatabases(env: Bindings, shardTables: string[]): Promise<Record<string, string | null>> {
  const shards = Array.from({ length: shardCount(env) }, (_, shard) => ({ name: `shard_${shard}`, database: shardDatabase(env, shard), tables: [getTableName(changes), getTableName(jobs), ...shardTables] }))
  const directory = { name: 'directory', database: env.DIRECTORY, tables: Object.values(directoryTables).filter(table => is(table, SQLiteTable)).map(table => getTableName(table)) }
  const results = await Promise.all([directory, ...shards].map(async ({ name, database, tables }) => [name, await checkOne(database, tables)] as const))
  return Object.fromEntries(shards.length === 0 ? [...results, ['shards', 'no shard is bound']] : results)
}

async function checkOne(database: D1Database | undefined, tables: string[]): Promise<string | null> {
  if (database === undefined) return 'not bound'
  try {
    const [found] = await readBatch(database, [database.prepare(`select value as name from json_each(?1) where value not in (select name from sqlite_master where type = 'table')`).bind(JSON.stringify(tables))])
    return (found?.results.length ?? 0) === 0 ? null : 'migrations are missing'
  } catch {
    return 'does not answer' // the error was counted and logged by the reader; its text is not for the public
  }
}
