// Threads with their heads, and how far each member has read.
import { integer, text } from 'drizzle-orm/sqlite-core'
import { studioIndex, studioTable } from '../../db/studio-table.ts'

export const conversations = studioTable('conversations', {
  contactId: text('contact_id').notNull(),
  accountId: text('account_id').notNull(),
  channel: text('channel').notNull(),
  status: text('status', { enum: ['open', 'snoozed', 'closed'] }).notNull().default('open'),
  assigneeId: text('assignee_id'),
  snoozedUntil: integer('snoozed_until'),
  lastMessageAt: integer('last_message_at').notNull(),
  lastSeq: integer('last_seq').notNull().default(0),
  lastInboundSeq: integer('last_inbound_seq').notNull().default(0),
  lastInboundAt: integer('last_inbound_at'),
  preview: text('preview').notNull().default(''),
  previewDirection: text('preview_direction', { enum: ['inbound', 'outbound'] }).notNull().default('inbound'),
  /** Since when the customer waits for our first word; null when nobody does. */
  waitingSince: integer('waiting_since'),
  createdAt: integer('created_at').notNull(),
}, table => [
  studioIndex('conversations_list', table, table.status, table.lastMessageAt),
  studioIndex('conversations_contact', table, table.contactId),
])

/** Id: member|conversation. */
export const readMarks = studioTable('read_marks', {
  memberId: text('member_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  seq: integer('seq').notNull(),
})
