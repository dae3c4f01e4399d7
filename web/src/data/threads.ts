// Loads threads: the newest page when opened, older pages while scrolling up, and on until a message that is looked for.
import { createSignal } from 'solid-js'
import type { ConversationForMember, Draft, Message } from '../../../src/contract/inbox.ts'
import { api, ApiError, reasonOf } from './api.ts'
import { seqNow, takeRows } from './feed.ts'
import { Keyed } from './keyed.ts'
import { commit, facts } from './store.ts'

interface Opened { conversation: ConversationForMember; messages: Message[]; older_cursor: string | null; drafts: Draft[] }
interface Progress { state: 'loading' | 'ready' | 'failed' | 'missing'; reason: string }

const pageSize = 60
const deepest = 100 // pages of 60 when looking for one message: 6,000 messages back
let wanted: string | null = null
const progress = new Map<string, Progress>()
const signals = new Keyed()
const [seeking, setSeeking] = createSignal<string | null>(null)
/** The message being looked for further up, while it is. */
export const seekingMessage = seeking

export function threadProgress(id: string): Progress | undefined {
  signals.track(id)
  return progress.get(id)
}

/** Loads the newest page of a thread, or renews it. A loaded thread stays shown meanwhile. */
export async function openThread(id: string): Promise<void> {
  wanted = id
  set(id, { state: 'loading', reason: '' })
  const asked = seqNow()
  try {
    const { conversation, messages, older_cursor, drafts } = await api.get<Opened>(`/api/conversations/${id}`)
    const newest = drafts.at(-1) ?? null
    const before = joins(id, messages) ? facts.threads.get(id) : undefined
    commit([
      ...takeRows([conversation], asked),
      { at: 'thread', id, messages, older: before ? before.older : older_cursor, keep: before !== undefined, asked },
      { at: 'draft', id, value: newest },
    ])
    set(id, { state: 'ready', reason: '' })
  } catch (error) {
    set(id, { state: error instanceof ApiError && error.status === 404 ? 'missing' : 'failed', reason: reasonOf(error) })
    if (error instanceof ApiError && error.status === 429) setTimeout(() => { if (!facts.threads.has(id) && wanted === id) void openThread(id) }, error.retryAfterMs ?? 5_000)
  }
}

/** Loads the page above. True when something came. */
export async function loadOlder(id: string): Promise<boolean> {
  const cursor = facts.threads.get(id)?.older
  if (!cursor || progress.get(id)?.state === 'loading') return false
  set(id, { state: 'loading', reason: '' })
  const asked = seqNow()
  try {
    const { data, pagination } = await api.page<Message>(`/api/conversations/${id}/messages`, { before: cursor, limit: pageSize })
    commit([{ at: 'thread', id, messages: data, older: pagination?.next_cursor ?? null, keep: true, asked }])
    set(id, { state: 'ready', reason: '' })
    return data.length > 0
  } catch (error) {
    set(id, { state: 'failed', reason: reasonOf(error) })
    return false
  }
}

/** Loads upwards until a message is there. False: not found in this thread, or given up. */
export async function seekMessage(conversationId: string, messageId: string): Promise<boolean> {
  setSeeking(messageId)
  try {
    for (let page = 0; page < deepest && !facts.threads.get(conversationId)?.messages.has(messageId); page += 1) {
      if (seeking() !== messageId || !(await loadOlder(conversationId))) return false
    }
    return facts.threads.get(conversationId)?.messages.has(messageId) ?? false
  } finally {
    if (seeking() === messageId) setSeeking(null)
  }
}

/** Looks for a message in several conversations of a person; answers which one has it, null: none. */
export async function findMessage(conversationIds: readonly string[], messageId: string): Promise<string | null> {
  for (const id of conversationIds) {
    if (!facts.threads.has(id)) await openThread(id)
    if (await seekMessage(id, messageId)) return id
  }
  return null
}

/** Whether a fresh newest page touches what is loaded; if not, there is a gap and the old pages must go. */
function joins(id: string, messages: Message[]): boolean {
  const known = facts.threads.get(id)?.messages
  return known !== undefined && messages.some(message => known.has(message.id))
}

function set(id: string, value: Progress): void {
  progress.set(id, value)
  signals.touch(id)
}
