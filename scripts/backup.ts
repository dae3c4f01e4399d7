// `npm run backup`: a consistent copy of each local database, taken while the product runs or not.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { databaseFiles } from './state-files.ts'

/**
 * Copies every database of `state` into the new folder `to`, the directory last: a studio in it has its shard in the copy.
 * Each copy is one read transaction; the folder gets its name only when all are whole. Throws when `to` exists.
 */
export function backup(state: string, to: string): void {
  if (existsSync(to)) throw new Error(`${to} exists: a backup is never written over another`)
  const half = `${to}.half`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { recursive: true })
  for (const { name, path } of databaseFiles(state).reverse()) {
    if (!existsSync(path)) throw new Error(`${name} is not in ${state}`)
    const database = new DatabaseSync(path)
    // Waits for a writer instead of failing beside it.
    database.exec('pragma busy_timeout = 10000')
    database.prepare('vacuum into ?').run(join(half, `${name}.sqlite`))
    database.close()
  }
  writeFileSync(join(half, 'taken.json'), JSON.stringify({ at: new Date().toISOString() }))
  renameSync(half, to)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { state: { type: 'string', default: '.wrangler/state' }, to: { type: 'string' } } })
  const to = resolve(values.to ?? join('.wrangler', 'backups', new Date().toISOString().replaceAll(':', '-')))
  backup(resolve(values.state), to)
  console.log(`Backup in ${to}\nFiles of the bucket are not in it: they are never changed, only added and erased.`)
}
