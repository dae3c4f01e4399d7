// Replies the assistant suggested, and what became of them.
import { integer, real, text } from 'drizzle-orm/sqlite-core'
import { studioIndex, studioTable } from '../../db/studio-table.ts'

export const drafts = studioTable('drafts', {
  conversationId: text('conversation_id').notNull(),
  /** Head of the thread it was written for. */
  seenSeq: integer('seen_seq').notNull(),
  /** JSON: suggestion[]. */
  suggestions: text('suggestions').notNull(),
  decisionId: text('decision_id').notNull(),
  /** Null while it is on the table. */
  outcome: text('outcome', { enum: ['accepted', 'edited', 'discarded'] }),
  messageId: text('message_id'),
  /** Edit distance between what was suggested and what was sent, as a share of the longer one: 0 to 1. */
  editDistance: real('edit_distance'),
  createdAt: integer('created_at').notNull(),
}, table => [studioIndex('drafts_conversation', table, table.conversationId, table.createdAt)])
