// Every act of the assistant: what went in, who answered, what came out, how long it took.
import { integer, text } from 'drizzle-orm/sqlite-core'
import { studioIndex, studioTable } from '../../db/studio-table.ts'

export const decisions = studioTable('decisions', {
  kind: text('kind', { enum: ['score', 'reply'] }).notNull(),
  /** Contact of a score, conversation of a reply. */
  subject: text('subject').notNull(),
  inputsHash: text('inputs_hash').notNull(),
  /** JSON: ids and versions of what went in. */
  inputs: text('inputs').notNull(),
  /** JSON: what it stands on. */
  sources: text('sources').notNull(),
  provider: text('provider').notNull(),
  model: text('model'),
  promptVersion: text('prompt_version').notNull(),
  verdict: text('verdict').notNull(),
  /** The provider that failed, with the reason, where another stood in. */
  fallbackFrom: text('fallback_from'),
  latencyMs: integer('latency_ms').notNull(),
  tokens: integer('tokens').notNull().default(0),
  /** Millionths of a US dollar. */
  costMicros: integer('cost_micros').notNull().default(0),
  at: integer('at').notNull(),
}, table => [studioIndex('decisions_at', table, table.at), studioIndex('decisions_subject', table, table.subject, table.at)])
