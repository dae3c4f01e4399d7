// Connected channel accounts with sealed credentials, and their message templates.
import { integer, text } from 'drizzle-orm/sqlite-core'
import { studioIndex, studioTable, studioUnique } from '../../db/studio-table.ts'

export const integrations = studioTable('integrations', {
  channelType: text('channel_type').notNull(),
  name: text('name').notNull(),
  externalId: text('external_id').notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  /** JSON: field → sealed text. Deleted at disconnect. */
  credentials: text('credentials').notNull(),
  verifyToken: text('verify_token').notNull(),
  health: text('health').notNull(),
  details: text('details'),
  createdAt: integer('created_at').notNull(),
  disconnectedAt: integer('disconnected_at'),
}, table => [studioIndex('integrations_external', table, table.channelType, table.externalId)])

export const templates = studioTable('templates', {
  accountId: text('account_id').notNull(),
  externalId: text('external_id').notNull(),
  name: text('name').notNull(),
  language: text('language').notNull(),
  category: text('category').notNull(),
  status: text('status').notNull(),
  body: text('body').notNull(),
  variables: text('variables').notNull(),
  components: text('components').notNull(),
  syncedAt: integer('synced_at').notNull(),
}, table => [studioUnique('templates_name', table, table.accountId, table.name, table.language)])
