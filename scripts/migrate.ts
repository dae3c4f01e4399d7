// Applies migrations to a hosted D1, in the table that wrangler uses too; what was applied is not applied again.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Miniflare } from 'miniflare'
import { builtConfig } from './host.ts'

export async function migrate(mf: Miniflare, root: string): Promise<number> {
  const counts = await Promise.all(builtConfig().databases.map(async entry => migrateOne(await mf.getD1Database(entry.binding, 'api') as unknown as D1, join(root, entry.migrations))))
  return counts.reduce((sum, n) => sum + n, 0)
}

interface D1 { prepare(text: string): { bind(...values: unknown[]): D1Statement; all<T>(): Promise<{ results: T[] }> } & D1Statement; batch(statements: D1Statement[]): Promise<unknown> }
interface D1Statement { run(): Promise<unknown> }

async function migrateOne(database: D1, folder: string): Promise<number> {
  await database.prepare('create table if not exists d1_migrations (id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null)').run()
  const { results } = await database.prepare('select name from d1_migrations').all<{ name: string }>()
  const applied = new Set(results.map(row => row.name))
  const files = readdirSync(folder).filter(file => file.endsWith('.sql') && !applied.has(file)).sort()
  for (const file of files) {
    // One batch is one transaction: a migration that is cut off leaves nothing half done.
    const statements = readFileSync(join(folder, file), 'utf8').split('--> statement-breakpoint').map(text => text.trim()).filter(text => text !== '')
    await database.batch([...statements.map(text => database.prepare(text)), database.prepare('insert into d1_migrations (name) values (?)').bind(file)])
  }
  return files.length
}
