// Who the person is: how to reach them, how warm they are and why, where they stand, and what happened so far.
import { useNavigate } from '@solidjs/router'
import { createEffect, on, onCleanup, Show, type JSX } from 'solid-js'
import { onChange } from '../../../data/feed.ts'
import { loadContact } from '../../../data/people.ts'
import { contactOf } from '../../../data/store.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Link } from '../../../ui/link.tsx'
import { createLoad } from '../../../ui/loaded.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { setPanelOpen } from '../desk.ts'
import { openConversation, openMessage } from '../navigation.ts'
import { History, Identities, OtherConversations } from './facts.tsx'
import { PersonNotes } from './notes.tsx'
import { Score } from './score.tsx'
import { StageAndHeat } from './stage.tsx'
import './contact-panel.css'

const settle = 400 // ms after a change of the person before the panel asks for its history again

export function ContactPanel(props: { contactId: string; conversationId: string }): JSX.Element {
  const navigate = useNavigate()
  const loading = createLoad(() => loadContact(props.contactId))
  const person = () => contactOf(props.contactId)
  let timer: ReturnType<typeof setTimeout> | undefined
  const renew = (id: string | undefined) => {
    if (id !== props.contactId) return
    clearTimeout(timer)
    timer = setTimeout(() => void loading.reload(), settle)
  }
  onCleanup(onChange('contact.updated', ({ data }) => renew(data?.contact.id)))
  onCleanup(onChange('lead.scored', ({ data }) => renew(data?.contact.id)))
  createEffect(on(() => props.contactId, () => clearTimeout(timer), { defer: true }))
  onCleanup(() => clearTimeout(timer))
  return (
    <aside class="panel" aria-label="The person">
      <div class="panel-close"><IconButton icon="close" label="Hide the person" keys="I" size="sm" onClick={() => setPanelOpen(false)} /></div>
      <Show when={person()} fallback={<Show when={loading.error()} fallback={<Skeleton lines={8} label="Loading the person" />}><ErrorState small error={loading.error()} what="This person" retry={() => void loading.reload()} /></Show>}>{shown => (
        <>
          <header class="panel-head">
            <Avatar id={shown().id} name={shown().name} size="lg" />
            <h2>{shown().name}</h2>
            <p class="muted">{shown().phone ?? shown().email ?? 'No number, no address'}</p>
            <Link href={`/contacts/${shown().id}`} quiet>Open in contacts</Link>
          </header>
          <StageAndHeat contact={shown()} />
          <Score contact={shown()} onMessage={id => openMessage(navigate, props.conversationId, id)} />
          <PersonNotes contact={shown()} />
          <Identities contact={shown()} />
          <OtherConversations contact={shown()} current={props.conversationId} onOpen={id => openConversation(navigate, id)} />
          <History contact={shown()} />
        </>
      )}</Show>
    </aside>
  )
}
