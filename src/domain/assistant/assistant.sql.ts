// Drafts, every act of the assistant, its settings and its model providers.
import { integer, text } from 'drizzle-orm/sqlite-core'
import { studioIndex, studioTable } from '../../db/studio-table.ts'

export const drafts = studioTable('drafts', {
  conversationId: text('conversation_id').notNull(),
  seenSeq: integer('seen_seq').notNull(),
  suggestions: text('suggestions').notNull(),
  decisionId: text('decision_id').notNull(),
  /** Null while it is on the table. */
  outcome: text('outcome'),
  messageId: text('message_id'),
  /** Edit distance between what was suggested and what was sent, 0 to 1. */
  editDistance: integer('edit_distance'),
  createdAt: integer('created_at').notNull(),
}, table => [studioIndex('drafts_conversation', table, table.conversationId, table.createdAt)])

export const decisions = studioTable('decisions', {
  kind: text('kind').notNull(),
  subject: text('subject').notNull(),
  inputsHash: text('inputs_hash').notNull(),
  inputs: text('inputs').notNull(),
  sources: text('sources').notNull(),
  provider: text('provider').notNull(),
  model: text('model'),
  promptVersion: text('prompt_version').notNull(),
  verdict: text('verdict').notNull(),
  latencyMs: integer('latency_ms').notNull(),
  tokens: integer('tokens').notNull().default(0),
  /** Millionths of a US dollar. */
  costMicros: integer('cost_micros').notNull().default(0),
  at: integer('at').notNull(),
}, table => [studioIndex('decisions_at', table, table.at), studioIndex('decisions_subject', table, table.subject, table.at)])

/** One row a studio; its id is "ai". */
export const aiSettings = studioTable('ai_settings', {
  provider: text('provider').notNull(),
  draftOnInbound: integer('draft_on_inbound', { mode: 'boolean' }).notNull(),
  scoreOnInbound: integer('score_on_inbound', { mode: 'boolean' }).notNull(),
  tone: text('tone').notNull(),
  language: text('language').notNull(),
})

/** Id: the provider's name. */
export const modelProviders = studioTable('model_providers', {
  /** Sealed key, or null. */
  apiKey: text('api_key'),
  keyLast4: text('key_last4'),
  baseUrl: text('base_url'),
  model: text('model'),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  models: text('models').notNull().default('[]'),
  problem: text('problem'),
  updatedAt: integer('updated_at').notNull(),
})
