// The message templates that the provider approved, fetched from there on demand.
import { createSignal, For, Show, type JSX } from 'solid-js'
import type { Template } from '../../../../src/contract/inbox.ts'
import { api, reasonOf } from '../../data/api.ts'
import { can } from '../../data/session.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TextInput } from '../../ui/input.tsx'
import { Link } from '../../ui/link.tsx'
import { createLoad, Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { foldText } from '../../ui/fold-text.ts'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import './templates.css'

export default function Templates(): JSX.Element {
  const templates = createLoad(() => api.get<Template[]>('/api/templates'))
  const [syncing, setSyncing] = createSignal(false)
  const [search, setSearch] = createSignal('')
  const hits = (list: Template[]) => list.filter(one => foldText(`${one.name} ${one.body}`).includes(foldText(search())))
  const sync = async () => {
    setSyncing(true)
    try {
      const { count } = await api.post<{ count: number }>('/api/templates/sync')
      toast({ text: count === 1 ? '1 template is up to date' : `${count} templates are up to date`, tone: 'good' })
      await templates.reload()
    } catch (error) {
      toast({ text: reasonOf(error), tone: 'bad' })
    }
    setSyncing(false)
  }
  return (
    <>
      <PageHeader title="Templates" text="Past WhatsApp’s 24-hour window only approved templates may be sent. You write and submit them at Meta; here they are kept in step.">
        <Show when={can('templates.write')}><Button icon="refresh" busy={syncing()} onClick={() => void sync()}>Sync now</Button></Show>
      </PageHeader>
      <Loaded of={templates} what="the templates">{list => (
        <Show when={list().length} fallback={<EmptyState drawing="book" title="No templates yet" text={<>Write them in Meta’s <Link href="https://business.facebook.com/wa/manage/message-templates/" external>template manager</Link>, then sync.</>} />}>
          <div class="settings-stack">
            <TextInput icon="search" type="search" aria-label="Search the templates" placeholder="Search" value={search()} onValue={setSearch} />
            <ul role="list" class="template-cards">
              <For each={hits(list())} fallback={<li class="muted">Nothing like that.</li>}>{template => (
                <li class="template-card">
                  <div class="row"><strong>{template.name}</strong><Badge tone={toneOf(template.status)} dot>{words(template.status)}</Badge><Badge>{template.language}</Badge><Badge>{words(template.category)}</Badge></div>
                  <p class="template-text">{template.body}</p>
                  <p class="faint"><Show when={template.variables.length} fallback="No variables">{template.variables.length === 1 ? '1 variable' : `${template.variables.length} variables`}</Show> · synced <Time at={template.synced_at} /></p>
                </li>
              )}</For>
            </ul>
          </div>
        </Show>
      )}</Loaded>
    </>
  )
}

function toneOf(status: string): Tone {
  const state = status.toUpperCase()
  if (state === 'APPROVED') return 'good'
  return state === 'REJECTED' || state === 'DISABLED' ? 'bad' : 'warn'
}

function words(code: string): string {
  const plain = code.toLowerCase().replaceAll('_', ' ')
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}
