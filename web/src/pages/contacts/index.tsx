// Everyone the studio knows: a list to search and narrow, and one person beside it.
import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, For, lazy, on, onCleanup, Show, Suspense, type JSX } from 'solid-js'
import type { Contact, Stage, Temperature } from '../../../../src/contract/inbox.ts'
import { api } from '../../data/api.ts'
import { onChange } from '../../data/feed.ts'
import { can, session } from '../../data/session.ts'
import { startData } from '../../data/start.ts'
import { nowByMinute } from '../../lib/now.ts'
import { listTime } from '../../lib/times.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { TextInput } from '../../ui/input.tsx'
import { createLoad } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { heatNames, stageNames } from '../inbox/panel/stage.tsx'
import './contacts.css'

const Person = lazy(() => import('./person.tsx'))
const ContactDialog = lazy(() => import('./contact-dialog.tsx'))
const perPage = 50
const pause = 200

export default function ContactsPage(): JSX.Element {
  const params = useParams<{ id?: string }>()
  const [search, setSearch] = useSearchParams<{ q?: string; stage?: string; heat?: string; sort?: string; page?: string }>()
  const navigate = useNavigate()
  const [adding, setAdding] = createSignal(false)
  createEffect(() => { const me = session()?.user.member_id; if (me) startData(me) })
  const query = () => ({ q: search.q, stage: search.stage, lead_status: search.heat, sort: search.sort, page: search.page ?? '1', per_page: perPage })
  const found = createLoad(() => api.page<Contact>('/api/contacts', query()))
  let timer: ReturnType<typeof setTimeout> | undefined
  const renew = () => { clearTimeout(timer); timer = setTimeout(() => void found.reload(), 800) }
  for (const kind of ['contact.updated', 'contact.erased', 'lead.scored'] as const) onCleanup(onChange(kind, renew))
  onCleanup(() => clearTimeout(timer))
  const [words, setWords] = createSignal(search.q ?? '')
  createEffect(on(words, text => {
    const later = setTimeout(() => setSearch({ q: text.trim() || null, page: null }, { replace: true }), pause)
    onCleanup(() => clearTimeout(later))
  }, { defer: true }))
  const open = (id: string | null) => navigate(`/contacts${id ? `/${id}` : ''}${location.search}`, { scroll: false })
  const narrowed = () => Boolean(search.q || search.stage || search.heat)
  return (
    <div class="contacts" classList={{ 'contacts-person': params.id !== undefined }}>
      <section class="contacts-list" aria-label="Contacts">
        <PageHeader title="Contacts" text={found.data()?.pagination ? `${found.data()!.pagination!.total} ${found.data()!.pagination!.total === 1 ? 'person' : 'people'}` : undefined}>
          <Show when={can('contacts.write')}><Button variant="primary" icon="plus" onClick={() => setAdding(true)}>New contact</Button></Show>
        </PageHeader>
        <div class="contacts-filters">
          <TextInput icon="search" type="search" aria-label="Search by name, number or e-mail" placeholder="Name, number or e-mail" value={words()} onValue={setWords} />
          <Select small aria-label="Stage" value={(search.stage ?? '') as Stage | ''} options={[{ value: '', label: 'Every stage' }, ...Object.entries(stageNames).map(([value, label]) => ({ value: value as Stage, label }))]} onValue={stage => setSearch({ stage: stage || null, page: null })} />
          <Select small aria-label="Temperature" value={(search.heat ?? '') as Temperature | ''} options={[{ value: '', label: 'Every temperature' }, ...Object.entries(heatNames).map(([value, label]) => ({ value: value as Temperature, label }))]} onValue={heat => setSearch({ heat: heat || null, page: null })} />
          <Select small aria-label="Order" value={search.sort ?? 'created_at'} options={[{ value: 'created_at', label: 'Newest first' }, { value: 'name', label: 'By name' }, { value: 'score', label: 'By score' }]} onValue={sort => setSearch({ sort: sort === 'created_at' ? null : sort, page: null })} />
        </div>
        <Show when={!found.error()} fallback={<ErrorState error={found.error()} what="The contacts" retry={() => void found.reload()} />}>
          <Show when={found.data()} fallback={<Skeleton kind="rows" lines={10} label="Loading contacts" />}>{page => (
            <>
              <ul role="list" class="contacts-rows">
                <For each={page().data} fallback={<EmptyState drawing="people" title={narrowed() ? 'Nobody fits' : 'Nobody here yet'} text={narrowed() ? 'No person fits these filters.' : 'Whoever writes to the studio is added by itself; you can also add people by hand.'}><Show when={narrowed()}><Button size="sm" onClick={() => { setWords(''); setSearch({ q: null, stage: null, heat: null, page: null }) }}>Show everyone</Button></Show></EmptyState>}>{person => (
                  <li><a href={`/contacts/${person.id}`} class="contacts-row" classList={{ 'contacts-chosen': params.id === person.id }} aria-current={params.id === person.id ? 'true' : undefined}
                    onClick={event => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); open(person.id) } }}>
                    <Avatar id={person.id} name={person.name} size="sm" />
                    <span class="contacts-who"><strong class="truncate">{person.name}</strong><span class="faint truncate">{[person.phone, person.email].filter(Boolean).join(' · ') || person.source}</span></span>
                    <span class="contacts-stage muted">{stageNames[person.lead_stage]}</span>
                    <span class={`heat heat-${person.lead_status.toLowerCase()}`}>{heatNames[person.lead_status]}</span>
                    <span class="contacts-score" data-tip="Lead score">{person.lead_score}</span>
                    <time class="faint contacts-time" dateTime={person.created_at}>{listTime(person.created_at, nowByMinute())}</time>
                  </a></li>
                )}</For>
              </ul>
              <Show when={page().pagination}>{pages => <Pagination pages={pages()} what="people" onPage={to => setSearch({ page: to === 1 ? null : to })} />}</Show>
            </>
          )}</Show>
        </Show>
      </section>
      <Show when={params.id} keyed>{id => <Suspense fallback={<aside class="panel"><Skeleton lines={8} label="Loading the person" /></aside>}><Person id={id} onClose={() => open(null)} onErased={() => { open(null); void found.reload() }} /></Suspense>}</Show>
      <Suspense><Show when={adding()}><ContactDialog onClose={() => setAdding(false)} onDone={contact => { setAdding(false); void found.reload(); open(contact.id) }} /></Show></Suspense>
    </div>
  )
}
