// One person with all that the contact panel shows.
import { sql } from 'drizzle-orm'
import type { Contact, ContactDetail } from '../../contract/inbox.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own } from '../../db/statement.ts'
import { isoOf, jsonObject } from '../../db/wire.ts'
import { notFound } from '../../platform/problem.ts'
import { conversations as v } from '../conversations/conversations.sql.ts'
import { currentScore } from '../leads/leads.read.ts'
import { contactJson } from './contacts.read.ts'
import { contacts as c, identities as i, leadHistory as h } from './contacts.sql.ts'

interface Body { body: string }

const identityJson = jsonObject({ channel: i.channel, key: i.key, display: i.display, verified: sql`json(case when ${i.verified} then 'true' else 'false' end)` })
const historyJson = jsonObject({ id: h.id, what: h.what, from: h.old, to: h.new, why: h.why, by: h.changedBy, at: isoOf(h.changedAt) })
const conversationJson = jsonObject({ id: v.id, channel: v.channel, status: v.status, last_message_at: isoOf(v.lastMessageAt), preview: v.preview })
const historyLength = 100

/** Throws NOT_FOUND, also for one that was erased. */
export async function readContact(scope: Scope, id: string): Promise<Contact> {
  const [row] = await scope.db.all<Body>(sql`select ${contactJson} as body from ${own(c)} where ${c.id} = ${id} and ${c.erasedAt} is null`)
  if (row === undefined) throw notFound('contact')
  return JSON.parse(row.body) as Contact
}

export async function readContactDetail(scope: Scope, id: string): Promise<ContactDetail> {
  const [people, addresses, scores, moves, threads] = await scope.db.allOf<[Body, Body, Body, Body, Body]>(
    [sql`select ${contactJson} as body from ${own(c)} where ${c.id} = ${id} and ${c.erasedAt} is null`],
    [sql`select ${identityJson} as body from ${own(i)} where ${i.contactId} = ${id} order by ${i.createdAt}, ${i.id}`],
    [currentScore, { contact: id }],
    [sql`select ${historyJson} as body from ${own(h)} where ${h.contactId} = ${id} order by ${h.changedAt} desc, ${h.id} desc limit ${historyLength}`],
    [sql`select ${conversationJson} as body from ${own(v)} where ${v.contactId} = ${id} order by ${v.lastMessageAt} desc limit ${historyLength}`],
  )
  const parse = (rows: Body[]): unknown[] => rows.map(row => JSON.parse(row.body))
  const [contact] = parse(people)
  if (contact === undefined) throw notFound('contact')
  return { ...contact as Contact, identities: parse(addresses), score: parse(scores)[0] ?? null, history: parse(moves), conversations: parse(threads) } as ContactDetail
}
