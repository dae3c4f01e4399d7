// Statements on a studio's tables: every one is bound to the studio by a placeholder that only the door fills.
import { Placeholder, getTableColumns, getTableName, is, sql } from 'drizzle-orm'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import type { InferInsertModel, SQL } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'

export type StudioTable = SQLiteTable & { studioId: SQLiteColumn }
export type Values = Record<string, unknown>

/** A compiled write. `kind` tells the door what its returned rows mean. */
export interface Write { kind: 'plain' | 'change' | 'job'; sql: SQL; values?: Values | undefined }

/** Stands for the studio of the open scope; no value a caller passes can replace it. */
export const studio = sql.placeholder('studio')

/** The studio's own rows of a table, to stand after FROM or JOIN; SQLite flattens it, so indexes serve. */
export function own(table: StudioTable, alias?: string): SQL {
  return sql`(select * from ${table} where ${table.studioId} = ${studio}) as ${sql.identifier(alias ?? getTableName(table))}`
}

export function insert<T extends StudioTable>(table: T, row: Omit<InferInsertModel<T>, 'studioId'>, options: { onConflict?: SQL } = {}): Write {
  const columns = getTableColumns(table) as Record<string, SQLiteColumn>
  const entries = Object.entries(row).filter(([, value]) => value !== undefined)
  return insertSelect(table, Object.fromEntries(entries.map(([key, value]) => [key, encoded(columns[key], value)])), sql``, options)
}

/** INSERT INTO table (studio_id, …) SELECT :studio, … tail. `tail` is "FROM … WHERE …"; conflicts are passed over unless said otherwise. */
export function insertSelect(table: StudioTable, values: Record<string, SQL | unknown>, tail: SQL, options: { onConflict?: SQL; values?: Values } = {}): Write {
  const columns = getTableColumns(table) as Record<string, SQLiteColumn>
  const names = Object.keys(values).map(key => sql.identifier(columnOf(columns, key).name))
  const list = sql.join([sql`studio_id`, ...names], sql`, `)
  const picked = sql.join([sql`${studio}`, ...Object.values(values).map(value => sql`${value}`)], sql`, `)
  // "where true": without it SQLite reads ON CONFLICT after a bare SELECT as a join condition.
  const from = tail.queryChunks.length === 0 || isBlank(tail) ? sql`where true` : tail
  return { kind: 'plain', sql: sql`insert into ${table} (${list}) select ${picked} ${from} ${options.onConflict ?? sql`on conflict do nothing`}`, values: options.values }
}

/** `set` takes values or SQL; `where` is wrapped, so an OR in it cannot leave the studio. `from` joins what own() or a JSON parameter gives. */
export function update(table: StudioTable, set: Record<string, SQL | unknown>, where: SQL, options: { from?: SQL; values?: Values } = {}): Write {
  const columns = getTableColumns(table) as Record<string, SQLiteColumn>
  const parts = Object.entries(set).filter(([, value]) => value !== undefined).map(([key, value]) => {
    const column = columnOf(columns, key)
    return sql`${sql.identifier(column.name)} = ${encoded(column, value)}`
  })
  return { kind: 'plain', sql: sql`update ${table} set ${sql.join(parts, sql`, `)} ${options.from === undefined ? sql`` : sql`from ${options.from}`} where ${table.studioId} = ${studio} and (${where})`, values: options.values }
}

export function remove(table: StudioTable, where: SQL, values?: Values): Write {
  return { kind: 'plain', sql: sql`delete from ${table} where ${table.studioId} = ${studio} and (${where})`, values }
}

const dialect = new SQLiteAsyncDialect()
const compiled = new WeakMap<SQL, { sql: string; params: unknown[] }>()

/** Text and parameters; statements built once at module level are compiled once. */
export function compile(statement: SQL): { sql: string; params: unknown[] } {
  const known = compiled.get(statement)
  if (known !== undefined) return known
  const query = numbered(dialect.sqlToQuery(statement))
  compiled.set(statement, query)
  return query
}

/** One number per placeholder name: D1 is sent each value once, however often the statement uses it, and no idle white space. */
function numbered({ sql: text, params }: { sql: string; params: unknown[] }): { sql: string; params: unknown[] } {
  const numbers = new Map<string, number>()
  const kept: unknown[] = []
  let next = 0
  const parts = text.split(/('(?:[^']|'')*'|"[^"]*")/)
  const sent = parts.map((part, i) => (i % 2 === 1 ? part : part.replace(/\s+/g, ' ').replace(/\?/g, () => {
    const param = params[next]
    next += 1
    const name = is(param, Placeholder) ? param.name : undefined
    const known = name === undefined ? undefined : numbers.get(name)
    if (known !== undefined) return `?${known}`
    kept.push(param)
    if (name !== undefined) numbers.set(name, kept.length)
    return `?${kept.length}`
  }))).join('')
  return { sql: sent, params: kept }
}

function encoded(column: SQLiteColumn | undefined, value: unknown): SQL {
  return sql`${value !== null && typeof value !== 'object' && column !== undefined ? sql.param(value, column) : value}`
}

function columnOf(columns: Record<string, SQLiteColumn>, key: string): SQLiteColumn {
  const column = columns[key]
  if (column === undefined || key === 'studioId') throw new Error(`no such column: ${key}`)
  return column
}

function isBlank(part: SQL): boolean {
  return compile(part).sql.trim() === ''
}
