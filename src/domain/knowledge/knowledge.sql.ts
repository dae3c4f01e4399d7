// What the studio knows about itself, in entries with dates of validity.
import { integer, text } from 'drizzle-orm/sqlite-core'
import { studioIndex, studioTable } from '../../db/studio-table.ts'

export const knowledge = studioTable('knowledge', {
  title: text('title').notNull(),
  content: text('content').notNull(),
  category: text('category').notNull(),
  /** Local dates YYYY-MM-DD, inclusive. */
  validFrom: text('valid_from'),
  validTo: text('valid_to'),
  source: text('source').notNull().default('typed'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
}, table => [studioIndex('knowledge_updated', table, table.updatedAt)])
