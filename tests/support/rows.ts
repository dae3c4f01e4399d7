// All rows of all databases, as text: what a test compares to say that nothing changed.
import type { Bindings } from '../../src/platform/bindings.ts'
import { shardCount, shardDatabase } from '../../src/db/shards.ts'

/** "database.table" → rows as JSON, sorted. `mine` picks rows by their JSON; `without` leaves tables out. */
export async function allRows(env: Bindings, mine: (row: string) => boolean = () => true, without: string[] = []): Promise<Record<string, string[]>> {
  const databases: [string, D1Database][] = [['directory', env.DIRECTORY], ...Array.from({ length: shardCount(env) }, (_, i): [string, D1Database] => [`shard_${i}`, shardDatabase(env, i)])]
  const found = await Promise.all(databases.map(async ([name, database]) => {
    const tables = await tablesOf(database)
    const results = await database.batch<Record<string, unknown>>(tables.map(table => database.prepare(`select * from "${table}"`)))
    return tables.map((table, i): [string, string[]] => [`${name}.${table}`, (results[i]?.results ?? []).map(row => JSON.stringify(row)).filter(mine).sort()])
  }))
  return Object.fromEntries(found.flat().filter(([name, rows]) => rows.length > 0 && !without.includes(name.slice(name.indexOf('.') + 1))))
}

/** What differs, one line a row: "+ table row" and "- table row". */
export function differences(before: Record<string, string[]>, after: Record<string, string[]>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(table => {
    const [was, is] = [new Set(before[table]), new Set(after[table])]
    return [...[...was].filter(row => !is.has(row)).map(row => `- ${table} ${row}`), ...[...is].filter(row => !was.has(row)).map(row => `+ ${table} ${row}`)]
  })
}

export async function tablesOf(database: D1Database): Promise<string[]> {
  const { results } = await database.prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_cf_%' and name <> 'd1_migrations' order by name`).all<{ name: string }>()
  return results.map(row => row.name)
}

/** True for rows that hold any of these texts. */
export function holding(words: string[]): (row: string) => boolean {
  return row => words.some(word => row.includes(word))
}
