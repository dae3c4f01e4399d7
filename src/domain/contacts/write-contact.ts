// Adding a person by hand and changing what is known of one; no two people of a studio share a phone.
import { eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { Contact, contactBody, contactPatch, contactStatusBody } from '../../contract/inbox.ts'
import { change } from '../../db/changes.ts'
import { actorText, madeId } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect, own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { newId } from '../../platform/ids.ts'
import { conflict, invalid, notFound } from '../../platform/problem.ts'
import { normalizePhone, phoneSpellings } from '../../platform/phone.ts'
import { temperatureOf } from '../leads/leads.ts'
import { contactJson } from './contacts.read.ts'
import { contacts as c, leadHistory } from './contacts.sql.ts'
import { readContact } from './read-contact.ts'

/** Throws VALIDATION_ERROR for what is no phone, CONFLICT with the id of whoever has it already. */
export async function createContact(scope: Scope, body: z.output<typeof contactBody>): Promise<Contact> {
  const id = madeId(scope, 'contact')
  const phone = phoneOf(scope, body.phone) ?? null
  const row = { id, name: body.name, phone, email: body.email ?? null, leadStatus: 'NEW', leadStage: 'new', leadScore: 0, source: body.source ?? 'manual', notes: body.notes ?? '', createdAt: scope.now, updatedAt: scope.now }
  const { changed } = await scope.db.commit([insertSelect(c, row, sql`where ${isFree(id, phone)}`), tell(id, sql`changes() > 0`)])
  // A request that runs again finds what it made.
  if (changed[0] === 0 && (await scope.db.get(c, eq(c.id, id))) === undefined) throw await taken(scope, id, phone)
  return readContact(scope, id)
}

/** A new stage is kept in the history; `lost` needs a reason. Throws NOT_FOUND besides. */
export async function changeContact(scope: Scope, id: string, patch: z.output<typeof contactPatch>): Promise<Contact> {
  const { lead_stage: stage, lost_reason: lostReason, phone: typed, ...rest } = patch
  const reason = lostReason?.trim() ?? ''
  if (reason !== '' && stage !== 'lost') throw invalid('lost_reason', 'Only a lost lead has a reason for being lost.')
  const before = await readContact(scope, id)
  if (stage === 'lost' && before.lead_stage !== 'lost' && reason === '') throw invalid('lost_reason', 'Say why this lead was lost.')
  const phone = phoneOf(scope, typed)
  const here = sql`${c.id} = ${id} and ${c.erasedAt} is null and ${isFree(id, phone ?? null)}`
  const moves = stage === undefined ? [] : [note(scope, 'stage', c.leadStage, sql`${stage}`, reason === '' ? 'moved by hand' : reason, sql`${here} and ${c.leadStage} <> ${stage}`)]
  const { changed } = await scope.db.commit([...moves, update(c, { ...rest, phone, leadStage: stage, updatedAt: scope.now }, here), tell(id, here)])
  if (changed[moves.length] === 0) throw await taken(scope, id, phone ?? null)
  return readContact(scope, id)
}

/** By hand with a reason, or with null back to what the score says. Throws NOT_FOUND. */
export async function setTemperature(scope: Scope, id: string, body: z.output<typeof contactStatusBody>): Promise<Contact> {
  const before = await readContact(scope, id)
  const status = body.status ?? temperatureOf(before.lead_score)
  const reason = body.status === null ? null : body.reason
  if (reason === null && before.lead_status_by_hand === null) return before
  const here = sql`${c.id} = ${id} and ${c.erasedAt} is null`
  await scope.db.commit([
    note(scope, 'temperature', c.leadStatus, sql`${status}`, reason ?? `follows the score again (${before.lead_score})`, sql`${here} and ${c.leadStatus} <> ${status}`),
    update(c, { leadStatus: status, statusReason: reason, updatedAt: scope.now }, here),
    tell(id, sql`true`),
  ])
  return readContact(scope, id)
}

/** undefined: not spoken of. The studio's own country where the number has none. */
function phoneOf(scope: Scope, typed: string | null | undefined): string | null | undefined {
  if (typed === undefined || typed === null || typed.trim() === '') return typed === undefined ? undefined : null
  const phone = normalizePhone(typed, new Intl.Locale(scope.studio.locale).region)
  if (phone === null) throw invalid('phone', 'This is not a phone number; write it with its country code, as +49 170 1234567.')
  return phone
}

function isFree(id: string, phone: string | null): SQL {
  return phone === null ? sql`true` : sql`not exists (select 1 from ${own(c, 'other')} where ${sameNumber(phone)} and other.id <> ${id})`
}

function sameNumber(phone: string): SQL {
  return sql`other.erased_at is null and other.phone in (select value from json_each(${JSON.stringify(phoneSpellings(phone))}))`
}

async function taken(scope: Scope, id: string, phone: string | null) {
  const [row] = phone === null ? [] : await scope.db.all<{ id: string; name: string }>(sql`select other.id from ${own(c, 'other')} where ${sameNumber(phone)} and other.id <> ${id} limit 1`)
  return row === undefined ? notFound('contact') : conflict('Somebody has this phone number already.', { field: 'phone', contact_id: row.id })
}

function note(scope: Scope, what: 'stage' | 'temperature', old: unknown, next: SQL, why: string, where: SQL): Write {
  return insertSelect(leadHistory, { id: newId('history', scope.now), contactId: c.id, what, old, new: next, why, changedBy: scope.actor.kind === 'member' ? scope.actor.name : actorText(scope.actor), changedAt: scope.now }, sql`from ${own(c)} where ${where}`)
}

function tell(id: string, where: SQL): Write {
  return change('contact.updated', id, sql`json_object('contact', ${contactJson})`, sql`from ${own(c)} where ${c.id} = ${id} and ${where}`)
}
