// The channels this studio hears and speaks through: their health, and the way to connect one.
import { createSignal, For, Show, type JSX } from 'solid-js'
import type { IntegrationStatus, ProviderInfo } from '../../../../src/contract/workspace.ts'
import { api } from '../../data/api.ts'
import { can } from '../../data/session.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { createLoad, Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ConnectDialog } from './connect-dialog.tsx'
import { ConnectionCard } from './connection-card.tsx'
import { Refused } from './refused.tsx'

export default function Connections(): JSX.Element {
  return <Show when={can('integrations.read')} fallback={<Refused title="Connections" />}><List /></Show>
}

function List(): JSX.Element {
  const status = createLoad(() => api.get<IntegrationStatus>('/api/integrations/status'))
  const [connecting, setConnecting] = createSignal<ProviderInfo | null>(null)
  return (
    <>
      <PageHeader title="Connections" text="What people write to you on comes in here; what you answer goes out here." />
      <Loaded of={status} what="the connections">{data => (
        <div class="settings-stack">
          <For each={data().integrations} fallback={<EmptyState drawing="plug" title="Nothing is connected yet" text="Connect your WhatsApp Business number, or try everything with the simulator." />}>
            {integration => <ConnectionCard integration={integration} writable={can('integrations.write')} reload={status.reload} />}
          </For>
          <Show when={can('integrations.write')}>
            <div class="row connect-buttons">
              <For each={data().providers}>{provider => <Button icon="plus" variant={data().integrations.length ? 'secondary' : 'primary'} onClick={() => setConnecting(provider)}>Connect {provider.label}</Button>}</For>
            </div>
          </Show>
        </div>
      )}</Loaded>
      <Show when={connecting()} keyed>{provider => <ConnectDialog provider={provider} onClose={() => setConnecting(null)} onConnected={() => void status.reload()} />}</Show>
    </>
  )
}
