// How a contact looks on the wire, built in SQL.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { isoOf, jsonObject } from '../../db/wire.ts'
import { contacts as c } from './contacts.sql.ts'

/** Reads columns of `contacts`. */
export const contactJson: SQL = jsonObject({
  id: c.id, name: c.name, phone: c.phone, email: c.email, lead_status: c.leadStatus,
  lead_status_by_hand: sql`json(case when ${c.statusReason} is null then null else json_object('status', ${c.leadStatus}, 'reason', ${c.statusReason}) end)`,
  lead_stage: c.leadStage, lead_score: c.leadScore, source: c.source, first_touch: sql`json(${c.firstTouch})`, notes: c.notes,
  created_at: isoOf(c.createdAt), updated_at: isoOf(c.updatedAt),
})
