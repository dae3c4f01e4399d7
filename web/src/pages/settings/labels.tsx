// Labels to sort conversations by, and snippets to answer with.
import { For, Show, createSignal, type JSX } from 'solid-js'
import type { Label, Snippet } from '../../../../src/contract/inbox.ts'
import { api, reasonOf } from '../../data/api.ts'
import { can } from '../../data/session.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { askConfirm } from '../../ui/confirm.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { createLoad, Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { toast } from '../../ui/toast.tsx'
import { ColorDot } from './color-dot.tsx'
import { LabelDialog } from './label-dialog.tsx'
import { SnippetDialog } from './snippet-dialog.tsx'
import './labels.css'

export default function Labels(): JSX.Element {
  return (
    <>
      <PageHeader title="Labels and snippets" text="Shared by the whole team." />
      <div class="settings-stack"><LabelList /><SnippetList /></div>
    </>
  )
}

function LabelList(): JSX.Element {
  const labels = createLoad(() => api.get<Label[]>('/api/labels'))
  const [edited, setEdited] = createSignal<Label | 'new' | null>(null)
  return (
    <Card title="Labels" text="They filter the inbox." aside={<Show when={can('labels.write')}><Button icon="plus" onClick={() => setEdited('new')}>New label</Button></Show>}>
      <Loaded of={labels} what="the labels">{list => (
        <Show when={list().length} fallback={<EmptyState small drawing="calm" title="No labels yet" text="Trial class, Kids, Waiting list: what would you look for?" />}><ul role="list" class="lines">
          <For each={list()}>{label => (
            <li class="line">
              <ColorDot color={label.color} /><span class="line-main">{label.name}</span>
              <Tools show={can('labels.write')} name={label.name} edit={() => setEdited(label)} remove={() => void remove('/api/labels', label.id, label.name, 'It is taken off all conversations.', labels.reload)} />
            </li>
          )}</For>
        </ul></Show>
      )}</Loaded>
      <Show when={edited()} keyed>{label => <LabelDialog label={label === 'new' ? null : label} onClose={() => setEdited(null)} onSaved={() => void labels.reload()} />}</Show>
    </Card>
  )
}

function SnippetList(): JSX.Element {
  const snippets = createLoad(() => api.get<Snippet[]>('/api/snippets'))
  const [edited, setEdited] = createSignal<Snippet | 'new' | null>(null)
  return (
    <Card title="Snippets" text="Type / in the composer to use one. {{name}} becomes the contact’s name." aside={<Show when={can('snippets.write')}><Button icon="plus" onClick={() => setEdited('new')}>New snippet</Button></Show>}>
      <Loaded of={snippets} what="the snippets">{list => (
        <Show when={list().length} fallback={<EmptyState small drawing="chat" title="No snippets yet" text="Directions, what to bring, how to pay: answers you give every day." />}><ul role="list" class="lines">
          <For each={list()}>{snippet => (
            <li class="line">
              <span class="line-main"><strong>{snippet.title}</strong><span class="muted truncate">{snippet.content}</span></span>
              <Tools show={can('snippets.write')} name={snippet.title} edit={() => setEdited(snippet)} remove={() => void remove('/api/snippets', snippet.id, snippet.title, 'Messages that were sent with it stay.', snippets.reload)} />
            </li>
          )}</For>
        </ul></Show>
      )}</Loaded>
      <Show when={edited()} keyed>{snippet => <SnippetDialog snippet={snippet === 'new' ? null : snippet} onClose={() => setEdited(null)} onSaved={() => void snippets.reload()} />}</Show>
    </Card>
  )
}

function Tools(props: { show: boolean; name: string; edit: () => void; remove: () => void }): JSX.Element {
  return <Show when={props.show}><span class="row"><IconButton icon="edit" size="sm" label={`Change ${props.name}`} onClick={props.edit} /><IconButton icon="trash" size="sm" label={`Delete ${props.name}`} onClick={props.remove} /></span></Show>
}

async function remove(path: string, id: string, name: string, consequence: string, reload: () => Promise<void>): Promise<void> {
  if (!(await askConfirm({ title: `Delete “${name}”?`, text: consequence, confirm: 'Delete' }))) return
  try {
    await api.del(`${path}/${id}`)
    toast({ text: `“${name}” is deleted` })
  } catch (error) {
    toast({ text: reasonOf(error), tone: 'bad' })
  }
  await reload()
}
