// Notes what became of a draft, and how far what was sent is from what was suggested.
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Suggestion } from '../../contract/inbox.ts'
import type { draftOutcomeBody } from '../../contract/workspace.ts'
import { change } from '../../db/changes.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own, update } from '../../db/statement.ts'
import { conflict, invalid, notFound } from '../../platform/problem.ts'
import { editDistance } from '../../platform/words.ts'
import { messages } from '../messages/messages.sql.ts'
import { drafts } from './drafts.sql.ts'

/** Texts are compared up to here. */
const compared = 2_000

/** The same outcome twice is once. Throws NOT_FOUND, CONFLICT for a draft that was settled otherwise, VALIDATION_ERROR for a message of another conversation. */
export async function settleDraft(scope: Scope, id: string, { outcome, suggestion, message_id: messageId }: z.infer<typeof draftOutcomeBody>): Promise<void> {
  const draft = await scope.db.get(drafts, sql`${drafts.id} = ${id}`)
  if (draft === undefined) throw notFound('draft')
  if (draft.outcome === outcome) return
  if (draft.outcome !== null) throw conflict('This draft is settled.', { outcome: draft.outcome })
  const sent = messageId === undefined ? undefined : await scope.db.get(messages, sql`${messages.id} = ${messageId} and ${messages.conversationId} = ${draft.conversationId}`)
  if (messageId !== undefined && sent === undefined) throw invalid('message_id', 'No such message in this conversation.')
  const suggested = (JSON.parse(draft.suggestions) as Suggestion[])[suggestion ?? 0]?.text
  const share = sent === undefined || suggested === undefined ? undefined : distanceShare(suggested, sent.content)
  const { changed } = await scope.db.commit([
    update(drafts, { outcome, messageId, editDistance: share }, sql`${drafts.id} = ${id} and ${drafts.outcome} is null`),
    change('draft.settled', draft.conversationId, sql`json_object('draft_id', ${drafts.id}, 'conversation_id', ${drafts.conversationId}, 'outcome', ${drafts.outcome})`, sql`from ${own(drafts)} where ${drafts.id} = ${id} and changes() > 0`),
  ])
  if (changed[0] === 0) throw conflict('This draft is settled.')
}

/** 0: sent as suggested; 1: nothing in common. */
export function distanceShare(suggested: string, sent: string): number {
  const [a, b] = [suggested.slice(0, compared), sent.slice(0, compared)]
  return editDistance(a, b) / Math.max(1, a.length, b.length)
}
