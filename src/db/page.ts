// Reads one page of a list in one round trip: its rows, how many there are in all, and where it ended.
import { sql } from 'drizzle-orm'
import type { SQL, SQLWrapper } from 'drizzle-orm'
import type { StudioDb } from './studio-db.ts'

/** Values of the sort columns of the last row shown. */
export type Position = (string | number | null)[]
/** `after` wins over `offset`. */
export interface PageRead { limit: number; offset: number; after: Position | null }
export interface Page<T> { rows: T[]; total: number; /** Null on the last page. */ next: Position | null }

interface List { select: SQL; /** "from …" with tables from own(). */ from: SQL; where: SQL; /** Sort columns, all in one direction; the last is unique. */ order: SQLWrapper[]; direction: 'asc' | 'desc'; /** Rows counted at most; without it all are. */ countAtMost?: number }

export async function readRows<Row>(db: StudioDb, list: List, page: PageRead): Promise<Page<Row>> {
  const direction = sql.raw(list.direction)
  const keys = list.order.map((column, i) => sql`${column} as ${sql.raw(`key_${i}`)}`)
  const beyond = page.after === null ? sql`true` : sql`(${sql.join(list.order.map(column => sql`${column}`), sql`, `)}) ${sql.raw(list.direction === 'asc' ? '>' : '<')} (${sql.join(page.after.map(value => sql`${value}`), sql`, `)})`
  const [found, counted] = await db.allOf<[Row & Record<string, unknown>, { n: number }]>(
    [sql`select ${list.select}, ${sql.join(keys, sql`, `)} ${list.from} where (${list.where}) and ${beyond}
      order by ${sql.join(list.order.map(column => sql`${column} ${direction}`), sql`, `)} limit ${page.limit + 1} offset ${page.offset}`],
    [sql`select count(*) as n from (select 1 ${list.from} where (${list.where}) ${list.countAtMost === undefined ? sql`` : sql`limit ${list.countAtMost}`})`],
  )
  const rows = found.slice(0, page.limit)
  const last = rows.at(-1)
  const next = found.length > page.limit && last !== undefined ? list.order.map((_, i) => last[`key_${i}`] as string | number | null) : null
  return { rows: rows.map(row => withoutKeys<Row>(row)), total: counted[0]?.n ?? 0, next }
}

function withoutKeys<Row>(row: Record<string, unknown>): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !/^key_\d+$/.test(name))) as Row
}
