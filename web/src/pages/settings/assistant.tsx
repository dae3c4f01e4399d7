// What the assistant does by itself, how it speaks, and which model it uses.
import { For, Show, type JSX } from 'solid-js'
import type { AiSettings, LlmProvider } from '../../../../src/contract/workspace.ts'
import { api } from '../../data/api.ts'
import { can } from '../../data/session.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Switch } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextArea } from '../../ui/input.tsx'
import { guardLeaving } from '../../ui/leave-guard.ts'
import { createLoad, Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Select } from '../../ui/select.tsx'
import { toast } from '../../ui/toast.tsx'
import { ProviderCard } from './provider-card.tsx'
import { Refused } from './refused.tsx'

const languages = [['auto', 'The language of the person who writes'], ['en', 'English'], ['de', 'German'], ['fr', 'French'], ['es', 'Spanish'], ['it', 'Italian'], ['nl', 'Dutch'], ['pt', 'Portuguese'], ['pl', 'Polish']] as const

export default function Assistant(): JSX.Element {
  return <Show when={can('assistant.use')} fallback={<Refused title="Assistant" />}><AssistantSettings /></Show>
}

function AssistantSettings(): JSX.Element {
  const settings = createLoad(() => api.get<AiSettings>('/api/ai-settings'))
  return (
    <>
      <PageHeader title="Assistant" text="It drafts and scores. It never sends: what it writes is a draft until one of you sends it." />
      <div class="settings-stack">
        <Show when={!can('assistant.configure')}><Banner>Only owners and admins change these.</Banner></Show>
        <Loaded of={settings} what="the settings">{data => <Behaviour settings={data()} />}</Loaded>
        <Show when={can('assistant.configure')}><Models /></Show>
      </div>
    </>
  )
}

function Models(): JSX.Element {
  const providers = createLoad(() => api.get<LlmProvider[]>('/api/llm/providers'))
  return <Loaded of={providers} what="the models">{list => <For each={list()}>{provider => <ProviderCard provider={provider} reload={providers.reload} />}</For>}</Loaded>
}

function Behaviour(props: { settings: AiSettings }): JSX.Element {
  const readOnly = () => !can('assistant.configure')
  const pick = ({ draft_on_inbound, score_on_inbound, tone, language }: AiSettings) => ({ draft_on_inbound, score_on_inbound, tone, language })
  const form = createForm(pick(props.settings), async values => {
    await api.put('/api/ai-settings', values)
    toast({ text: 'Saved', tone: 'good' })
  })
  guardLeaving(form.dirty)
  const choices = () => (languages.some(([code]) => code === form.values.language) ? languages : [...languages, [form.values.language, form.values.language] as const])
  return (
    <form onSubmit={form.onSubmit}>
      <Card title="When somebody writes" footer={<Show when={!readOnly()}><Button type="submit" variant="primary" busy={form.busy()} disabled={!form.dirty()}>Save</Button></Show>}>
        <Show when={form.failure()}><Banner tone="bad" live>{form.failure()}</Banner></Show>
        <Switch label="Draft a reply" hint="Three suggestions wait in the conversation, each with the passages it rests on." checked={form.values.draft_on_inbound} disabled={readOnly()} onChange={on => form.set('draft_on_inbound', on)} />
        <Switch label="Score the lead" hint="Interest, urgency, budget and fit, each with the sentence it was read from." checked={form.values.score_on_inbound} disabled={readOnly()} onChange={on => form.set('score_on_inbound', on)} />
        <Field label="How it should sound" optional error={form.error('tone')} hint="For example: warm and short, first names, no exclamation marks.">{control => <TextArea {...control} rows={2} maxLength={500} disabled={readOnly()} value={form.values.tone} onValue={value => form.set('tone', value)} />}</Field>
        <Field label="Language of its drafts" error={form.error('language')}>{control => <Select {...control} disabled={readOnly()} options={choices().map(([value, label]) => ({ value, label }))} value={form.values.language} onValue={value => form.set('language', value)} />}</Field>
      </Card>
    </form>
  )
}
