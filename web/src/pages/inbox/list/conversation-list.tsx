// The list of conversations: only what is in sight is drawn, more is loaded near the end.
import { createEffect, createMemo, For, Match, on, Show, Switch, type JSX } from 'solid-js'
import type { View } from '../../../data/views.ts'
import { createWindowRows } from '../../../lib/window-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { selectedId } from '../desk.ts'
import { Row } from './row.tsx'
import './conversation-list.css'

const rowHeight = 82
const loadBefore = 12

export function ConversationList(props: { view: View; me: string; emptyTitle: string; emptyText: string; emptyAction?: JSX.Element; onOpen: (id: string) => void }): JSX.Element {
  let scroller!: HTMLDivElement
  const total = () => props.view.ids.length
  const rows = createWindowRows(() => scroller, total, () => rowHeight)
  const shown = createMemo(() => props.view.ids.slice(rows.first(), rows.end()))
  const places = createMemo(() => new Map(shown().map((id, i) => [id, rows.first() + i])))
  createEffect(() => {
    if (props.view.status === 'ready' && !props.view.complete && rows.end() > total() - loadBefore) void props.view.more()
  })
  createEffect(on(() => props.view, () => rows.toTop(), { defer: true }))
  createEffect(on(selectedId, id => {
    const at = id ? props.view.indexOf(id) : -1
    if (at >= 0) rows.reveal(at)
  }))
  return (
    <div class="conv-scroll" ref={scroller} tabIndex={-1}>
      <Show when={total() > 0}>
        <ul role="list" class="conv-list" aria-label="Conversations" style={{ height: `${total() * rowHeight}px` }}>
          <For each={shown()}>{id => <Row id={id} at={places().get(id) ?? 0} total={total()} height={rowHeight} me={props.me} selected={selectedId() === id} onOpen={props.onOpen} />}</For>
        </ul>
      </Show>
      <Switch>
        <Match when={props.view.status === 'failed'}>
          <div class="conv-note" role="alert">
            <p>The list could not be loaded. {props.view.reason}</p>
            <Button size="sm" icon="refresh" onClick={() => void (total() > 0 ? props.view.more() : props.view.reload())}>Try again</Button>
          </div>
        </Match>
        <Match when={total() === 0 && props.view.status !== 'ready'}><Skeleton kind="rows" lines={8} label="Loading conversations" /></Match>
        <Match when={total() === 0}><EmptyState small drawing="calm" title={props.emptyTitle} text={props.emptyText}>{props.emptyAction}</EmptyState></Match>
        <Match when={props.view.status === 'loading' && !props.view.complete}><p class="conv-note faint">Loading more…</p></Match>
      </Switch>
    </div>
  )
}
