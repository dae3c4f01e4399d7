// What a person does to conversations: shown at once, sent, taken back when refused, and undone on wish.
import type { Conversation, Message } from '../../../src/contract/inbox.ts'
import { api, reasonOf } from './api.ts'
import type { Head } from './facts.ts'
import { seqNow } from './feed.ts'
import type { Wish } from './overlays.ts'
import { commit, facts, peekHead, wish } from './store.ts'
import { did, failed } from './undo.ts'
import { fromFrame, withReadMark } from './unread.ts'

type Status = Conversation['status']

/** Gives a conversation to a member or to nobody. `who` is the name for the toast. */
export async function assign(id: string, assigneeId: string | null, who: string | null): Promise<void> {
  const before = peekHead(id)
  if (!before || before.assignee_id === assigneeId) return
  const put = (to: string | null) => change(id, 'assignment', { assignee_id: to }, { assignee_id: to }, 'The conversation could not be assigned')
  if (await put(assigneeId)) did(who ? `Assigned to ${who}` : 'Unassigned', async () => { await put(before.assignee_id) })
}

/** Opens, snoozes (`until`: ISO time) or closes. */
export async function setStatus(id: string, status: Status, until?: string): Promise<void> {
  const before = peekHead(id)
  if (!before || (before.status === status && status !== 'snoozed')) return
  const put = (to: Status, when?: string | null) => {
    const later = to === 'snoozed' ? when ?? undefined : undefined
    return change(id, 'status', { status: to, ...(later ? { until: later } : {}) }, { status: to, snoozed_until: later ?? null }, failures[to])
  }
  if (await put(status, until)) did(`${done[status]} · ${before.contact.name}`, async () => { await put(before.status, before.snoozed_until) })
}

export async function setLabels(id: string, labels: string[]): Promise<void> {
  const before = peekHead(id)
  if (!before) return
  const put = (to: string[]) => change(id, 'labels', { labels: to }, { labels: to }, 'The labels could not be changed')
  if (await put(labels)) did('Labels changed', async () => { await put(before.labels) })
}

/** Moves my read mark to the newest message that is here. Quiet: a failure shows as still unread. */
export async function markRead(id: string): Promise<void> {
  const head = facts.conversations.get(id)
  if (!head || (head.unread_count === 0 && head.read_seq !== null)) return
  await mark(id, { seq: head.last_seq }, { ...withReadMark(head, head.last_seq) })
}

export async function markUnread(id: string): Promise<void> {
  const head = facts.conversations.get(id)
  if (!head || head.last_inbound_seq === 0) return
  await mark(id, { unread: true }, withReadMark(head, head.last_inbound_seq - 1))
}

/** Sets our reaction to a message; '' takes it away. */
export async function react(message: Message, emoji: string): Promise<void> {
  await changeMessage(() => api.put<Message>(`/api/messages/${message.id}/reaction`, { emoji }), 'The reaction could not be set')
}

/** Sends a failed or unconfirmed message once more: a person decided so. */
export async function resend(message: Message): Promise<void> {
  await changeMessage(() => api.post<Message>(`/api/messages/${message.id}/retry`), 'The message could not be sent again')
}

/** Cancels a message that was to go out later. */
export async function cancelScheduled(message: Message): Promise<boolean> {
  return changeMessage(() => api.del<Message>(`/api/messages/${message.id}`), 'The message could not be canceled')
}

const done = { open: 'Reopened', snoozed: 'Snoozed', closed: 'Closed' } as const
const failures = { open: 'The conversation could not be opened', snoozed: 'The conversation could not be snoozed', closed: 'The conversation could not be closed' } as const

async function change(id: string, route: string, body: unknown, wanted: Wish, failure: string): Promise<boolean> {
  const drop = wish(id, wanted)
  const asked = seqNow()
  try {
    takeRow(await api.put<Conversation>(`/api/conversations/${id}/${route}`, body), asked)
    return true
  } catch (error) {
    failed(failure, reasonOf(error))
    return false
  } finally {
    drop()
  }
}

async function mark(id: string, body: unknown, after: Head): Promise<void> {
  const before = facts.conversations.get(id)
  commit([{ at: 'conversation', id, value: after }])
  try {
    await api.put(`/api/conversations/${id}/read`, body)
  } catch {
    const now = facts.conversations.get(id)
    if (now && before) commit([{ at: 'conversation', id, value: { ...now, read_seq: before.read_seq, unread_count: before.unread_count, unseen: before.unseen } }])
  }
}

async function changeMessage(work: () => Promise<Message>, failure: string): Promise<boolean> {
  const asked = seqNow()
  try {
    const message = await work()
    const touched = facts.threads.get(message.conversation_id)?.touched.get(message.id) ?? 0
    if (touched <= asked) commit([{ at: 'message', value: message, seq: 0 }])
    return true
  } catch (error) {
    failed(failure, reasonOf(error))
    return false
  }
}

/** The answer to a command, unless the line has already brought something newer. */
function takeRow(row: Conversation, asked: number): void {
  const before = facts.conversations.get(row.id)
  if (before && before.touched <= asked) commit([{ at: 'conversation', id: row.id, value: fromFrame(row, before, before.touched) }])
}
