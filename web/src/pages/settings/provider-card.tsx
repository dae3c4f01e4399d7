// One model provider: whether it is used, which model, and the form that sets it up and is checked live.
import { createSignal, Show, type JSX } from 'solid-js'
import type { LlmProvider } from '../../../../src/contract/workspace.ts'
import { api, reasonOf } from '../../data/api.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { toast } from '../../ui/toast.tsx'
import { ProviderDialog } from './provider-dialog.tsx'
import './connections.css'

export function ProviderCard(props: { provider: LlmProvider; reload: () => Promise<void> }): JSX.Element {
  const [editing, setEditing] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const builtIn = () => props.provider.name === 'built-in'
  const activate = async () => {
    setBusy(true)
    try {
      await api.post(`/api/llm/providers/${props.provider.name}/configure`, { active: true })
      toast({ text: `${props.provider.label} is used from now on`, tone: 'good' })
    } catch (error) {
      toast({ text: reasonOf(error), tone: 'bad' })
    }
    await props.reload()
    setBusy(false)
  }
  const shutdown = () => props.provider.models.find(model => model.id === props.provider.model)?.shutdown_date ?? null
  return (
    <Card title={props.provider.label} text={abilities(props.provider)}
      aside={<Show when={props.provider.active} fallback={<Badge>{props.provider.configured ? 'Ready' : 'Not set up'}</Badge>}><Badge tone="good" dot>In use</Badge></Show>}
      footer={!builtIn() || !props.provider.active ? <>
        <Show when={!builtIn() || !props.provider.configured}><Button icon="key" onClick={() => setEditing(true)}>{props.provider.configured ? 'Change' : 'Set up'}</Button></Show>
        <Show when={props.provider.configured && !props.provider.active}><Button variant="primary" busy={busy()} onClick={() => void activate()}>Use this</Button></Show>
      </> : undefined}>
      <Show when={props.provider.problem}>{problem => <Banner tone="warn" title="It does not work right now.">{problem()}</Banner>}</Show>
      <Show when={shutdown()}>{date => <Banner tone="warn" icon="clock">{props.provider.model} is switched off by its vendor on {date()}. Choose another model before that.</Banner>}</Show>
      <Show when={!builtIn()}><dl class="facts">
        <Show when={props.provider.model}>{model => <div><dt>Model</dt><dd>{model()}</dd></div>}</Show>
        <Show when={props.provider.base_url}>{url => <div><dt>Address</dt><dd class="truncate">{url()}</dd></div>}</Show>
        <Show when={props.provider.key_last4}>{last => <div><dt>Key</dt><dd>ends in {last()}</dd></div>}</Show>
        <Show when={props.provider.capabilities.context_tokens}>{tokens => <div><dt>Context</dt><dd>{tokens().toLocaleString()} tokens</dd></div>}</Show>
      </dl></Show>
      <ProviderDialog open={editing()} provider={props.provider} onClose={() => setEditing(false)} onSaved={() => void props.reload()} />
    </Card>
  )
}

function abilities(provider: LlmProvider): string {
  if (provider.name === 'built-in') return 'Rules, no model: works without a key, costs nothing, sends nothing out.'
  const { stream, json, tools, embeddings } = provider.capabilities
  const words = [stream && 'streams', json && 'structured answers', tools && 'tools', embeddings && 'embeddings'].filter(Boolean)
  return words.join(', ')
}
