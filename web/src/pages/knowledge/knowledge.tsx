// What the studio knows about itself: the ground that the assistant's drafts stand on.
import { useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, For, Show, type JSX } from 'solid-js'
import type { Knowledge as Entry } from '../../../../src/contract/workspace.ts'
import { api, reasonOf } from '../../data/api.ts'
import { can } from '../../data/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { askConfirm } from '../../ui/confirm.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TextInput } from '../../ui/input.tsx'
import { createLoad, Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { categories, categoryWords, validity, type Category } from './category-words.ts'
import { EntryDrawer } from './entry-drawer.tsx'
import './knowledge.css'

export default function Knowledge(): JSX.Element {
  const [search, setSearch] = createSignal('')
  const [category, setCategory] = createSignal<Category | ''>('')
  const [page, setPage] = createSignal(1)
  const [edited, setEdited] = createSignal<Entry | 'new' | null>(null)
  const entries = createLoad(() => api.page<Entry>('/api/knowledge', { q: search(), category: category(), page: page(), per_page: 24 }))
  const [address, setAddress] = useSearchParams<{ entry?: string }>()
  // a source chip of the inbox leads to one entry: it opens at once, and the address forgets it
  createEffect(() => {
    const id = address.entry
    if (!id) return
    setAddress({ entry: null }, { replace: true })
    api.get<Entry>(`/api/knowledge/${encodeURIComponent(id)}`).then(setEdited, (error: unknown) => { toast({ text: `The entry could not be opened: ${reasonOf(error)}`, tone: 'bad' }) })
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const searchSoon = (value: string) => { clearTimeout(timer); timer = setTimeout(() => { setPage(1); setSearch(value.trim()) }, 220) }
  const writable = () => can('knowledge.write')
  const remove = async (entry: Entry) => {
    if (!(await askConfirm({ title: `Delete “${entry.title}”?`, text: 'The assistant no longer knows it from now on.', kept: ['Messages and drafts that were written with it'], confirm: 'Delete' }))) return
    try {
      await api.del(`/api/knowledge/${entry.id}`)
      const { title, content, category: kind, valid_from, valid_to } = entry
      const back = async () => {
        try {
          await api.post('/api/knowledge', { title, content, category: kind, valid_from, valid_to })
        } catch (error) {
          toast({ text: reasonOf(error), tone: 'bad' })
        }
        await entries.reload()
      }
      toast({ text: `“${entry.title}” is deleted`, action: { label: 'Undo', run: () => void back() } })
    } catch (error) {
      toast({ text: reasonOf(error), tone: 'bad' })
    }
    await entries.reload()
  }
  const narrowed = () => search() !== '' || category() !== ''
  return (
    <div class="page">
      <PageHeader title="Knowledge" text="Prices, classes, how to find you. The assistant quotes from here, and says nothing about prices or dates that is not here.">
        <Show when={writable()}><Button icon="plus" variant="primary" onClick={() => setEdited('new')}>New entry</Button></Show>
      </PageHeader>
      <div class="knowledge-filter" role="search">
        <TextInput icon="search" type="search" aria-label="Search the knowledge" placeholder="Search" maxLength={200} onValue={searchSoon} />
        <Select aria-label="Category" options={[{ value: '' as const, label: 'All categories' }, ...categories.map(value => ({ value, label: categoryWords[value] }))]} value={category()} onValue={value => { setPage(1); setCategory(value) }} />
      </div>
      <Loaded of={entries} what="the knowledge" skeleton={<Skeleton kind="card" lines={3} />}>{answer => (
        <Show when={answer().data.length} fallback={
          narrowed() ? <EmptyState drawing="lost" title="Nothing fits" text="Try fewer words, or all categories." />
            : <EmptyState drawing="book" title="The assistant knows nothing yet" text="Three entries make a good start: your prices, the trial class, and where you are."><Show when={writable()}><Button icon="plus" variant="primary" onClick={() => setEdited('new')}>Write the first</Button></Show></EmptyState>
        }>
          <ul role="list" class="knowledge-list">
            <For each={answer().data}>{entry => (
              <li class="knowledge-entry">
                <div class="row"><Badge tone="accent">{categoryWords[entry.category]}</Badge><Show when={validity(entry)}>{state => <Badge tone={state().tone}>{state().words}</Badge>}</Show></div>
                <h2><button type="button" onClick={() => setEdited(entry)}>{entry.title}</button></h2>
                <p>{entry.content}</p>
                <footer><span class="faint">changed <Time at={entry.updated_at} /></span><Show when={writable()}><IconButton icon="trash" size="sm" label={`Delete ${entry.title}`} onClick={() => void remove(entry)} /></Show></footer>
              </li>
            )}</For>
          </ul>
          <Show when={answer().pagination}>{pages => <Pagination pages={pages()} what="entries" onPage={setPage} />}</Show>
        </Show>
      )}</Loaded>
      <Show when={edited()} keyed>{entry => <EntryDrawer entry={entry === 'new' ? null : entry} readOnly={!writable()} onClose={() => setEdited(null)} onSaved={() => void entries.reload()} />}</Show>
    </div>
  )
}
