// The inbox: list, thread and person side by side; on a phone one after the other.
import { useNavigate, useParams } from '@solidjs/router'
import { createEffect, lazy, onCleanup, onMount, Show, Suspense, type JSX } from 'solid-js'
import { session } from '../../data/session.ts'
import { startData } from '../../data/start.ts'
import { headOf } from '../../data/store.ts'
import { onDeed, onFailure, onUndone, undo } from '../../data/undo.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.tsx'
import { actionsOf } from './actions.ts'
import { useAlerts } from './alerts.ts'
import { panelOpen, picker, selectedId, setSelected } from './desk.ts'
import { useKeyboard } from './keyboard.ts'
import { ListPane } from './list/list-pane.tsx'
import { openConversation } from './navigation.ts'
import './inbox.css'

const loadThread = () => import('./thread/thread-pane.tsx')
const ThreadPane = lazy(async () => ({ default: (await loadThread()).ThreadPane }))
const Pickers = lazy(() => import('./pickers/pickers.tsx'))
const ContactPanel = lazy(async () => ({ default: (await import('./panel/contact-panel.tsx')).ContactPanel }))

export default function InboxPage(): JSX.Element {
  return <Show when={session()?.user.member_id} keyed>{me => <Inbox me={me} />}</Show>
}

function Inbox(props: { me: string }): JSX.Element {
  const params = useParams<{ id?: string }>()
  const navigate = useNavigate()
  const me = props.me
  startData(me)
  createEffect(() => setSelected(params.id ?? null))
  onCleanup(() => setSelected(null))
  useKeyboard(() => actions)
  const actions = actionsOf(navigate, me)
  useAlerts(id => openConversation(navigate, id))
  tellDeeds()
  onCleanup(onFailure(({ text, reason }) => toast({ text: `${text}: ${reason}`, tone: 'bad' })))
  // the first sign of a person fetches the thread's code, so that opening one does not wait for it
  const warm = () => void loadThread()
  onMount(() => { for (const sign of ['pointermove', 'touchstart', 'keydown']) addEventListener(sign, warm, { once: true, passive: true }) })
  const head = () => { const id = selectedId(); return id ? headOf(id) : undefined }
  return (
    <div class="inbox" classList={{ 'inbox-thread': params.id !== undefined, 'inbox-panel': panelOpen() && head() !== undefined }}>
      <h1 class="visually-hidden">Inbox</h1>
      <ListPane me={me} />
      <Show when={params.id} keyed fallback={
        <section class="inbox-nothing" aria-label="No conversation chosen">
          <EmptyState drawing="chat" title="Choose a conversation" text={<>Move with <Kbd>J</Kbd> and <Kbd>K</Kbd>, search with <Kbd>/</Kbd>, see every key with <Kbd>?</Kbd>.</>} />
        </section>
      }>{id => <Suspense fallback={<section class="inbox-waiting" aria-label="Conversation"><Skeleton kind="card" lines={5} label="Loading the conversation" /></section>}><ThreadPane id={id} me={me} onBack={() => openConversation(navigate, null)} /></Suspense>}</Show>
      <Show when={panelOpen() && head()}>{shown => <Suspense fallback={<aside class="panel" aria-label="The person" />}><ContactPanel contactId={shown().contact.id} conversationId={shown().id} /></Suspense>}</Show>
      <Suspense><Show when={picker() !== null}><Pickers me={me} /></Show></Suspense>
    </div>
  )
}

/** Each deed is told with a way back; taken back by the key, its notice goes too. */
function tellDeeds(): void {
  const shown = new Map<number, () => void>()
  onCleanup(onDeed(deed => { shown.set(deed.id, toast({ text: deed.text, action: { label: 'Undo', run: () => void undo(deed.id) } })) }))
  onCleanup(onUndone(deed => {
    shown.get(deed.id)?.()
    shown.delete(deed.id)
    toast({ text: `Taken back: ${deed.text}`, ms: 3000 })
  }))
}
