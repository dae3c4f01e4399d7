// How a studio wants its assistant, and the model providers it connected.
import { integer, text } from 'drizzle-orm/sqlite-core'
import { studioTable } from '../../db/studio-table.ts'

/** One row a studio; its id is "ai". Without a row the defaults of ai-settings.ts hold. */
export const aiSettings = studioTable('ai_settings', {
  /** Name of the provider in use; the only place that says so. */
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
  /** JSON: {id, shutdown_date}[] as the provider listed them last. */
  models: text('models').notNull().default('[]'),
  problem: text('problem'),
  updatedAt: integer('updated_at').notNull(),
})
