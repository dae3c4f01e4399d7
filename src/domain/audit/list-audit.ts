// The audit trail: who changed what and when, newest first, read from the change log itself.
import { sql } from 'drizzle-orm'
import type { AuditEntry } from '../../contract/workspace.ts'
import { changes as c } from '../../db/changes.sql.ts'
import type { Scope } from '../../db/open-studio.ts'
import type { Page, PageRead } from '../../db/page.ts'
import { own } from '../../db/statement.ts'
import { isoOf, jsonObject } from '../../db/wire.ts'

export interface AuditFilter { kind?: string | undefined; actor?: string | undefined; subject?: string | undefined }

const entryJson = jsonObject({ seq: c.seq, at: isoOf(c.at), kind: c.kind, actor: c.actor, subject: c.subject, request_id: c.requestId })
/** Rows of the log one page may look at; a rare kind may need several pages, and the cursor goes on where this one stopped. */
const scanned = 20_000

/** `after` is [seq]. The total counts what the scan from the newest row on finds. */
export async function listAudit(scope: Scope, filter: AuditFilter, page: PageRead): Promise<Page<AuditEntry>> {
  const before = Number(page.after?.[0] ?? Number.MAX_SAFE_INTEGER)
  const parts = [sql`true`, ...(['kind', 'actor', 'subject'] as const).flatMap(name => (filter[name] === undefined ? [] : [sql`${c[name]} = ${filter[name]}`]))]
  const window = (from: number) => sql`(select * from ${own(c, 'w')} where w.seq < ${from} order by w.seq desc limit ${scanned}) as changes`
  const where = sql.join(parts, sql` and `)
  const [rows, counted, edge] = await scope.db.allOf<[{ body: string; seq: number }, { n: number }, { low: number | null; more: number }]>(
    [sql`select ${entryJson} as body, ${c.seq} as seq from ${window(before)} where ${where} order by ${c.seq} desc limit ${page.limit + 1} offset ${page.offset}`],
    [sql`select count(*) as n from ${window(Number.MAX_SAFE_INTEGER)} where ${where}`],
    [sql`select min(${c.seq}) as low, count(*) = ${scanned} as more from ${window(before)}`],
  )
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const beyond = edge[0]?.more === 1 && edge[0].low !== null && edge[0].low > 1 ? [edge[0].low] : null
  return { rows: shown.map(row => JSON.parse(row.body) as AuditEntry), total: counted[0]?.n ?? 0, next: rows.length > page.limit && last !== undefined ? [last.seq] : beyond }
}
