// The score of a lead on the wire, and reading the one in force.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { LeadScore } from '../../contract/inbox.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own } from '../../db/statement.ts'
import { isoOf, jsonObject } from '../../db/wire.ts'
import { contacts, leadScores as s } from '../contacts/contacts.sql.ts'
import { decisions } from '../decisions/decisions.sql.ts'

/** Reads columns of `lead_scores` and `contacts`. */
export const leadScoreJson: SQL = jsonObject({ score: s.score, factors: sql`json(${s.factors})`, evidence: sql`json(${s.evidence})`, lead_status: contacts.leadStatus, at: isoOf(s.at) })

/** The score in force of a contact, and the hash of what it was made from. */
export const currentScoreOf = (contact: SQL): SQL => sql`select ${leadScoreJson} as body, ${decisions.inputsHash} as inputs_hash
  from ${own(s)} join ${own(contacts)} on ${contacts.id} = ${s.contactId} left join ${own(decisions)} on ${decisions.id} = ${s.decisionId}
  where ${s.contactId} = ${contact} order by ${s.seenSeq} desc, ${s.at} desc, ${s.id} desc limit 1`

export const currentScore: SQL = currentScoreOf(sql`${sql.placeholder('contact')}`)

/** Null before the first scoring. */
export async function readScore(scope: Scope, contactId: string): Promise<LeadScore | null> {
  const [row] = await scope.db.all<{ body: string }>(currentScore, { contact: contactId })
  return row === undefined ? null : JSON.parse(row.body) as LeadScore
}
