// What was said, in both directions, with files, reactions, raw receipts and statuses that came too early.
import { sql } from 'drizzle-orm'
import { index, integer, text } from 'drizzle-orm/sqlite-core'
import { studioIndex, studioTable, studioUnique } from '../../db/studio-table.ts'

export const messages = studioTable('messages', {
  conversationId: text('conversation_id').notNull(),
  accountId: text('account_id').notNull(),
  /** The number of the change that made it. */
  seq: integer('seq').notNull(),
  direction: text('direction', { enum: ['inbound', 'outbound'] }).notNull(),
  origin: text('origin', { enum: ['live', 'echo', 'history', 'standby'] }).notNull().default('live'),
  type: text('type').notNull(),
  content: text('content').notNull(),
  channel: text('channel').notNull(),
  status: text('status').notNull(),
  externalId: text('external_id'),
  authorKind: text('author_kind').notNull(),
  authorId: text('author_id'),
  authorName: text('author_name'),
  /** External id of the message answered; found by it when it is shown. */
  replyTo: text('reply_to'),
  details: text('details'),
  template: text('template'),
  error: text('error'),
  /** Provider's time clamped to ours, ms: the order of a thread. */
  sentAt: integer('sent_at').notNull(),
  createdAt: integer('created_at').notNull(),
  editedAt: integer('edited_at'),
  deletedAt: integer('deleted_at'),
  sendAt: integer('send_at'),
  /** The batch that wrote this row last: lets a change in the same batch find what was really written. */
  touched: text('touched'),
}, table => [
  studioUnique('messages_external', table, table.accountId, table.externalId),
  studioIndex('messages_thread', table, table.conversationId, table.sentAt, table.seq),
  index('messages_unread').on(table.studioId, table.conversationId, table.seq).where(sql`direction = 'inbound' AND origin = 'live'`),
  index('messages_waiting').on(table.studioId, table.accountId).where(sql`status IN ('queued', 'sending', 'scheduled')`),
])

export const attachments = studioTable('attachments', {
  /** Null until the message it belongs to is sent. */
  messageId: text('message_id'),
  position: integer('position').notNull().default(0),
  kind: text('kind').notNull(),
  mime: text('mime'),
  filename: text('filename'),
  size: integer('size'),
  sha256: text('sha256'),
  r2Key: text('r2_key'),
  state: text('state', { enum: ['pending', 'stored', 'failed'] }).notNull(),
  reason: text('reason'),
  /** JSON {mediaId?, url?}: where the provider holds it. */
  source: text('source'),
  createdAt: integer('created_at').notNull(),
}, table => [studioIndex('attachments_message', table, table.messageId, table.position)])

/** Id: account|external id of the target|side. */
export const reactions = studioTable('reactions', {
  accountId: text('account_id').notNull(),
  target: text('target').notNull(),
  side: text('side', { enum: ['contact', 'us'] }).notNull(),
  /** '' after a removal: an older reaction that comes late must not return. */
  emoji: text('emoji').notNull(),
  at: integer('at').notNull(),
  touched: text('touched'),
})

/** The raw share of a webhook body, kept for the record and for replay. */
export const receipts = studioTable('receipts', {
  accountId: text('account_id').notNull(),
  receivedAt: integer('received_at').notNull(),
  /** The body itself, or null when it lies in R2. */
  body: text('body'),
  r2Key: text('r2_key'),
})

/** Id: account|external id|status, or …|act and its time. What befell a message we do not know yet. */
export const parkedStatuses = studioTable('parked_statuses', {
  accountId: text('account_id').notNull(),
  externalId: text('external_id').notNull(),
  event: text('event').notNull(),
  at: integer('at').notNull(),
}, table => [studioIndex('parked_statuses_external', table, table.accountId, table.externalId)])
