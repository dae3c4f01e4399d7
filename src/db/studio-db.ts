// The door's database: reads and one-batch commits of exactly one studio.
import { fillPlaceholders, getTableColumns, sql } from 'drizzle-orm'
import type { InferSelectModel, SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Change } from './changes.ts'
import { readBatch, writeBatch } from './d1.ts'
import type { JobRef } from './jobs.ts'
import { compile, own } from './statement.ts'
import type { StudioTable, Values, Write } from './statement.ts'

/** What the edge still has to tell the world after a commit. */
export interface Relay { changes: Change[]; jobs: JobRef[] }
export interface Committed extends Relay {
  /** Rows changed, per write. */
  changed: number[]
  /** Rows returned, per write. */
  rows: Record<string, unknown>[][]
}
interface Stamp { now: number; actor: string; request: string | null }
interface Choice { where?: SQL; orderBy?: SQL; limit?: number }

export class StudioDb {
  readonly #database: D1Database
  readonly #studioId: string
  readonly #stamp: () => Stamp
  /** Everything committed through this door and not yet relayed. */
  #relay: Relay = { changes: [], jobs: [] }

  constructor(database: D1Database, studioId: string, stamp: () => Stamp) {
    this.#database = database
    this.#studioId = studioId
    this.#stamp = stamp
  }

  /** Rows of one table as its model. */
  async select<T extends StudioTable>(table: T, choice: Choice = {}): Promise<InferSelectModel<T>[]> {
    const rows = await this.all(selectFrom(table, choice))
    return rows.map(row => toModel(table, row))
  }

  async get<T extends StudioTable>(table: T, where: SQL): Promise<InferSelectModel<T> | undefined> {
    return (await this.select(table, { where, limit: 1 }))[0]
  }

  /** Raw rows of a query whose tables all come from `own()`. */
  async all<Row = Record<string, unknown>>(query: SQL, values?: Values): Promise<Row[]> {
    return (await this.allOf<[Row]>([query, values]))[0]
  }

  /** Several reads in one round trip. */
  async allOf<Rows extends unknown[]>(...queries: [SQL, Values?][]): Promise<{ [I in keyof Rows]: Rows[I][] }> {
    const results = await readBatch(this.#database, queries.map(([query, values]) => this.#prepare(query, values)))
    return results.map(result => result.results) as { [I in keyof Rows]: Rows[I][] }
  }

  /** All of it or none, in one round trip; collects what must be relayed. */
  async commit(writes: Write[]): Promise<Committed> {
    const results = await writeBatch(this.#database, writes.map(write => this.#prepare(write.sql, write.values)))
    const rows = results.map(result => result.results as Record<string, unknown>[])
    const pick = <T>(kind: Write['kind']): T[] => writes.flatMap((write, i) => (write.kind === kind ? (rows[i] as T[]) : []))
    const relay: Relay = { changes: pick<Change>('change'), jobs: pick<JobRef>('job') }
    this.#relay.changes.push(...relay.changes)
    this.#relay.jobs.push(...relay.jobs)
    return { ...relay, rows, changed: results.map(result => result.meta.changes ?? 0) }
  }

  /** Hands over what was committed, once. */
  takeRelay(): Relay {
    const relay = this.#relay
    this.#relay = { changes: [], jobs: [] }
    return relay
  }

  #prepare(query: SQL, values: Values = {}): D1PreparedStatement {
    const { sql: text, params } = compile(query)
    // The studio comes last: nothing a caller passes can stand in its place.
    const filled = fillPlaceholders(params, { ...this.#stamp(), ...values, studio: this.#studioId })
    return this.#database.prepare(text).bind(...filled.map(value => (value === undefined ? null : typeof value === 'boolean' ? Number(value) : value)))
  }
}

function selectFrom(table: StudioTable, { where, orderBy, limit }: Choice): SQL {
  return sql`select * from ${own(table)} ${where === undefined ? sql`` : sql`where (${where})`}
    ${orderBy === undefined ? sql`` : sql`order by ${orderBy}`} ${limit === undefined ? sql`` : sql`limit ${limit}`}`
}

function toModel<T extends StudioTable>(table: T, row: Record<string, unknown>): InferSelectModel<T> {
  const columns = getTableColumns(table) as Record<string, SQLiteColumn>
  return Object.fromEntries(Object.entries(columns).map(([key, column]) => {
    const value = row[column.name]
    return [key, value === null || value === undefined ? null : column.mapFromDriverValue(value)]
  })) as InferSelectModel<T>
}
