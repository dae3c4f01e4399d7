// Bindings whose databases note every statement with its values, so that a test can ask for its plan.
import type { Bindings } from '../../src/platform/bindings.ts'

export interface Said { database: D1Database; sql: string; values: unknown[] }

export function recorded(env: Bindings): { env: Bindings; said: Map<string, Said> } {
  const said = new Map<string, Said>()
  const noting = (database: D1Database): D1Database => new Proxy(database, {
    get(target, name) {
      if (name !== 'prepare') {
        const value = Reflect.get(target, name) as unknown
        return typeof value === 'function' ? value.bind(target) : value
      }
      return (sql: string) => {
        const statement = target.prepare(sql)
        const bind = statement.bind.bind(statement)
        said.set(sql, { database: target, sql, values: [] })
        statement.bind = (...values: unknown[]) => {
          said.set(sql, { database: target, sql, values })
          return bind(...values)
        }
        return statement
      }
    },
  })
  const databases = Object.entries(env).filter(([name]) => name === 'DIRECTORY' || /^SHARD_\d+$/.test(name)).map(([name, database]) => [name, noting(database as D1Database)])
  return { env: { ...env, ...Object.fromEntries(databases) } as Bindings, said }
}

/** Lines of a statement's plan that read a whole table: not virtual tables, not subqueries that were searched for their rows. */
export async function scansOf({ database, sql, values }: Said): Promise<string[]> {
  const { results } = await database.prepare(`explain query plan ${sql}`).bind(...values).all<{ detail: string }>()
  const lines = results.map(row => row.detail)
  const made = lines.flatMap(line => /^(?:CO-ROUTINE|MATERIALIZE) (\S+)/.exec(line)?.[1] ?? [])
  return lines.filter(line => line.startsWith('SCAN ') && !/VIRTUAL TABLE|CONSTANT ROW|^SCAN \(subquery|^SCAN \(join/.test(line) && !made.includes(/^SCAN (\S+)/.exec(line)?.[1] ?? ''))
}
