// Scores a lead: on request, and as the part of thinking that the job of an inbound message runs.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Assistant, KnowledgeEntry, ScoreInput, ScoreResult, ThreadLine } from '../../contract/assistant.ts'
import type { LeadScore } from '../../contract/inbox.ts'
import { change } from '../../db/changes.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect, own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { newId } from '../../platform/ids.ts'
import { notFound } from '../../platform/problem.ts'
import { choiceOf, chosenRow } from '../assistant/chosen-provider.ts'
import type { ChoiceRow } from '../assistant/chosen-provider.ts'
import { contactJson } from '../contacts/contacts.read.ts'
import { contacts, leadHistory, leadScores } from '../contacts/contacts.sql.ts'
import { recordDecision } from '../decisions/record-decision.ts'
import { localDay, validKnowledge } from '../knowledge/knowledge.read.ts'
import { temperatureOf } from './leads.ts'
import { leadScoreJson, readScore, currentScore } from './leads.read.ts'
import { inOrder, linesOfContact } from './thread-lines.ts'

const heardFrom = linesOfContact(sql`${sql.placeholder('contact')}`)
const unscored: LeadScore = { score: 0, factors: { interest: 0, urgency: 0, budget: 0, fit: 0 }, evidence: [], lead_status: 'NEW', at: null }

/** The score as it stands after looking again. Throws NOT_FOUND. An unusable answer of a provider leaves the old score. */
export async function scoreLead(scope: Scope, contactId: string, tools: { assistant: Assistant }): Promise<LeadScore> {
  const [people, lines, known, knowledge, chosen] = await scope.db.allOf<[{ id: string }, ThreadLine, { inputs_hash: string | null }, KnowledgeEntry, ChoiceRow]>(
    [sql`select id from ${own(contacts)} where ${contacts.id} = ${contactId} and ${contacts.erasedAt} is null`], [heardFrom, { contact: contactId }], [currentScore, { contact: contactId }],
    [validKnowledge, { today: localDay(scope.now, scope.studio.timezone) }], [chosenRow],
  )
  if (people.length === 0) throw notFound('contact')
  const input: ScoreInput = { studio: scope.studio, provider: choiceOf(chosen[0]), knowledge, now: scope.now, lines: inOrder(lines), last_hash: known[0]?.inputs_hash ?? null }
  const result = await tools.assistant.score(input)
  const writes = scoreWrites(contactId, input.lines, result, sql`true`)
  if (writes.length > 0) await scope.db.commit(writes)
  return await readScore(scope, contactId) ?? unscored
}

/** All that a scoring changes; nothing where `guard` does not hold or somebody has read further meanwhile. */
export function scoreWrites(contactId: string, lines: ThreadLine[], result: ScoreResult, guard: SQL): Write[] {
  if (result.outcome === 'same') return []
  const decision = newId('decision')
  if (result.outcome === 'kept') return recordDecision(decision, 'score', contactId, result.act, guard)
  const id = newId('score')
  const seen = Math.max(0, ...lines.map(line => line.seq))
  const status = temperatureOf(result.score)
  const now = sql.placeholder('now')
  const written = sql`exists (select 1 from ${own(leadScores, 'mine')} where mine.id = ${id})`
  const person = sql`from ${own(contacts)} where ${contacts.id} = ${contactId} and ${written}`
  const why = `score ${result.score}`
  return [
    insertSelect(leadScores, { id, contactId, seenSeq: seen, score: result.score, factors: JSON.stringify(result.factors), evidence: JSON.stringify(result.evidence), decisionId: decision, at: now },
      sql`from ${own(contacts)} where ${contacts.id} = ${contactId} and ${contacts.erasedAt} is null and ${guard}
        and not exists (select 1 from ${own(leadScores, 'x')} where x.contact_id = ${contactId} and x.seen_seq > ${seen})`),
    insertSelect(leadHistory, { id: `${id}|score`, contactId, what: 'score', old: sql`cast(${contacts.leadScore} as text)`, new: String(result.score), why: 'what was said', changedBy: 'assistant', changedAt: now },
      sql`${person} and ${contacts.leadScore} <> ${result.score}`),
    insertSelect(leadHistory, { id: `${id}|temperature`, contactId, what: 'temperature', old: sql`${contacts.leadStatus}`, new: status, why, changedBy: 'assistant', changedAt: now },
      sql`${person} and ${contacts.statusReason} is null and ${contacts.leadStatus} <> ${status}`),
    update(contacts, { leadScore: result.score, leadStatus: sql`case when ${contacts.statusReason} is null then ${status} else ${contacts.leadStatus} end`, updatedAt: now }, sql`${contacts.id} = ${contactId} and ${written}`),
    ...recordDecision(decision, 'score', contactId, result.act, guard),
    change('lead.scored', contactId, sql`json_object('contact', ${contactJson}, 'score', ${leadScoreJson})`,
      sql`from ${own(leadScores)} join ${own(contacts)} on ${contacts.id} = ${leadScores.contactId} where ${leadScores.id} = ${id}`, { actor: sql`'assistant'` }),
  ]
}
