// Puts a suggestion into the composer; what becomes of it is told when it is sent.
import type { Head } from '../../../data/facts.ts'
import { draftOf } from '../../../data/store.ts'
import { write } from '../composer/written.ts'
import { ask, setComposerMode } from '../desk.ts'

/** `at` counts from 0. False when there is no such suggestion. */
export function takeSuggestion(head: Head, at: number): boolean {
  const draft = draftOf(head.id)
  const suggestion = draft?.suggestions[at]
  if (!draft || !suggestion) return false
  setComposerMode('reply')
  write(head.id, 'reply', { text: suggestion.text, draft: { id: draft.id, suggestion: at, text: suggestion.text } })
  ask('focus-composer')
  return true
}
