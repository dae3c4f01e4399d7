// Labels on conversations, and snippets of text that the desk reuses.
import { integer, text } from 'drizzle-orm/sqlite-core'
import { studioIndex, studioTable, studioUnique } from '../../db/studio-table.ts'

export const labels = studioTable('labels', {
  name: text('name').notNull(),
  /** The name as it is compared: no two labels of a studio share it. */
  nameKey: text('name_key').notNull(),
  color: text('color').notNull(),
  createdAt: integer('created_at').notNull(),
}, table => [studioUnique('labels_name', table, table.nameKey)])

/** Id: conversation|label. */
export const conversationLabels = studioTable('conversation_labels', {
  conversationId: text('conversation_id').notNull(),
  labelId: text('label_id').notNull(),
}, table => [
  studioIndex('conversation_labels_conversation', table, table.conversationId),
  studioIndex('conversation_labels_label', table, table.labelId),
])

export const snippets = studioTable('snippets', {
  title: text('title').notNull(),
  titleKey: text('title_key').notNull(),
  content: text('content').notNull(),
  createdAt: integer('created_at').notNull(),
}, table => [studioUnique('snippets_title', table, table.titleKey)])
