// `npm run restore`: puts a stopped product's shards back to a backup and makes the rest of the world notice.
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { databaseFiles, shardOf } from './state-files.ts'

export interface Restored {
  shard: number
  /** Studios whose browsers, hubs and search now begin anew. */
  studios: number
  /** Made after the backup: their rows are written again when somebody enters. */
  madeAgain: number
  /** Channels connected after the backup, to be connected again. */
  disconnected: number
  /** Sends and mails that were under way in the backup: nobody can know whether they went out since. */
  inDoubt: number
}

/**
 * Restores shards (all when `only` is null) of a stopped product. The directory stays as it is: sessions and members do not
 * go back in time. Throws when the backup lacks a shard. Run twice, it does the same.
 */
export function restore(state: string, from: string, only: number | null, now: number = Date.now()): Restored[] {
  const files = databaseFiles(state)
  const directoryFile = files.find(file => shardOf(file) === null)
  if (directoryFile === undefined) throw new Error('no directory database')
  const shards = files.filter(file => shardOf(file) !== null && (only === null || shardOf(file) === only))
  if (shards.length === 0) throw new Error(`there is no shard ${only}`)
  for (const { name } of shards) if (!existsSync(join(from, `${name}.sqlite`))) throw new Error(`the backup holds no ${name}`)
  const directory = new DatabaseSync(directoryFile.path)
  const restored = shards.map(file => restoreShard(directory, shardOf(file) as number, file.path, join(from, `${file.name}.sqlite`), now))
  directory.close()
  return restored
}

function restoreShard(directory: DatabaseSync, shard: number, path: string, copy: string, now: number): Restored {
  // A new epoch before the old rows: a crash in between costs browsers a snapshot, the other order would show them numbers twice.
  const { changes: studios } = directory.prepare('update studios set epoch = lower(hex(randomblob(16))) where shard = ?').run(shard)
  for (const rest of ['-wal', '-shm']) rmSync(`${path}${rest}`, { force: true })
  copyFileSync(copy, `${path}.restored`)
  renameSync(`${path}.restored`, path)
  const database = new DatabaseSync(path)
  const ids = (text: string): string => JSON.stringify(database.prepare(text).all().map(row => row.id))
  // Half-made studios are finished by whoever opens them.
  const { changes: madeAgain } = directory.prepare(`update studios set state = 'making' where shard = ? and state = 'active' and id not in (select value from json_each(?))`).run(shard, ids('select id from studios'))
  const { changes: disconnected } = directory.prepare('delete from channel_routes where studio_id in (select id from studios where shard = ?) and integration_id not in (select value from json_each(?))').run(shard, ids('select id from integrations where disconnected_at is null'))
  const inDoubt = doubt(database, now)
  database.close()
  return { shard, studios: Number(studios), madeAgain: Number(madeAgain), disconnected: Number(disconnected), inDoubt }
}

/**
 * What the backup says is still to be sent may have been sent since. A message becomes one whose sender vanished: a status
 * with its tag lifts it, else a person decides. Mails are called off: whoever waits for one asks again.
 */
function doubt(database: DatabaseSync, now: number): number {
  const sends = database.prepare(`update messages set status = 'sending', sent_at = min(sent_at, ?) where direction = 'outbound' and exists
    (select 1 from jobs j where j.studio_id = messages.studio_id and j.id = 'send:' || messages.id and j.state = 'due' and j.run_at <= ?) and status in ('queued', 'scheduled')`).run(now, now)
  const mails = database.prepare(`update jobs set state = 'canceled', reason = 'restored: it may have been sent', finished_at = ? where kind = 'mail.send' and state = 'due' and run_at <= ?`).run(now, now)
  database.prepare('update jobs set lease_until = null, lease_token = null where lease_token is not null').run()
  return Number(sends.changes) + Number(mails.changes)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { state: { type: 'string', default: '.wrangler/state' }, from: { type: 'string' }, shard: { type: 'string' } } })
  if (values.from === undefined || (values.shard !== undefined && !/^\d+$/.test(values.shard))) {
    console.error('usage: npm run restore -- --from BACKUP [--shard N] [--state DIR], while the product is stopped')
    process.exit(2)
  }
  for (const one of restore(resolve(values.state), resolve(values.from), values.shard === undefined ? null : Number(values.shard))) {
    console.log(`Shard ${one.shard}: ${one.studios} studios with a new epoch, ${one.madeAgain} to be made again, ${one.disconnected} channel routes to connect again, ${one.inDoubt} sends and mails in doubt`)
  }
}
