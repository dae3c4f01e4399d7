// The inbox over HTTP: lists, counts, threads, and what the desk does to a conversation.
import { z } from 'zod'
import { acknowledgeLater } from '../acknowledge.ts'
import { assignmentBody, conversationForMember, conversationQuery, counts, draft, labelsBody, message, readBody, sendBody, statusBody, threadQuery } from '../../contract/inbox.ts'
import type { ConversationForMember, Draft, Message } from '../../contract/inbox.ts'
import { id } from '../../contract/common.ts'
import { may } from '../../contract/policy.ts'
import { channelOf } from '../../channels/registry.ts'
import { memberById } from '../../db/directory/memberships.ts'
import { openDirectory } from '../../db/directory/directory.ts'
import { madeId } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import { assign, markRead, setLabels, setStatus } from '../../domain/conversations/change-conversation.ts'
import { countConversations, listConversations, readConversation } from '../../domain/conversations/list.ts'
import { openDrafts } from '../../domain/drafts/drafts.read.ts'
import { queueMessage } from '../../domain/messages/queue-message.ts'
import { countThread, readThread } from '../../domain/messages/thread.ts'
import { forbidden, invalid, notFound } from '../../platform/problem.ts'
import { filterOf, openCursor, pageOf, readPage, sealCursor } from '../cursor.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

const params = z.object({ id })
const threadSize = 50

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/conversations', summary: 'Conversations, newest first', query: conversationQuery, answer: z.array(conversationForMember), access: 'conversations.read',
    async handle({ config, session }, { query }, scope) {
      const place = { config, studioId: session.studioId, list: 'conversations', filter: filterOf(query) }
      const page = await readPage(place, query)
      const found = await listConversations(scope, session.memberId, query, { ...page, after: page.after as [number, string] | null })
      return { data: found.rows, pagination: await pageOf(place, query, found.total, found.next) }
    },
  }),
  studioRoute({
    method: 'GET', path: '/api/conversations/counts', summary: 'How many conversations each filter holds', answer: counts, access: 'conversations.read',
    async handle({ session }, _, scope) {
      return { data: await countConversations(scope, session.memberId) }
    },
  }),
  studioRoute({
    method: 'GET', path: '/api/conversations/:id', summary: 'A conversation with the newest page of its thread', params, answer: z.object({ conversation: conversationForMember, messages: z.array(message), older_cursor: z.string().nullable(), drafts: z.array(draft) }), access: 'conversations.read',
    async handle({ config, session }, { params: { id: conversationId } }, scope) {
      const [found, thread, drafts] = await Promise.all([
        readConversation(scope, session.memberId, conversationId), readThread(scope, conversationId, null, threadSize), scope.db.all<{ body: string }>(openDrafts, { conversation: conversationId }),
      ])
      if (found === undefined) throw notFound('conversation')
      const place = { config, studioId: session.studioId, list: 'thread', filter: { conversationId } }
      return { data: { conversation: found, messages: thread.messages, older_cursor: thread.older === null ? null : await sealCursor(place, thread.older), drafts: drafts.map(row => JSON.parse(row.body) as Draft) } }
    },
  }),
  studioRoute({
    method: 'GET', path: '/api/conversations/:id/messages', summary: 'A page of a thread, oldest first; the cursor leads to older ones', params, query: threadQuery, answer: z.array(message), access: 'conversations.read',
    async handle({ config, session }, { params: { id: conversationId }, query }, scope) {
      const place = { config, studioId: session.studioId, list: 'thread', filter: { conversationId } }
      const cursor = query.cursor ?? query.before
      const before = cursor === undefined ? null : await openCursor(place, cursor) as [number, number]
      const size = query.per_page ?? query.limit ?? threadSize
      const [found, thread, total] = await Promise.all([readConversation(scope, session.memberId, conversationId), readThread(scope, conversationId, before, size), countThread(scope, conversationId)])
      if (found === undefined) throw notFound('conversation')
      return { data: thread.messages, pagination: await pageOf(place, { per_page: size }, total, thread.older) }
    },
  }),
  studioRoute({
    method: 'POST', path: '/api/conversations/:id/messages', summary: 'Write a message or a note; it is queued, and sent by its job', params, body: sendBody, answer: message, status: 201, access: 'notes.write', idempotent: true,
    async handle({ env, session }, { params: { id: conversationId }, body }, scope) {
      if (body.type !== 'note' && !may(session.role, 'messages.send')) throw forbidden('Your role may write notes but not send.', { permission: 'messages.send' })
      const mentioned = await Promise.all((body.mentions ?? []).map(memberId => memberById(openDirectory(env), session.studioId, memberId)))
      if (mentioned.includes(undefined)) throw invalid('mentions', 'No such member.')
      return { data: JSON.parse(await queueMessage(scope, conversationId, { ...body, id: body.id ?? madeId(scope, 'message') }, channelOf)) as Message }
    },
  }),
  studioRoute({
    method: 'PUT', path: '/api/conversations/:id/read', summary: 'Move my read mark', params, body: readBody, answer: z.object({ seq: z.number().int() }), access: 'conversations.read',
    async handle(call, { params: { id: conversationId }, body }, scope) {
      const seq = await markRead(scope, call.session.memberId, conversationId, body.seq, body.unread === true)
      if (body.unread !== true && may(call.session.role, 'messages.send')) acknowledgeLater(call, scope, conversationId, { upTo: seq, typing: false })
      return { data: { seq } }
    },
  }),
  studioRoute({
    method: 'PUT', path: '/api/conversations/:id/typing', summary: 'Show the person that we are writing, where the channel can; lasts some 20 seconds', params, answer: z.strictObject({}), access: 'messages.send',
    async handle(call, { params: { id: conversationId } }, scope) {
      const found = await readConversation(scope, call.session.memberId, conversationId)
      if (found === undefined) throw notFound('conversation')
      acknowledgeLater(call, scope, conversationId, { upTo: found.last_seq, typing: true })
      return { data: {} }
    },
  }),
  studioRoute({
    method: 'PUT', path: '/api/conversations/:id/assignment', summary: 'Give a conversation to a member, or to nobody', params, body: assignmentBody, answer: conversationForMember, access: 'conversations.write',
    async handle({ env, session }, { params: { id: conversationId }, body }, scope) {
      if (body.assignee_id !== null && (await memberById(openDirectory(env), session.studioId, body.assignee_id)) === undefined) throw invalid('assignee_id', 'No such member.')
      await assign(scope, conversationId, body.assignee_id)
      return { data: await asSeenBy(scope, session.memberId, conversationId) }
    },
  }),
  studioRoute({
    method: 'PUT', path: '/api/conversations/:id/status', summary: 'Close, snooze or reopen', params, body: statusBody, answer: conversationForMember, access: 'conversations.write',
    async handle({ session }, { params: { id: conversationId }, body }, scope) {
      await setStatus(scope, conversationId, body.status, body.until === undefined ? null : Date.parse(body.until))
      return { data: await asSeenBy(scope, session.memberId, conversationId) }
    },
  }),
  studioRoute({
    method: 'PUT', path: '/api/conversations/:id/labels', summary: 'The labels of a conversation become these', params, body: labelsBody, answer: conversationForMember, access: 'conversations.write',
    async handle({ session }, { params: { id: conversationId }, body }, scope) {
      await setLabels(scope, conversationId, body.labels)
      return { data: await asSeenBy(scope, session.memberId, conversationId) }
    },
  }),
]

/** The row with what is the caller's own: unread and read mark. */
async function asSeenBy(scope: Scope, memberId: string, id: string): Promise<ConversationForMember> {
  const found = await readConversation(scope, memberId, id)
  if (found === undefined) throw notFound('conversation')
  return found
}
