// The facts as signals: patches go in through `commit`, the screens read what they show and nothing more.
import { batch } from 'solid-js'
import type { ContactDetail, Draft, Label, Message, Snippet } from '../../../src/contract/inbox.ts'
import { emptyFacts, type Head, type Patch, write } from './facts.ts'
import { createVersion, Keyed } from './keyed.ts'
import { Overlays, type Wish } from './overlays.ts'

export const facts = emptyFacts()
const overlays = new Overlays()
const heads = new Keyed()
const messages = new Keyed()
const threads = new Keyed()
const contacts = new Keyed()
const drafts = new Keyed()
const sets = { label: createVersion(), snippet: createVersion() }
type HeadListener = (id: string, before: Head | undefined, after: Head | undefined) => void
const headListeners = new Set<HeadListener>()

/** Writes patches and wakes what shows them, in one go. */
export function commit(patches: readonly Patch[]): void {
  if (patches.length === 0) return
  batch(() => patches.forEach(commitOne))
}

/** Told of every conversation that changes as a person sees it, wishes included; views and counts hang here. */
export function onHead(listener: HeadListener): () => void {
  headListeners.add(listener)
  return () => headListeners.delete(listener)
}

/** The conversation as it should look: what the server said with wishes of this screen over it. */
export function headOf(id: string): Head | undefined {
  heads.track(id)
  return peekHead(id)
}
export function peekHead(id: string): Head | undefined {
  const base = facts.conversations.get(id)
  return base && overlays.over(id, base)
}
export function messageOf(id: string, conversationId: string): Message | undefined {
  messages.track(id)
  return facts.threads.get(conversationId)?.messages.get(id)
}
/** Ids of a loaded thread in order; undefined until it is loaded. The array is kept in place: copy before keeping it. */
export function threadOf(id: string): { ids: readonly string[]; older: string | null } | undefined {
  threads.track(id)
  const thread = facts.threads.get(id)
  return thread && { ids: thread.order.ids, older: thread.older }
}
export function contactOf(id: string): ContactDetail | undefined {
  contacts.track(id)
  return facts.contacts.get(id)
}
export function draftOf(conversationId: string): Draft | undefined {
  drafts.track(conversationId)
  return facts.drafts.get(conversationId)
}
export function labels(): Label[] {
  sets.label.track()
  return [...facts.labels.values()].sort((a, b) => a.name.localeCompare(b.name))
}
export function labelOf(id: string): Label | undefined {
  sets.label.track()
  return facts.labels.get(id)
}
export function snippets(): Snippet[] {
  sets.snippet.track()
  return [...facts.snippets.values()].sort((a, b) => a.title.localeCompare(b.title))
}

/** Shows a wish at once; the answer is a function that takes it back (the server's word then stands). */
export function wish(id: string, change: Wish): () => void {
  const token = changeHead(id, () => overlays.add(id, change))
  return () => changeHead(id, () => overlays.drop(id, token))
}

/** Forgets everything of this studio: after logging out or switching. */
export function forget(): void {
  overlays.clear()
  batch(() => {
    commitOne({ at: 'clear', keepThread: null })
    facts.labels.clear()
    facts.snippets.clear()
    sets.label.touch()
    sets.snippet.touch()
  })
}

function commitOne(patch: Patch): void {
  switch (patch.at) {
    case 'conversation':
      changeHead(patch.id, () => write(facts, patch))
      return
    case 'message': {
      const count = facts.threads.get(patch.value.conversation_id)?.order
      const before = count?.keyOf(patch.value.id)
      write(facts, patch)
      messages.touch(patch.value.id)
      if (count && count.keyOf(patch.value.id) !== before) threads.touch(patch.value.conversation_id)
      return
    }
    case 'thread':
      write(facts, patch)
      for (const message of patch.messages) messages.touch(message.id)
      threads.touch(patch.id)
      return
    case 'clear': {
      const gone = [...facts.conversations.keys()].map(id => [id, peekHead(id)] as const)
      write(facts, patch)
      for (const [id, before] of gone) for (const tell of headListeners) tell(id, before, undefined)
      for (const family of [heads, threads, messages, contacts, drafts]) family.touchAll()
      return
    }
    default:
      write(facts, patch)
      if (patch.at === 'contact') contacts.touch(patch.id)
      else if (patch.at === 'draft') drafts.touch(patch.id)
      else sets[patch.at].touch()
  }
}

function changeHead<T>(id: string, change: () => T): T {
  return batch(() => {
    const before = peekHead(id)
    const result = change()
    const after = peekHead(id)
    for (const tell of headListeners) tell(id, before, after)
    heads.touch(id)
    return result
  })
}
