// A studio's own settings on its shard, and answers kept for repeated requests.
import { integer, text } from 'drizzle-orm/sqlite-core'
import { studioTable } from '../../db/studio-table.ts'

/** One row a studio; its id is the studio's id. */
export const studios = studioTable('studios', {
  name: text('name').notNull(),
  timezone: text('timezone').notNull(),
  locale: text('locale').notNull(),
  openingHours: text('opening_hours').notNull().default('[]'),
  settings: text('settings').notNull().default('{}'),
  setupDone: integer('setup_done', { mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at').notNull(),
})

/** Id: member|route|key. The answer of a request that may be repeated with the same Idempotency-Key. */
export const idempotency = studioTable('idempotency', {
  requestHash: text('request_hash').notNull(),
  status: integer('status').notNull(),
  answer: text('answer').notNull(),
  createdAt: integer('created_at').notNull(),
})
