// Asks drizzle-kit for the next migration of both databases and makes new tables WITHOUT ROWID (their key is their order).
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const sets = [
  { out: 'migrations/directory', schema: ['src/db/directory/directory.sql.ts'] },
  { out: 'migrations/studio', schema: ['src/db/changes.sql.ts', 'src/db/jobs.sql.ts', 'src/domain/**/*.sql.ts'] },
]

for (const set of sets) {
  const before = new Set(sqlFiles(set.out))
  const name = process.argv[2] ?? 'change'
  const args = ['generate', '--dialect', 'sqlite', '--out', set.out, '--name', name, ...set.schema.flatMap(schema => ['--schema', schema])]
  const run = spawnSync('drizzle-kit', args, { stdio: 'inherit' })
  if (run.status !== 0) process.exit(run.status ?? 1)
  for (const file of sqlFiles(set.out).filter(file => !before.has(file))) {
    const path = `${set.out}/${file}`
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^(CREATE TABLE [\s\S]*?^\));$/gm, '$1 WITHOUT ROWID;'))
  }
}

function sqlFiles(folder: string): string[] {
  return readdirSync(folder).filter(file => file.endsWith('.sql'))
}
