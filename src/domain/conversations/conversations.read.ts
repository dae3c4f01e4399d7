// How a conversation looks on the wire, and the heads a hub starts from.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { windowHours } from '../../contract/window.ts'
import { own } from '../../db/statement.ts'
import { isoOf, jsonObject } from '../../db/wire.ts'
import { contacts } from '../contacts/contacts.sql.ts'
import { conversationLabels } from '../labels/labels.sql.ts'
import { conversations as c } from './conversations.sql.ts'

const windowMs = sql.raw(`case conversations.channel ${Object.entries(windowHours).filter(([, hours]) => hours !== null).map(([channel, hours]) => `when '${channel}' then ${Number(hours) * 3_600_000}`).join(' ')} end`)

/** Reads columns of `conversations` and `contacts`. */
export const conversationJson: SQL = jsonObject({
  id: c.id,
  contact: jsonObject({ id: c.contactId, name: contacts.name, phone: contacts.phone, lead_status: contacts.leadStatus, lead_score: contacts.leadScore }),
  channel: c.channel, account_id: c.accountId, status: c.status, assignee_id: c.assigneeId, snoozed_until: isoOf(c.snoozedUntil),
  labels: sql`json((select json_group_array(label_id) from (select label_id from ${own(conversationLabels, 'l')} where l.conversation_id = ${c.id} order by label_id)))`,
  last_message_at: isoOf(c.lastMessageAt), last_seq: c.lastSeq, last_inbound_seq: c.lastInboundSeq, last_inbound_at: isoOf(c.lastInboundAt),
  preview: c.preview, preview_direction: c.previewDirection, waiting_since: isoOf(c.waitingSince),
  window_ends_at: isoOf(sql`(${c.lastInboundAt} + ${windowMs})`),
  created_at: isoOf(c.createdAt),
})

/** FROM clause with what `conversationJson` reads. */
export const conversationFrom: SQL = sql`from ${own(c)} join ${own(contacts)} on ${contacts.id} = ${c.contactId}`

/** The newest open conversations as JSON texts: what a hub shows first. */
export const openHeads: SQL = sql`select ${conversationJson} as body ${conversationFrom}
  where ${c.status} = 'open' order by ${c.lastMessageAt} desc limit ${sql.placeholder('limit')}`
