// The change log: per studio a dense, increasing seq with the body of what happened.
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const changes = sqliteTable('changes', {
  studioId: text('studio_id').notNull(),
  seq: integer('seq').notNull(),
  /** ms since epoch. */
  at: integer('at').notNull(),
  kind: text('kind').notNull(),
  /** Id of the row that the change is about. */
  subject: text('subject'),
  /** "member:mem_…", "contact", "assistant", "system". */
  actor: text('actor').notNull(),
  requestId: text('request_id'),
  /** JSON; nulled by erasure only. */
  body: text('body'),
}, table => [primaryKey({ columns: [table.studioId, table.seq] })])
