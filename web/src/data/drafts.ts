// The assistant's suggestions: asked for as a stream, shown as they come, and told afterwards what became of them.
import { createSignal } from 'solid-js'
import type { Suggestion } from '../../../src/contract/inbox.ts'
import { open, api, reasonOf } from './api.ts'
import { Keyed } from './keyed.ts'
import { readEvents } from '../lib/event-stream.ts'
import { commit, draftOf, facts } from './store.ts'

interface Asking { state: 'asking' | 'failed'; suggestions: Suggestion[]; reason: string }
const running = new Map<string, Asking>()
const signals = new Keyed()
const [lastAsk, setLastAsk] = createSignal<AbortController | null>(null)

/** What is being suggested right now, or why it failed; undefined when nothing is asked. */
export function askingOf(conversationId: string): Asking | undefined {
  signals.track(conversationId)
  return running.get(conversationId)
}

/** Asks for three replies. They appear one by one; the finished draft then stands in the store. */
export async function suggestReplies(conversationId: string): Promise<void> {
  lastAsk()?.abort()
  const mine = new AbortController()
  setLastAsk(mine)
  const seen = facts.conversations.get(conversationId)?.last_seq ?? 0
  set(conversationId, { state: 'asking', suggestions: [], reason: '' })
  try {
    const response = await open('POST', '/api/llm/smart-reply', { body: { conversation_id: conversationId }, headers: { accept: 'text/event-stream' }, signal: mine.signal })
    const suggestions: Suggestion[] = []
    for await (const event of readEvents(response)) {
      const data = JSON.parse(event.data) as Record<string, unknown>
      if (event.name === 'suggestion') {
        suggestions.push(data as unknown as Suggestion)
        set(conversationId, { state: 'asking', suggestions: [...suggestions], reason: '' })
      } else if (event.name === 'error') throw new Error(String(data['message'] ?? 'The assistant stopped.'))
      else if (event.name === 'done') {
        const id = String(data['draft_id'])
        if (facts.drafts.get(conversationId)?.id !== id) {
          commit([{ at: 'draft', id: conversationId, value: { id, conversation_id: conversationId, seen_seq: seen, suggestions, decision_id: String(data['decision_id']), created_at: new Date().toISOString() } }])
        }
      }
    }
    clear(conversationId)
  } catch (error) {
    if (mine.signal.aborted) clear(conversationId)
    else set(conversationId, { state: 'failed', suggestions: [], reason: reasonOf(error) })
  }
}

/** A suggestion is on its way: the cards go at once, the outcome follows with the message. */
export function draftUsed(conversationId: string): void {
  clear(conversationId)
  commit([{ at: 'draft', id: conversationId, value: null }])
}

/** Puts the suggestions away without using one. */
export async function dismissDraft(conversationId: string): Promise<void> {
  const draft = draftOf(conversationId)
  clear(conversationId)
  if (!draft) return
  commit([{ at: 'draft', id: conversationId, value: null }])
  await settleDraft(draft.id, 'discarded')
}

/** Tells what became of a draft. Only measured by it, so a failure is noted and not shown. */
export async function settleDraft(id: string, outcome: 'accepted' | 'edited' | 'discarded', suggestion?: number, messageId?: string): Promise<void> {
  try {
    await api.put(`/api/drafts/${id}/outcome`, { outcome, suggestion, message_id: messageId })
  } catch (error) {
    console.warn('the outcome of a draft was not told', error)
  }
}

function set(id: string, value: Asking): void {
  running.set(id, value)
  signals.touch(id)
}

function clear(id: string): void {
  if (running.delete(id)) signals.touch(id)
}
