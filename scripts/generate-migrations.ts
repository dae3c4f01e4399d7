// Asks drizzle-kit for the next migration of both databases, makes new tables WITHOUT ROWID (their key is their order),
// adds the guard of the change log once, and ends with fresh statistics for the planner whenever tables changed.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { plannerStatistics } from './planner-statistics.ts'

const guard = 'src/db/changes.guard.sql'
const guardName = 'changes-append-only'
const statisticsName = 'planner-statistics'
const sets = [
  { out: 'migrations/directory', schema: 'src/db/directory/directory.sql.ts' },
  { out: 'migrations/studio', schema: 'src/{db,domain/*}/*.sql.ts' },
]

for (const set of sets) {
  const before = new Set(sqlFiles(set.out))
  kit(set, ['--name', process.argv[2] ?? 'change'])
  for (const file of sqlFiles(set.out).filter(file => !before.has(file))) {
    const path = `${set.out}/${file}`
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^(CREATE TABLE [\s\S]*?^\));$/gm, '$1 WITHOUT ROWID;'))
  }
}

for (const set of sets) {
  if (set.out.endsWith('studio') && !sqlFiles(set.out).some(file => file.includes(guardName))) copyFileSync(guard, custom(set, guardName))
  if (!(sqlFiles(set.out).at(-1) ?? statisticsName).includes(statisticsName)) {
    const modules = await Promise.all(globSync(set.schema).map(file => import(resolve(file)) as Promise<Record<string, unknown>>))
    writeFileSync(custom(set, statisticsName), plannerStatistics(modules))
  }
}

function custom(set: { out: string; schema: string }, name: string): string {
  const before = new Set(sqlFiles(set.out))
  kit(set, ['--custom', '--name', name])
  return `${set.out}/${sqlFiles(set.out).find(file => !before.has(file)) ?? ''}`
}

function kit(set: { out: string; schema: string }, more: string[]): void {
  const run = spawnSync('drizzle-kit', ['generate', '--dialect', 'sqlite', '--out', set.out, '--schema', set.schema, ...more], { stdio: 'inherit' })
  if (run.status !== 0) process.exit(run.status ?? 1)
}

function sqlFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter(file => file.endsWith('.sql')).sort() : []
}
