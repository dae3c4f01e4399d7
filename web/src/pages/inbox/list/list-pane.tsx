// The left part of the inbox: search, filters and the list.
import { useNavigate, useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, lazy, onCleanup, onMount, Show, Suspense, type JSX } from 'solid-js'
import { filterFrom } from '../../../data/filter.ts'
import { showView, startProblem, loadAround } from '../../../data/start.ts'
import { viewOf } from '../../../data/views.ts'
import { can } from '../../../data/session.ts'
import { counts } from '../../../data/counts.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button, ButtonLink, IconButton } from '../../../ui/button.tsx'
import { TextInput } from '../../../ui/input.tsx'
import { offer, selectedId, setView } from '../desk.ts'
import { openConversation, openMessage } from '../navigation.ts'
import { ConversationList } from './conversation-list.tsx'
import { FilterBar } from './filter-bar.tsx'
import { LineNews } from './line-news.tsx'
import './list-pane.css'

const SearchResults = lazy(async () => ({ default: (await import('./search.tsx')).SearchResults }))

export function ListPane(props: { me: string }): JSX.Element {
  const [params, setParams] = useSearchParams()
  const navigate = useNavigate()
  const [words, setWords] = createSignal('')
  const searching = () => words().trim().length >= 2
  const filter = createMemo(() => filterFrom(params), undefined, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) })
  const view = createMemo(() => viewOf(filter(), props.me))
  createEffect(() => {
    setView(view())
    showView(view())
  })
  createEffect(() => view().keep(selectedId()))
  let field: HTMLInputElement | undefined
  onMount(() => {
    const forget = offer('focus-search', () => field?.focus())
    onCleanup(() => { forget(); setView(null) })
  })
  const narrowed = () => Boolean(filter().channel || filter().label || filter().assignee || filter().unread || filter().sort !== 'newest')
  const reset = () => setParams({ status: null, channel: null, assignee: null, label: null, unread: null, sort: null })
  const fresh = () => { const all = counts(); return all !== null && all.open + all.snoozed + all.closed === 0 }
  return (
    <section class="list-pane" aria-label="Conversations">
      <div class="list-search" role="search" ref={element => queueMicrotask(() => { field = element.querySelector('input') ?? undefined })}>
        <TextInput icon="search" type="search" placeholder="Search messages and people" aria-label="Search messages and people" aria-keyshortcuts="/" value={words()} onValue={setWords}
          onKeyDown={(event: KeyboardEvent) => { if (event.key === 'Escape') { setWords(''); field?.blur() } }} />
        <Show when={words()}><IconButton icon="close" label="Clear the search" size="sm" plainTip onClick={() => { setWords(''); field?.focus() }} /></Show>
      </div>
      <LineNews />
      <Show when={startProblem()}>{reason => <Banner tone="warn" action={<Button size="sm" onClick={() => void loadAround()}>Try again</Button>}>Team and labels could not be loaded. {reason()}</Banner>}</Show>
      <Show when={searching()} fallback={
        <>
          <FilterBar filter={filter()} onChange={change => setParams(change)} />
          <ConversationList view={view()} me={props.me} onOpen={id => openConversation(navigate, id)}
            emptyTitle={narrowed() ? 'Nothing matches' : fresh() ? 'No conversations yet' : filter().status === 'open' ? 'All caught up' : `Nothing ${filter().status === 'all' ? 'here' : filter().status}`}
            emptyText={narrowed() ? 'No conversation fits these filters right now.' : fresh() ? 'Connect a channel, and each message a person sends will appear here.' : filter().status === 'open' ? 'Nobody waits for an answer. New messages appear here by themselves.' : 'Conversations in this state will stand here.'}
            emptyAction={<>
              <Show when={narrowed()}><Button size="sm" onClick={reset}>Show all open</Button></Show>
              <Show when={!narrowed() && fresh() && can('integrations.write')}><ButtonLink size="sm" variant="primary" icon="plug" href="/settings/connections">Connect a channel</ButtonLink></Show>
            </>} />
        </>
      }>
        <Suspense><SearchResults words={words().trim()} onOpen={(id, messageId) => (messageId ? openMessage(navigate, id, messageId) : openConversation(navigate, id))} onPerson={id => navigate(`/contacts/${id}`)} /></Suspense>
      </Show>
    </section>
  )
}
