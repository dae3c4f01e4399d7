// Suggests replies: on request, and as the part of thinking that the job of an inbound message runs.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Assistant, KnowledgeEntry, ReplyInput, ReplyResult, ThreadLine } from '../../contract/assistant.ts'
import type { Suggestion } from '../../contract/inbox.ts'
import { change } from '../../db/changes.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect, own } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { newId } from '../../platform/ids.ts'
import { notFound } from '../../platform/problem.ts'
import { settingsOf, settingsRow } from '../assistant/ai-settings.ts'
import type { SettingsRow } from '../assistant/ai-settings.ts'
import { choiceOf, chosenRow } from '../assistant/chosen-provider.ts'
import type { ChoiceRow } from '../assistant/chosen-provider.ts'
import { contacts } from '../contacts/contacts.sql.ts'
import { conversations } from '../conversations/conversations.sql.ts'
import { recordDecision } from '../decisions/record-decision.ts'
import { localDay, validKnowledge } from '../knowledge/knowledge.read.ts'
import { inOrder, linesOfConversation } from '../leads/thread-lines.ts'
import { draftJson } from './drafts.read.ts'
import { drafts } from './drafts.sql.ts'

/** Lines a reply looks at. */
const mostLines = 30

export interface Drafted { suggestions: Suggestion[]; decision_id: string; draft_id: string | null; /** Why there is none: the decision's verdict. */ verdict: string }

/** Throws NOT_FOUND. `onSuggestion` gets each checked suggestion as it comes. */
export async function draftReply(scope: Scope, conversationId: string, tools: { assistant: Assistant }, onSuggestion?: (suggestion: Suggestion) => void): Promise<Drafted> {
  const [heads, lines, settings, knowledge, chosen] = await scope.db.allOf<[Head, ThreadLine, SettingsRow, KnowledgeEntry, ChoiceRow]>(
    [headOf, { conversation: conversationId }], [linesOfConversation, { conversation: conversationId }], [settingsRow], [validKnowledge, { today: localDay(scope.now, scope.studio.timezone) }], [chosenRow],
  )
  const head = heads[0]
  if (head === undefined) throw notFound('conversation')
  const { tone, language } = settingsOf(settings[0])
  const input: ReplyInput = { studio: scope.studio, provider: choiceOf(chosen[0]), knowledge, now: scope.now, contact_name: head.name, lines: recent(inOrder(lines)), tone, language, unasked: false }
  const result = await tools.assistant.reply(input, onSuggestion)
  const stillThere = sql`exists (select 1 from ${own(conversations, 'v')} join ${own(contacts, 'p')} on p.id = v.contact_id where v.id = ${conversationId} and p.erased_at is null)`
  const { writes, ...made } = draftWrites(conversationId, head.last_seq, result, sql`true`, stillThere)
  await scope.db.commit(writes)
  return made
}

export interface Head { id: string; contact_id: string; name: string; status: string; last_seq: number; last_inbound_seq: number }
/** The conversation of placeholder `conversation` with its contact, unless that one was erased. */
export const headOf: SQL = sql`select ${conversations.id} as id, ${conversations.contactId} as contact_id, ${contacts.name} as name, ${conversations.status} as status, ${conversations.lastSeq} as last_seq, ${conversations.lastInboundSeq} as last_inbound_seq
  from ${own(conversations)} join ${own(contacts)} on ${contacts.id} = ${conversations.contactId} where ${conversations.id} = ${sql.placeholder('conversation')} and ${contacts.erasedAt} is null`

/** `guard`: without it nothing is written; `fresh`: without it the decision is, the draft is not. */
export function draftWrites(conversationId: string, seenSeq: number, result: ReplyResult, guard: SQL, fresh: SQL = sql`true`): Drafted & { writes: Write[] } {
  const decision = newId('decision')
  const recorded = recordDecision(decision, 'reply', conversationId, result.act, guard)
  const verdict = result.act.verdict
  if (result.outcome === 'none') return { suggestions: [], decision_id: decision, draft_id: null, verdict, writes: recorded }
  const id = newId('draft')
  return {
    suggestions: result.suggestions, decision_id: decision, draft_id: id, verdict,
    writes: [
      ...recorded,
      insertSelect(drafts, { id, conversationId, seenSeq, suggestions: JSON.stringify(result.suggestions), decisionId: decision, createdAt: sql.placeholder('now') }, sql`where ${guard} and ${fresh}`),
      change('draft.created', conversationId, sql`json_object('draft', ${draftJson})`, sql`from ${own(drafts)} where ${drafts.id} = ${id}`, { actor: sql`'assistant'` }),
    ],
  }
}

export function recent(lines: ThreadLine[]): ThreadLine[] {
  return lines.slice(-mostLines)
}
