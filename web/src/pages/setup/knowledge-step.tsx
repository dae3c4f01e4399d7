// Second step: three short texts with the questions every studio is asked first.
import { For, Show, type JSX } from 'solid-js'
import type { Knowledge } from '../../../../src/contract/workspace.ts'
import { api } from '../../data/api.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextArea } from '../../ui/input.tsx'

const prompts = [
  { category: 'prices', title: 'Prices', ask: 'What do your classes cost?', start: 'A single class costs … The ten-class card costs … and is valid for … A monthly pass costs …' },
  { category: 'trial', title: 'Trial class', ask: 'How does a trial class work?', start: 'The first class costs … Please bring … and come ten minutes early. To book one, tell us …' },
  { category: 'location', title: 'Where we are', ask: 'Where are you, and how do people get there?', start: 'Our address is … The nearest stop is … You can park …' },
] as const

export function KnowledgeStep(props: { known: Knowledge[]; reload: () => Promise<void> }): JSX.Element {
  return (
    <div class="form">
      <p class="muted">Fill the gaps; rough words will do. The assistant quotes from these and from nothing else.</p>
      <For each={prompts}>{prompt => (
        <Show when={props.known.find(entry => entry.category === prompt.category)} fallback={<Prompt prompt={prompt} reload={props.reload} />}>{entry => <p class="setup-known"><Badge tone="good" dot>{prompt.title}</Badge><span class="truncate">{entry().content}</span></p>}</Show>
      )}</For>
    </div>
  )
}

function Prompt(props: { prompt: (typeof prompts)[number]; reload: () => Promise<void> }): JSX.Element {
  const { category, title, ask, start } = props.prompt
  const form = createForm({ content: '' }, async ({ content }) => {
    await api.post('/api/knowledge', { title, content, category })
    await props.reload()
  })
  return (
    <form class="setup-prompt" onSubmit={form.onSubmit}>
      <Field label={ask} error={form.error('content') ?? form.failure()} aside={<Show when={!form.values.content}><Button size="sm" variant="ghost" onClick={() => form.set('content', start)}>Begin with a pattern</Button></Show>}>{control => (
        <TextArea {...control} rows={2} maxLength={20_000} placeholder={start} value={form.values.content} onValue={value => form.set('content', value)} />
      )}</Field>
      <Show when={form.values.content.trim()}><div class="form-actions form-actions-end"><Show when={form.values.content.includes('…')}><span class="faint">Fill the … before you save.</span></Show><Button type="submit" size="sm" variant="primary" busy={form.busy()} disabled={form.values.content.includes('…')}>Save</Button></div></Show>
    </form>
  )
}
