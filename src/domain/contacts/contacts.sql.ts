// People who write to a studio, the addresses they write from, and how their lead moved.
import { integer, text } from 'drizzle-orm/sqlite-core'
import { studioIndex, studioTable } from '../../db/studio-table.ts'

export const contacts = studioTable('contacts', {
  name: text('name').notNull(),
  phone: text('phone'),
  email: text('email'),
  leadStatus: text('lead_status', { enum: ['NEW', 'ENGAGED', 'WARM', 'HOT'] }).notNull().default('NEW'),
  /** Reason of a temperature set by hand; null: the temperature follows the score. */
  statusReason: text('status_reason'),
  leadStage: text('lead_stage', { enum: ['new', 'contacted', 'qualified', 'trial_booked', 'won', 'lost'] }).notNull().default('new'),
  leadScore: integer('lead_score').notNull().default(0),
  source: text('source').notNull(),
  firstTouch: text('first_touch'),
  notes: text('notes').notNull().default(''),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  erasedAt: integer('erased_at'),
}, table => [
  studioIndex('contacts_created', table, table.createdAt),
  studioIndex('contacts_name', table, table.name),
  studioIndex('contacts_score', table, table.leadScore),
  studioIndex('contacts_phone', table, table.phone),
  studioIndex('contacts_email', table, table.email),
])

/** Id: account|key. One address of a person at one account; leads to contact and conversation at once. */
export const identities = studioTable('identities', {
  accountId: text('account_id').notNull(),
  channel: text('channel').notNull(),
  /** "phone:+16505551234", "bsuid:US.13…", "mail:a@b.c". */
  key: text('key').notNull(),
  contactId: text('contact_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  display: text('display').notNull(),
  verified: integer('verified', { mode: 'boolean' }).notNull().default(true),
  createdAt: integer('created_at').notNull(),
}, table => [
  studioIndex('identities_contact', table, table.contactId),
  studioIndex('identities_conversation', table, table.conversationId),
])

/** How a lead moved: temperature, stage or score, with why and by whom. */
export const leadHistory = studioTable('lead_history', {
  contactId: text('contact_id').notNull(),
  what: text('what', { enum: ['temperature', 'stage', 'score'] }).notNull(),
  old: text('old_value'),
  new: text('new_value').notNull(),
  why: text('why').notNull(),
  changedBy: text('changed_by'),
  changedAt: integer('changed_at').notNull(),
}, table => [studioIndex('lead_history_contact', table, table.contactId, table.changedAt)])

/** Each scoring with its evidence; the newest one is the contact's. */
export const leadScores = studioTable('lead_scores', {
  contactId: text('contact_id').notNull(),
  /** Newest message it read: a scoring that read less never follows one that read more. */
  seenSeq: integer('seen_seq').notNull().default(0),
  score: integer('score').notNull(),
  factors: text('factors').notNull(),
  evidence: text('evidence').notNull(),
  decisionId: text('decision_id').notNull(),
  at: integer('at').notNull(),
}, table => [studioIndex('lead_scores_contact', table, table.contactId, table.at)])
