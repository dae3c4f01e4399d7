// The studio's log: every change with its number, its author and its time.
import { createSignal, Show, type JSX } from 'solid-js'
import type { Member } from '../../../../src/contract/auth.ts'
import type { AuditEntry } from '../../../../src/contract/workspace.ts'
import { api } from '../../data/api.ts'
import { can } from '../../data/session.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/input.tsx'
import { createLoad, Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Select } from '../../ui/select.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { actorWords, changeKinds, changeWords } from './audit-words.ts'
import { Refused } from './refused.tsx'

export default function Audit(): JSX.Element {
  return <Show when={can('audit.read')} fallback={<Refused title="Audit" />}><AuditList /></Show>
}

function AuditList(): JSX.Element {
  const [filter, setFilter] = createSignal({ kind: '', actor: '', subject: '' })
  const [page, setPage] = createSignal(1)
  const members = createLoad(() => api.get<Member[]>('/api/members'))
  const entries = createLoad(() => api.page<AuditEntry>('/api/audit', { ...filter(), page: page(), per_page: 50 }))
  const narrow = (part: Partial<ReturnType<typeof filter>>) => { setPage(1); setFilter({ ...filter(), ...part }) }
  const narrowed = () => Object.values(filter()).some(Boolean)
  const people = () => [{ value: '', label: 'Everyone' }, ...(members.data() ?? []).map(member => ({ value: `member:${member.id}`, label: member.name })), { value: 'contact', label: 'Contacts' }, { value: 'assistant', label: 'The assistant' }, { value: 'system', label: 'The system' }]
  return (
    <>
      <PageHeader title="Audit" text="Written in the same step as each change, so that it cannot disagree with what happened." />
      <div class="settings-stack">
        <div class="form-2">
          <Field label="What">{control => <Select {...control} options={[{ value: '', label: 'All changes' }, ...changeKinds.map(kind => ({ value: kind, label: changeWords[kind] }))]} value={filter().kind} onValue={kind => narrow({ kind })} />}</Field>
          <Field label="Who">{control => <Select {...control} options={people()} value={filter().actor} onValue={actor => narrow({ actor })} />}</Field>
          <Field label="About">{control => <TextInput {...control} type="search" placeholder="Id of a contact, conversation …" maxLength={64} value={filter().subject} onChange={event => narrow({ subject: event.currentTarget.value.trim() })} />}</Field>
        </div>
        <Loaded of={entries} what="the log">{answer => (
          <Show when={answer().data.length} fallback={<EmptyState drawing="calm" title={narrowed() ? 'Nothing fits this filter' : 'Nothing happened yet'}><Show when={narrowed()}><Button onClick={() => narrow({ kind: '', actor: '', subject: '' })}>Show all</Button></Show></EmptyState>}>
            <Table label="Changes, newest first" rows={answer().data} columns={[
              { title: 'No.', number: true, cell: entry => entry.seq },
              { title: 'What', cell: entry => changeWords[entry.kind as keyof typeof changeWords] ?? entry.kind },
              { title: 'Who', cell: entry => actorWords(entry.actor, members.data() ?? []) },
              { title: 'About', cell: entry => <code>{entry.subject ?? ''}</code> },
              { title: 'When', cell: entry => <Time at={entry.at} only="exact" /> },
            ]} />
            <Show when={answer().pagination}>{pages => <Pagination pages={pages()} what="changes" onPage={setPage} />}</Show>
          </Show>
        )}</Loaded>
      </div>
    </>
  )
}
