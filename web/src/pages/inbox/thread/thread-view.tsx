// The messages of one conversation: newest at the bottom, older ones loaded while scrolling up, only what is in sight drawn.
import { createEffect, createMemo, createSignal, For, Match, on, onCleanup, onMount, Show, Switch, untrack, type JSX } from 'solid-js'
import { markRead } from '../../../data/commands.ts'
import type { OutboxItem } from '../../../data/outbox.ts'
import { pendingOf } from '../../../data/sending.ts'
import { facts, headOf, messageOf, threadOf } from '../../../data/store.ts'
import { loadOlder, seekingMessage, seekMessage, threadProgress } from '../../../data/threads.ts'
import { nowByMinute } from '../../../lib/now.ts'
import { createRows } from '../../../lib/rows.ts'
import { dayName } from '../../../lib/times.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import { toast } from '../../../ui/toast.tsx'
import { jumpTarget, jumpTo, offer } from '../desk.ts'
import { threadKeys } from './items.ts'
import { MessageRow } from './message-row.tsx'
import { PendingRow } from './pending-row.tsx'
import './thread-view.css'

const joinedWithin = 5 * 60_000
const guessHeight = 64

/** One instance per opened conversation (keyed by the caller). */
export function ThreadView(props: { id: string; me: string; personName: string; onEdit: (item: OutboxItem) => void }): JSX.Element {
  let scroller!: HTMLDivElement
  const messageNow = (id: string) => facts.threads.get(props.id)?.messages.get(id)
  // the unread line stays where it was when the thread was opened
  const opened = untrack(() => headOf(props.id))
  const [unreadAfter, setUnreadAfter] = createSignal(opened && opened.unread_count > 0 ? opened.read_seq : null)
  createEffect(() => { const head = headOf(props.id); if (!opened && head && unreadAfter() === null && head.unread_count > 0) setUnreadAfter(head.read_seq) })
  const waiting = createMemo(() => pendingOf(props.id))
  const keys = createMemo(() => {
    const thread = threadOf(props.id)
    if (!thread) return []
    const order = facts.threads.get(props.id)!.order
    return threadKeys(thread.ids, waiting().map(item => item.id), {
      unreadAfter: unreadAfter(),
      seqOf: id => messageNow(id)?.seq ?? 0,
      inboundOf: id => messageNow(id)?.direction === 'inbound',
      timeOf: id => order.keyOf(id)!.split('|', 1)[0]!,
    })
  })
  const rows = createRows({ keys, scroller: () => scroller ?? null, estimate: () => guessHeight, anchor: 'end', overscan: 8, paddingEnd: 16 })

  const [seen, setSeen] = createSignal(looking())
  const look = () => setSeen(looking())
  onMount(() => {
    for (const name of ['focus', 'blur'] as const) addEventListener(name, look)
    document.addEventListener('visibilitychange', look)
    onCleanup(() => {
      for (const name of ['focus', 'blur'] as const) removeEventListener(name, look)
      document.removeEventListener('visibilitychange', look)
    })
    onCleanup(offer('to-end', () => rows.toEnd()))
  })

  createEffect(on(() => headOf(props.id)?.unread_count ?? 0, (now, before) => {
    if (now > 0 && before === 0 && !seen()) setUnreadAfter(headOf(props.id)?.read_seq ?? null)
  }))

  const [settled, setSettled] = createSignal(false)
  createEffect(on(() => keys().length > 0, there => {
    if (!there || settled()) return
    queueMicrotask(() => {
      const line = keys().indexOf('unread')
      if (jumpTarget()?.conversationId === props.id) setSettled(true)
      else if (line > 0 && keys().length - line > 8) rows.toIndex(line, 'start')
      else rows.toEnd()
      setSettled(true)
    })
  }))
  createEffect(() => {
    if (seen() && settled() && rows.atEnd() && (headOf(props.id)?.unread_count ?? 0) > 0) void markRead(props.id)
  })
  createEffect(() => {
    if (settled() && rows.range().first <= 4 && threadOf(props.id)?.older && threadProgress(props.id)?.state === 'ready') void loadOlder(props.id)
  })

  const [flash, setFlash] = createSignal<string | null>(null)
  const goTo = async (messageId: string) => {
    if (!messageNow(messageId) && !(await seekMessage(props.id, messageId))) {
      toast({ text: 'That message is not in this conversation any more.', tone: 'bad' })
      return
    }
    rows.toIndex(keys().indexOf(messageId), 'center')
    setFlash(messageId)
    setTimeout(() => setFlash(null), 2_000)
  }
  createEffect(() => {
    const target = jumpTarget()
    if (!target || target.conversationId !== props.id || keys().length === 0) return
    untrack(() => { jumpTo(null); void goTo(target.messageId) })
  })

  const missed = createMemo(() => !rows.atEnd() && keys().length > 0)
  return (
    <div class="thread-place">
      <div class="thread-scroll" ref={scroller} tabIndex={0} role="log" aria-label={`Conversation with ${props.personName}`} aria-live="off">
        <div class="thread-rows" style={{ height: `${rows.total()}px` }}>
          <For each={rows.shown()}>{key => (
            <div class="thread-row" classList={{ 'thread-flash': flash() === key }} data-index={rows.place(key)?.index} ref={element => queueMicrotask(() => rows.measure(element))} style={{ transform: `translateY(${rows.place(key)?.start ?? 0}px)` }}>
              <ThreadRow id={props.id} rowKey={key} keys={keys()} at={rows.place(key)?.index ?? 0} me={props.me} personName={props.personName} waiting={waiting()} onJump={id => void goTo(id)} onEdit={props.onEdit} />
            </div>
          )}</For>
        </div>
      </div>
      <Show when={missed()}><button type="button" class="thread-down" onClick={() => rows.toEnd()}><Icon name="chevron-down" size={16} />{(headOf(props.id)?.unread_count ?? 0) > 0 ? `${headOf(props.id)!.unread_count} new` : 'Newest'}</button></Show>
    </div>
  )
}

function ThreadRow(props: { id: string; rowKey: string; keys: readonly string[]; at: number; me: string; personName: string; waiting: readonly OutboxItem[]; onJump: (id: string) => void; onEdit: (item: OutboxItem) => void }): JSX.Element {
  const message = () => messageOf(props.rowKey, props.id)
  const joined = () => {
    const own = message()
    const above = messageOf(props.keys[props.at - 1] ?? '', props.id)
    if (!own || !above || above.type === 'note' || above.type === 'event' || above.type === 'system') return false
    return above.direction === own.direction && above.author.kind === own.author.kind && above.author.id === own.author.id && Date.parse(own.sent_at) - Date.parse(above.sent_at) < joinedWithin
  }
  return (
    <Switch>
      <Match when={props.rowKey === 'top'}><Top id={props.id} /></Match>
      <Match when={props.rowKey === 'unread'}><p class="thread-unread"><span>New</span></p></Match>
      <Match when={props.rowKey.startsWith('day:')}><p class="thread-day"><span>{dayName(`${props.rowKey.slice(4)}T12:00:00`, nowByMinute())}</span></p></Match>
      <Match when={message()}>{shown => <MessageRow message={shown()} joined={joined()} me={props.me} personName={props.personName} onJump={props.onJump} />}</Match>
      <Match when={props.waiting.find(item => item.id === props.rowKey)}>{item => <PendingRow item={item()} onEdit={props.onEdit} />}</Match>
    </Switch>
  )
}

function Top(props: { id: string }): JSX.Element {
  const progress = () => threadProgress(props.id)
  return (
    <div class="thread-top">
      <Switch fallback={<p class="faint">The beginning of this conversation</p>}>
        <Match when={progress()?.state === 'failed'}><p>Older messages could not be loaded. {progress()?.reason}</p><Button size="sm" icon="refresh" onClick={() => void loadOlder(props.id)}>Try again</Button></Match>
        <Match when={seekingMessage()}><Spinner label="Looking for the message" /><p class="faint">Looking for the message…</p></Match>
        <Match when={threadOf(props.id)?.older}><Spinner label="Loading older messages" /></Match>
      </Switch>
    </div>
  )
}

function looking(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}
