// Knowledge on the wire, and the entries that hold on a day.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { own } from '../../db/statement.ts'
import { isoOf, jsonObject } from '../../db/wire.ts'
import { knowledge as k } from './knowledge.sql.ts'

/** Reads columns of `knowledge`. */
export const knowledgeJson: SQL = jsonObject({
  id: k.id, title: k.title, content: k.content, category: k.category, valid_from: k.validFrom, valid_to: k.validTo, source: k.source, created_at: isoOf(k.createdAt), updated_at: isoOf(k.updatedAt),
})

/** What one act of the assistant reads at most: entries, and characters of each. */
const mostEntries = 300
const mostCharacters = 8_000

/** Entries valid on placeholder `today` (YYYY-MM-DD), newest first. */
export const validKnowledge: SQL = sql`select id, title, substr(content, 1, ${mostCharacters}) as content, category, updated_at from ${own(k)}
  where coalesce(${k.validFrom}, '0000') <= ${sql.placeholder('today')} and coalesce(${k.validTo}, '9999') >= ${sql.placeholder('today')} order by ${k.updatedAt} desc, ${k.id} limit ${mostEntries}`

/** The studio's local date of a moment. */
export function localDay(ms: number, timezone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms)
}
