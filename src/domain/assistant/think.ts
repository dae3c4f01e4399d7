// The job after inbound messages: scores the lead and drafts replies as the settings say, all in one commit with its own end.
import { sql } from 'drizzle-orm'
import type { Assistant, KnowledgeEntry, ThreadLine } from '../../contract/assistant.ts'
import { finishJob, leaseHeld } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { conversations } from '../conversations/conversations.sql.ts'
import { draftWrites, headOf, recent } from '../drafts/draft-reply.ts'
import type { Head } from '../drafts/draft-reply.ts'
import { drafts } from '../drafts/drafts.sql.ts'
import { localDay, validKnowledge } from '../knowledge/knowledge.read.ts'
import { currentScoreOf } from '../leads/leads.read.ts'
import { scoreWrites } from '../leads/score-lead.ts'
import { contactOfConversation, inOrder, linesOfContact, linesOfConversation } from '../leads/thread-lines.ts'
import { settingsOf, settingsRow } from './ai-settings.ts'
import type { SettingsRow } from './ai-settings.ts'
import { choiceOf, chosenRow } from './chosen-provider.ts'
import type { ChoiceRow } from './chosen-provider.ts'

const heardFrom = linesOfContact(contactOfConversation)
const scoreInForce = currentScoreOf(contactOfConversation)
const latestDraft = sql`select max(seen_seq) as seen from ${own(drafts)} where ${drafts.conversationId} = ${sql.placeholder('conversation')}`

/** Acts on what is true now, not on what the job says. A person who answered meanwhile wins: no draft is made. */
export async function think(scope: Scope, job: ClaimedJob, tools: { assistant: Assistant }): Promise<JobEnd> {
  const conversation = job.subject ?? ''
  const [heads, thread, settingsRows, knowledge, chosen, latest, said, known] = await scope.db.allOf<[Head, ThreadLine, SettingsRow, KnowledgeEntry, ChoiceRow, { seen: number }, ThreadLine, { inputs_hash: string | null }]>(
    [headOf, { conversation }], [linesOfConversation, { conversation }], [settingsRow], [validKnowledge, { today: localDay(scope.now, scope.studio.timezone) }], [chosenRow],
    [latestDraft, { conversation }], [heardFrom, { conversation }], [scoreInForce, { conversation }],
  )
  const head = heads[0]
  if (head === undefined) return { done: 'the conversation is gone' }
  const settings = settingsOf(settingsRows[0])
  const shared = { studio: scope.studio, provider: choiceOf(chosen[0]), knowledge, now: scope.now }
  const lines = inOrder(thread)
  const held = leaseHeld(job)
  const writes: Write[] = []
  if (settings.score_on_inbound) {
    const heard = inOrder(said)
    const result = await tools.assistant.score({ ...shared, lines: heard, last_hash: known[0]?.inputs_hash ?? null })
    writes.push(...scoreWrites(head.contact_id, heard, result, held))
  }
  const waits = head.status === 'open' && lines.at(-1)?.direction === 'inbound' && (latest[0]?.seen ?? 0) < head.last_seq
  // Without knowledge every draft would only say that there is none.
  if (settings.draft_on_inbound && waits && knowledge.length > 0) {
    const result = await tools.assistant.reply({ ...shared, contact_name: head.name, lines: recent(lines), tone: settings.tone, language: settings.language, unasked: true })
    const unmoved = sql`exists (select 1 from ${own(conversations, 'c')} where c.id = ${conversation} and c.last_seq = ${head.last_seq})`
    writes.push(...draftWrites(conversation, head.last_seq, result, held, unmoved).writes)
  }
  await scope.db.commit([...writes, finishJob(job, 'done')])
  return 'ended'
}
