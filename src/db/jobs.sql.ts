// What must still happen: one row per piece of work, claimed by lease, ended as done, dead or canceled.
import { sql } from 'drizzle-orm'
import { index, integer, text } from 'drizzle-orm/sqlite-core'
import { studioIndex, studioTable } from './studio-table.ts'

export const jobs = studioTable('jobs', {
  kind: text('kind').notNull(),
  queue: text('queue', { enum: ['sends', 'assistant', 'chores'] }).notNull(),
  /** The row the work is about. */
  subject: text('subject'),
  payload: text('payload').notNull().default('{}'),
  state: text('state', { enum: ['due', 'done', 'dead', 'canceled'] }).notNull().default('due'),
  /** ms since epoch. */
  runAt: integer('run_at').notNull(),
  attempts: integer('attempts').notNull().default(0),
  leaseUntil: integer('lease_until'),
  leaseToken: text('lease_token'),
  reason: text('reason'),
  createdAt: integer('created_at').notNull(),
  finishedAt: integer('finished_at'),
}, table => [
  // The sweeper's question spans studios: this one index is the shard's, not a studio's.
  index('jobs_due').on(table.runAt).where(sql`state = 'due'`),
  studioIndex('jobs_state', table, table.state, table.createdAt),
])
