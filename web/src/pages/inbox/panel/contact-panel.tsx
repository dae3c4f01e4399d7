// Who the person is: how to reach them, how warm they are and why, where they stand, and what happened so far.
import { useNavigate } from '@solidjs/router'
import { createEffect, createSignal, on, onCleanup, Show, type JSX } from 'solid-js'
import { onChange } from '../../../data/feed.ts'
import { knowContact } from '../../../data/people.ts'
import { contactOf, messageOf } from '../../../data/store.ts'
import { findMessage } from '../../../data/threads.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Link } from '../../../ui/link.tsx'
import { createLoad } from '../../../ui/loaded.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { toast } from '../../../ui/toast.tsx'
import { setPanelOpen } from '../desk.ts'
import { openConversation, openMessage } from '../navigation.ts'
import { History, Identities, OtherConversations } from './facts.tsx'
import { PersonNotes } from './notes.tsx'
import { Score } from './score.tsx'
import { StageAndHeat } from './stage.tsx'
import './contact-panel.css'

const flickWait = 200 // ms that a conversation must be shown before its person is asked for
const settle = 400 // ms after a change of the person before the panel asks for its history again

export function ContactPanel(props: { contactId: string; conversationId: string }): JSX.Element {
  const navigate = useNavigate()
  // running through the list with J and K asks for nobody but the one where it stops
  const [settled, setSettled] = createSignal(props.contactId)
  createEffect(on(() => props.contactId, id => {
    const later = setTimeout(() => setSettled(id), flickWait)
    onCleanup(() => clearTimeout(later))
  }, { defer: true }))
  const loading = createLoad(() => knowContact(settled()))
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
  const toMessage = async (messageId: string) => {
    if (messageOf(messageId, props.conversationId)) return openMessage(navigate, props.conversationId, messageId)
    const others = (person()?.conversations ?? []).map(each => each.id).filter(id => id !== props.conversationId)
    const where = await findMessage([props.conversationId, ...others], messageId)
    if (where) openMessage(navigate, where, messageId)
    else toast({ text: 'That message is not here any more.', tone: 'bad' })
  }
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
          <Score contact={shown()} onMessage={id => void toMessage(id)} />
          <PersonNotes contact={shown()} />
          <Identities contact={shown()} />
          <OtherConversations contact={shown()} current={props.conversationId} onOpen={id => openConversation(navigate, id)} />
          <History contact={shown()} />
        </>
      )}</Show>
    </aside>
  )
}
