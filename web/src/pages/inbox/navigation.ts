// Ways within the inbox that keep the list's filters in the address.
import type { Navigator } from '@solidjs/router'
import { currentView, jumpTo, selectedId } from './desk.ts'

export function openConversation(navigate: Navigator, id: string | null): void {
  navigate(`/inbox${id ? `/${id}` : ''}${location.search}`, { scroll: false })
}

/** Opens a conversation at one of its messages. */
export function openMessage(navigate: Navigator, conversationId: string, messageId: string): void {
  jumpTo({ conversationId, messageId })
  if (selectedId() !== conversationId) openConversation(navigate, conversationId)
}

/** The conversation `by` places below (above: negative) the chosen one; the first when none is chosen. */
export function neighbour(by: number): string | null {
  const view = currentView()
  if (!view) return null
  const id = selectedId()
  const at = id ? view.indexOf(id) : -1
  return view.ids[at < 0 ? 0 : Math.max(0, Math.min(view.ids.length - 1, at + by))] ?? null
}
