// Pieces for building wire shapes inside SQL, so that a change's body is the row as it stands.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

/** ms since epoch → ISO 8601 UTC with milliseconds; null stays null. */
export function isoOf(ms: SQL | unknown): SQL {
  return sql`strftime('%Y-%m-%dT%H:%M:%fZ', ${ms} / 1000.0, 'unixepoch')`
}

/** json_object('key', value, …). Wrap nested JSON text in json(). */
export function jsonObject(fields: Record<string, SQL | unknown>): SQL {
  return sql`json_object(${sql.join(Object.entries(fields).map(([key, value]) => sql`${sql.raw(`'${key}'`)}, ${value}`), sql`, `)})`
}
