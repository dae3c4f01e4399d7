// Reads and writes of the directory: plain statements on the one database that spans studios.
import { fillPlaceholders } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Bindings } from '../../platform/bindings.ts'
import { readBatch, writeBatch } from '../d1.ts'
import { compile } from '../statement.ts'

export interface Directory {
  /** Rows as the database gives them, snake_case. */
  all<Row>(query: SQL, values?: Record<string, unknown>): Promise<Row[]>
  first<Row>(query: SQL, values?: Record<string, unknown>): Promise<Row | undefined>
  /** All or none; rows returned per statement. */
  commit(statements: SQL[]): Promise<{ rows: Record<string, unknown>[][]; changed: number[] }>
}

export function openDirectory(env: Pick<Bindings, 'DIRECTORY'>): Directory {
  const prepare = (query: SQL, values: Record<string, unknown> = {}): D1PreparedStatement => {
    const { sql, params } = compile(query)
    return env.DIRECTORY.prepare(sql).bind(...fillPlaceholders(params, values).map(value => (value === undefined ? null : typeof value === 'boolean' ? Number(value) : value)))
  }
  const all = async <Row>(query: SQL, values?: Record<string, unknown>): Promise<Row[]> => ((await readBatch(env.DIRECTORY, [prepare(query, values)]))[0]?.results ?? []) as Row[]
  return {
    all,
    first: async <Row>(query: SQL, values?: Record<string, unknown>) => (await all<Row>(query, values))[0],
    async commit(statements) {
      const results = await writeBatch(env.DIRECTORY, statements.map(statement => prepare(statement)))
      return { rows: results.map(result => result.results as Record<string, unknown>[]), changed: results.map(result => result.meta.changes ?? 0) }
    },
  }
}
