// Labels on conversations, and snippets of text that the desk reuses.
import { integer, text } from 'drizzle-orm/sqlite-core'
import { studioIndex, studioTable } from '../../db/studio-table.ts'

export const labels = studioTable('labels', {
  name: text('name').notNull(),
  color: text('color').notNull(),
  createdAt: integer('created_at').notNull(),
})

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
  content: text('content').notNull(),
  createdAt: integer('created_at').notNull(),
})
