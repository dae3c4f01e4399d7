// What the browser knows of its studio, as plain maps, and the patches that change it: nothing here knows Solid.
import type { Contact, ContactDetail, Conversation, Draft, Label, LeadScore, Message, Snippet } from '../../../src/contract/inbox.ts'
import { SortedIds } from '../lib/sorted-ids.ts'

/** A conversation with what concerns the reader alone; frames carry none of that, so it is derived (unread.ts). */
export interface Head extends Conversation {
  unread_count: number
  /** null: not known yet, HTTP tells. */
  read_seq: number | null
  /** Live inbound seqs that came over the line after the read mark. */
  unseen: number[]
  /** Newest inbound seq that HTTP's unread_count holds already: its frame may come later and counts no more. */
  counted: number
  /** Seq of the last live change to this row: an HTTP answer asked for earlier may not overwrite it. */
  touched: number
}

export interface Thread {
  /** Ids by provider's time, then seq. */
  order: SortedIds
  messages: Map<string, Message>
  older: string | null
  touched: Map<string, number>
}

export interface Facts {
  conversations: Map<string, Head>
  threads: Map<string, Thread>
  contacts: Map<string, ContactDetail>
  /** Newest unsettled draft per conversation. */
  drafts: Map<string, Draft>
  labels: Map<string, Label>
  snippets: Map<string, Snippet>
}

export type Patch =
  | { at: 'conversation'; id: string; value: Head | null }
  | { at: 'message'; value: Message; seq: number }
  | { at: 'thread'; id: string; messages: Message[]; older: string | null; keep: boolean; asked: number }
  | { at: 'contact'; id: string; value: ContactDetail | null }
  | { at: 'draft'; id: string; value: Draft | null }
  | { at: 'label'; id: string; value: Label | null }
  | { at: 'snippet'; id: string; value: Snippet | null }
  /** All but one thread, which is renewed while it stays on the screen. */
  | { at: 'clear'; keepThread: string | null }

export function emptyFacts(): Facts {
  return { conversations: new Map(), threads: new Map(), contacts: new Map(), drafts: new Map(), labels: new Map(), snippets: new Map() }
}

/** Sort key of a message in its thread. */
export function messageKey(message: Pick<Message, 'sent_at' | 'seq'>): string {
  return `${message.sent_at}|${String(message.seq).padStart(16, '0')}`
}

/** Carries one patch into the maps. A message of a thread that is not loaded, or older than its loaded part, is left out. */
export function write(facts: Facts, patch: Patch): void {
  switch (patch.at) {
    case 'conversation': return set(facts.conversations, patch.id, patch.value)
    case 'contact': return set(facts.contacts, patch.id, patch.value)
    case 'draft': return set(facts.drafts, patch.id, patch.value)
    case 'label': return set(facts.labels, patch.id, patch.value)
    case 'snippet': return set(facts.snippets, patch.id, patch.value)
    case 'message': return writeMessage(facts, patch.value, patch.seq)
    case 'thread': return writeThread(facts, patch)
    case 'clear':
      facts.conversations.clear()
      for (const id of [...facts.threads.keys()]) if (id !== patch.keepThread) facts.threads.delete(id)
      facts.contacts.clear()
      facts.drafts.clear()
  }
}

function writeMessage(facts: Facts, message: Message, seq: number): void {
  const thread = facts.threads.get(message.conversation_id)
  if (!thread) return
  const known = thread.messages.has(message.id)
  if (!known && thread.older !== null && !newerThanFirst(thread, message)) return
  thread.messages.set(message.id, message)
  if (seq > 0) thread.touched.set(message.id, seq)
  thread.order.put(message.id, messageKey(message))
}

function newerThanFirst(thread: Thread, message: Message): boolean {
  const first = thread.order.ids[0]
  return first === undefined || messageKey(message) > thread.order.keyOf(first)!
}

function writeThread(facts: Facts, patch: Extract<Patch, { at: 'thread' }>): void {
  const before = facts.threads.get(patch.id)
  const thread: Thread = before && patch.keep ? before : { order: new SortedIds(), messages: new Map(), older: null, touched: before?.touched ?? new Map() }
  for (const message of patch.messages) {
    // a live change that came while the page was on its way is newer than the page
    const newer = before && (before.touched.get(message.id) ?? 0) > patch.asked ? before.messages.get(message.id) : undefined
    const value = newer ?? message
    thread.messages.set(value.id, value)
    thread.order.put(value.id, messageKey(value))
  }
  if (before && !patch.keep) for (const [id, seq] of before.touched) {
    const message = seq > patch.asked ? before.messages.get(id) : undefined
    if (message && !thread.messages.has(id)) { thread.messages.set(id, message); thread.order.put(id, messageKey(message)) }
  }
  thread.older = patch.older
  facts.threads.set(patch.id, thread)
}

function set<T>(map: Map<string, T>, id: string, value: T | null): void {
  if (value === null) map.delete(id)
  else map.set(id, value)
}

/** A contact row laid over what the panel knows of that person. */
export function withContact(detail: ContactDetail, contact: Contact, score?: LeadScore): ContactDetail {
  return { ...detail, ...contact, score: score ?? detail.score }
}
