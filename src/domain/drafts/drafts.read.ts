// A draft on the wire, and the one that is on the table of a conversation.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { own } from '../../db/statement.ts'
import { isoOf, jsonObject } from '../../db/wire.ts'
import { drafts as d } from './drafts.sql.ts'

/** Reads columns of `drafts`. */
export const draftJson: SQL = jsonObject({ id: d.id, conversation_id: d.conversationId, seen_seq: d.seenSeq, suggestions: sql`json(${d.suggestions})`, decision_id: d.decisionId, created_at: isoOf(d.createdAt) })

/** The newest unsettled draft of placeholder `conversation` as JSON text; older ones are history. */
export const openDrafts: SQL = sql`select ${draftJson} as body from ${own(d)} where ${d.conversationId} = ${sql.placeholder('conversation')} and ${d.outcome} is null order by ${d.createdAt} desc, ${d.id} desc limit 1`
