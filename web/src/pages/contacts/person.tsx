// One person: the same facts as beside a conversation, with ways to change and erase them.
import { useNavigate } from '@solidjs/router'
import { createSignal, lazy, onCleanup, Show, Suspense, type JSX } from 'solid-js'
import { api, reasonOf } from '../../data/api.ts'
import { onChange } from '../../data/feed.ts'
import { loadContact } from '../../data/people.ts'
import { can } from '../../data/session.ts'
import { contactOf } from '../../data/store.ts'
import { findMessage } from '../../data/threads.ts'
import { askConfirm } from '../../ui/confirm.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { createLoad } from '../../ui/loaded.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.tsx'
import { History, Identities, OtherConversations } from '../inbox/panel/facts.tsx'
import { PersonNotes } from '../inbox/panel/notes.tsx'
import { Score } from '../inbox/panel/score.tsx'
import { StageAndHeat } from '../inbox/panel/stage.tsx'
import { openMessage } from '../inbox/navigation.ts'
import '../inbox/panel/contact-panel.css'

const ContactDialog = lazy(() => import('./contact-dialog.tsx'))

export default function Person(props: { id: string; onClose: () => void; onErased: () => void }): JSX.Element {
  const navigate = useNavigate()
  const loading = createLoad(() => loadContact(props.id))
  const [changing, setChanging] = createSignal(false)
  const person = () => contactOf(props.id)
  const conversation = () => person()?.conversations[0]?.id
  onCleanup(onChange('lead.scored', ({ data }) => { if (data?.contact.id === props.id) void loading.reload() }))
  const toMessage = async (messageId: string) => {
    const where = await findMessage((person()?.conversations ?? []).map(each => each.id), messageId)
    if (where) openMessage(navigate, where, messageId)
    else toast({ text: 'That message is not here any more.', tone: 'bad' })
  }
  const erase = async () => {
    const name = person()?.name ?? 'this person'
    const yes = await askConfirm({ title: `Erase ${name}?`, text: 'This cannot be undone.', lost: ['Their name, numbers, addresses and notes', 'All their messages and files', 'Their score and what it stands on'], kept: ['A record that someone was erased, without who'], confirm: `Erase ${name}` })
    if (!yes) return
    try {
      await api.del(`/api/contacts/${props.id}`)
      toast({ text: `${name} was erased`, tone: 'good' })
      props.onErased()
    } catch (error) {
      toast({ text: `Not erased: ${reasonOf(error)}`, tone: 'bad' })
    }
  }
  return (
    <aside class="panel" aria-label="The person">
      <div class="panel-close"><IconButton icon="close" label="Close" size="sm" onClick={() => props.onClose()} /></div>
      <Show when={person()} fallback={<Show when={loading.error()} fallback={<Skeleton lines={8} label="Loading the person" />}><ErrorState small error={loading.error()} what="This person" retry={() => void loading.reload()} /></Show>}>{shown => (
        <>
          <header class="panel-head">
            <Avatar id={shown().id} name={shown().name} size="lg" />
            <h2>{shown().name}</h2>
            <p class="muted">{[shown().phone, shown().email].filter(Boolean).join(' · ') || 'No number, no address'}</p>
            <div class="row">
              <Show when={conversation()}>{id => <ButtonLink size="sm" variant="primary" icon="chat" href={`/inbox/${id()}`}>Conversation</ButtonLink>}</Show>
              <Show when={can('contacts.write')}><Button size="sm" icon="edit" onClick={() => setChanging(true)}>Change</Button></Show>
            </div>
          </header>
          <StageAndHeat contact={shown()} />
          <Score contact={shown()} onMessage={id => void toMessage(id)} />
          <PersonNotes contact={shown()} />
          <Identities contact={shown()} />
          <OtherConversations title="Conversations" contact={shown()} current="" onOpen={id => navigate(`/inbox/${id}`)} />
          <History contact={shown()} />
          <Show when={can('contacts.delete')}><div class="panel-section"><Button variant="danger" size="sm" icon="trash" onClick={() => void erase()}>Erase this person…</Button></div></Show>
          <Suspense><Show when={changing()}><ContactDialog contact={shown()} onClose={() => setChanging(false)} onDone={() => { setChanging(false); void loading.reload() }} /></Show></Suspense>
        </>
      )}</Show>
    </aside>
  )
}
