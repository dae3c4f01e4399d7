// Writes of the change log, and reading it back for replay and audit.
import { sql } from 'drizzle-orm'
import type { SQL, SQLWrapper } from 'drizzle-orm'
import type { ChangeKind } from '../contract/live.ts'
import { changes } from './changes.sql.ts'
import { studio } from './statement.ts'
import type { Values, Write } from './statement.ts'

export interface Change { seq: number; at: number; kind: ChangeKind; actor: string; subject: string | null; body: string | null }

/** The number the next change of this studio takes, inside the same batch. */
export const nextSeq: SQL = sql`(select coalesce(max(seq), 0) + 1 from changes where studio_id = ${studio})`

/**
 * One change, or one for each row of `tail`, numbered in `order`. `body` is JSON built by SQL from the rows as they stand;
 * `tail` is "FROM … WHERE …" and writes nothing where it finds nothing. `at`, `actor` and `request` come from the scope.
 */
export function change(kind: ChangeKind, subject: SQLWrapper | string, body: SQLWrapper, tail?: SQL, options: { many?: SQL; actor?: SQLWrapper; values?: Values } = {}): Write {
  const number = options.many === undefined ? nextSeq : sql`${nextSeq} - 1 + row_number() over (order by ${options.many})`
  return {
    kind: 'change',
    sql: sql`insert into ${changes} (studio_id, seq, at, kind, subject, actor, request_id, body)
      select ${studio}, ${number}, ${sql.placeholder('now')}, ${kind}, ${subject}, ${options.actor ?? sql.placeholder('actor')}, ${sql.placeholder('request')}, ${body}
      ${tail ?? sql`where true`} returning seq, at, kind, actor, subject, body`,
    values: options.values,
  }
}

/** Changes after `seq`, oldest first. */
export const changesAfter: SQL = sql`select seq, at, kind, actor, subject, body from ${changes}
  where studio_id = ${studio} and seq > ${sql.placeholder('after')} order by seq limit ${sql.placeholder('limit')}`

export const headSeq: SQL = sql`select coalesce(max(seq), 0) as seq from changes where studio_id = ${studio}`
