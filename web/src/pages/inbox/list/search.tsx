// Search over messages and people: results stand where the list was, marks show why each was found.
import { createEffect, createSignal, For, Match, on, onCleanup, Show, Switch, type JSX } from 'solid-js'
import type { SearchHits } from '../../../../../src/contract/inbox.ts'
import { api } from '../../../data/api.ts'
import { nowByMinute } from '../../../lib/now.ts'
import { listTime } from '../../../lib/times.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import './search.css'

const pause = 180 // ms of quiet before a search begins
const most = 30

/** `onPerson` gets a contact without a conversation. */
export function SearchResults(props: { words: string; onOpen: (conversationId: string, messageId?: string) => void; onPerson: (contactId: string) => void }): JSX.Element {
  const [hits, setHits] = createSignal<SearchHits | null>(null)
  const [failure, setFailure] = createSignal<unknown>(null)
  let running: AbortController | null = null
  const search = async (words: string) => {
    running?.abort()
    const mine = running = new AbortController()
    setFailure(null)
    try {
      setHits(await api.get<SearchHits>('/api/search', { q: words, limit: most }, mine.signal))
    } catch (error) {
      if (!mine.signal.aborted) setFailure(error)
    }
  }
  createEffect(on(() => props.words, words => {
    const timer = setTimeout(() => void search(words), pause)
    onCleanup(() => clearTimeout(timer))
  }))
  onCleanup(() => running?.abort())
  return (
    <div class="search-results" aria-live="polite">
      <Switch fallback={<Skeleton kind="rows" lines={5} label="Searching" />}>
        <Match when={failure()}><ErrorState small error={failure()} what="The search" retry={() => void search(props.words)} /></Match>
        <Match when={hits()}>{found => <Found hits={found()} words={props.words} onOpen={props.onOpen} onPerson={props.onPerson} />}</Match>
      </Switch>
    </div>
  )
}

function Found(props: { hits: SearchHits; words: string; onOpen: (conversationId: string, messageId?: string) => void; onPerson: (contactId: string) => void }): JSX.Element {
  return (
    <Show when={props.hits.contacts.length + props.hits.messages.length > 0} fallback={<EmptyState small drawing="lost" title={`Nothing for “${props.words}”`} text="Names, phone numbers, e-mail addresses and every message are searched." />}>
      <Show when={props.hits.contacts.length > 0}>
        <h2 class="search-head">People</h2>
        <ul role="list"><For each={props.hits.contacts}>{contact => (
          <li><button type="button" class="search-hit" onClick={() => (contact.conversation_id ? props.onOpen(contact.conversation_id) : props.onPerson(contact.id))}>
            <Avatar id={contact.id} name={contact.name} size="sm" />
            <span class="search-words"><strong class="truncate">{contact.name}</strong><span class="faint truncate">{contact.phone ?? contact.email ?? contact.match}</span></span>
          </button></li>
        )}</For></ul>
      </Show>
      <Show when={props.hits.messages.length > 0}>
        <h2 class="search-head">Messages</h2>
        <ul role="list"><For each={props.hits.messages}>{message => (
          <li><button type="button" class="search-hit" onClick={() => props.onOpen(message.conversation_id, message.id)}>
            <span class="search-words">
              <span class="search-who"><strong class="truncate">{message.contact_name}</strong><time class="faint" dateTime={message.sent_at}>{listTime(message.sent_at, nowByMinute())}</time></span>
              <span class="search-excerpt"><For each={markedParts(message.excerpt, message.marks)}>{part => <Show when={part.marked} fallback={part.text}><mark>{part.text}</mark></Show>}</For></span>
            </span>
          </button></li>
        )}</For></ul>
      </Show>
    </Show>
  )
}

/** An excerpt cut at its marks; overlapping or broken marks are dropped. */
export function markedParts(text: string, marks: readonly (readonly [number, number])[]): { text: string; marked: boolean }[] {
  const parts: { text: string; marked: boolean }[] = []
  let at = 0
  for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (start < at || end <= start || end > text.length) continue
    if (start > at) parts.push({ text: text.slice(at, start), marked: false })
    parts.push({ text: text.slice(start, end), marked: true })
    at = end
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false })
  return parts
}
