// The middle of the inbox: head, messages, suggestions and composer of the chosen conversation.
import { createEffect, lazy, Match, onCleanup, Show, Suspense, Switch, type JSX } from 'solid-js'
import { discardPending } from '../../../data/sending.ts'
import { say, onLive } from '../../../data/live.ts'
import type { OutboxItem } from '../../../data/outbox.ts'
import { can } from '../../../data/session.ts'
import { showThread } from '../../../data/start.ts'
import { headOf, threadOf } from '../../../data/store.ts'
import { openThread, threadProgress } from '../../../data/threads.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Composer } from '../composer/composer.tsx'
import { write } from '../composer/written.ts'
import { setTitle } from '../alerts.ts'
import { ask, setComposerMode } from '../desk.ts'
import { DraftCards } from '../drafts/draft-cards.tsx'
import { largePicture } from './lightbox-state.ts'
import { ThreadHead } from './thread-head.tsx'
import { ThreadView } from './thread-view.tsx'
import './thread-pane.css'

const Lightbox = lazy(() => import('./lightbox.tsx'))

/** Keyed by `id`: one instance per opened conversation. */
export function ThreadPane(props: { id: string; me: string; onBack: () => void }): JSX.Element {
  showThread(props.id)
  const focus = () => say({ type: 'focus', conversation_id: props.id })
  focus()
  onCleanup(onLive(focus))
  onCleanup(() => { say({ type: 'focus', conversation_id: null }); showThread(null) })
  const head = () => headOf(props.id)
  const progress = () => threadProgress(props.id)
  const edit = (item: OutboxItem) => {
    const mode = item.body.type === 'note' ? 'note' : 'reply'
    write(props.id, mode, { text: item.body.content })
    setComposerMode(mode)
    discardPending(item.id)
    ask('focus-composer')
  }
  createEffect(() => setTitle(head() ? `${head()!.contact.name} · Inbox` : 'Inbox'))
  onCleanup(() => setTitle('Inbox'))
  return (
    <section class="thread-pane" aria-label={head() ? `Conversation with ${head()!.contact.name}` : 'Conversation'}>
      <Show when={head()} fallback={
        <Switch fallback={<Skeleton kind="card" lines={4} label="Loading the conversation" />}>
          <Match when={progress()?.state === 'missing'}><EmptyState drawing="lost" title="This conversation is not here" text="It may have been erased, or it belongs to another studio."><Button onClick={() => props.onBack()}>Back to the list</Button></EmptyState></Match>
          <Match when={progress()?.state === 'failed'}><EmptyState drawing="broken" title="The conversation could not be loaded" text={progress()?.reason}><Button icon="refresh" onClick={() => void openThread(props.id)}>Try again</Button></EmptyState></Match>
        </Switch>
      }>{shown => (
        <>
          <ThreadHead head={shown()} me={props.me} onBack={props.onBack} />
          <Show when={threadOf(props.id)} fallback={
            <div class="thread-loading"><Show when={progress()?.state === 'failed'} fallback={<Skeleton kind="card" lines={5} label="Loading messages" />}>
              <EmptyState small drawing="broken" title="The messages could not be loaded" text={progress()?.reason}><Button icon="refresh" onClick={() => void openThread(props.id)}>Try again</Button></EmptyState>
            </Show></div>
          }><ThreadView id={props.id} me={props.me} personName={shown().contact.name} onEdit={edit} /></Show>
          <Show when={can('assistant.use')}><DraftCards head={shown()} /></Show>
          <Composer head={shown()} me={props.me} />
        </>
      )}</Show>
      <Suspense><Show when={largePicture()}>{picture => <Lightbox picture={picture()} />}</Show></Suspense>
    </section>
  )
}
