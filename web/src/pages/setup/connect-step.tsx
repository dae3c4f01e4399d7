// First step: a WhatsApp number, or the simulator; then it waits for the first message and is glad about it.
import { createEffect, createSignal, onCleanup, Show, type JSX } from 'solid-js'
import type { ConversationForMember } from '../../../../src/contract/inbox.ts'
import type { IntegrationStatus, ProviderInfo } from '../../../../src/contract/workspace.ts'
import { api, reasonOf } from '../../data/api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { ConnectDialog } from '../settings/connect-dialog.tsx'

const pollEvery = 1500

export function ConnectStep(props: { status: IntegrationStatus; reload: () => Promise<void> }): JSX.Element {
  const [connecting, setConnecting] = createSignal(false)
  const [trying, setTrying] = createSignal(false)
  const [failure, setFailure] = createSignal<string | null>(null)
  const whatsapp = (): ProviderInfo | undefined => props.status.providers.find(provider => provider.channel_type === 'whatsapp') ?? props.status.providers[0]
  const connected = () => props.status.integrations.find(one => one.is_active)
  const trySimulator = async (provider: ProviderInfo) => {
    setTrying(true)
    setFailure(null)
    try {
      await api.post(`/api/integrations/connect/${provider.provider}`, { simulator: true })
      await props.reload()
    } catch (error) {
      setFailure(reasonOf(error))
    }
    setTrying(false)
  }
  return (
    <>
      <Show when={failure()}><Banner tone="bad" live>{failure()}</Banner></Show>
      <Show when={connected()} fallback={
        <Show when={whatsapp()}>{provider => (
          <div class="setup-ways">
            <Show when={provider().simulator}>
              <div class="setup-way">
                <Icon name="play" size={24} /><h3>Try with the simulator</h3>
                <p class="muted">A page where you play the customer’s phone. Nothing leaves this machine.</p>
                <Button variant="primary" busy={trying()} onClick={() => void trySimulator(provider())}>Use the simulator</Button>
              </div>
            </Show>
            <div class="setup-way">
              <Icon name="whatsapp" size={24} /><h3>Connect WhatsApp</h3>
              <p class="muted">You need a WhatsApp Business number at Meta, its ids and an access token.</p>
              <Button variant={provider().simulator ? 'secondary' : 'primary'} onClick={() => setConnecting(true)}>Enter the credentials</Button>
            </div>
            <Show when={connecting()}><ConnectDialog provider={provider()} onClose={() => { setConnecting(false); void props.reload() }} onConnected={() => undefined} /></Show>
          </div>
        )}</Show>
      }>{account => <FirstMessage name={account().name} simulator={whatsapp()?.simulator === true} />}</Show>
    </>
  )
}

/** Asks every 1.5 s, while the page is in sight, whether a conversation is there. */
function FirstMessage(props: { name: string; simulator: boolean }): JSX.Element {
  const [first, setFirst] = createSignal<ConversationForMember | null>(null)
  const [trouble, setTrouble] = createSignal<string | null>(null)
  let ended = false
  const look = async () => {
    if (document.visibilityState === 'visible') {
      try {
        const [newest] = await api.get<ConversationForMember[]>('/api/conversations', { status: 'all', per_page: 1 })
        setTrouble(null)
        if (newest) setFirst(newest)
      } catch (error) {
        setTrouble(reasonOf(error))
      }
    }
    if (!ended && !first()) setTimeout(() => void look(), pollEvery)
  }
  createEffect(() => void look())
  onCleanup(() => { ended = true })
  return (
    <div aria-live="polite">
      <Show when={first()} fallback={
        <div class="setup-wait">
          <Spinner />
          <div>
            <h3>Waiting for the first message</h3>
            <p class="muted">{props.name} is connected. {props.simulator ? 'Open the simulator, play a customer and write to it: “Hello!”' : 'Write to your studio’s number from any phone.'} It appears here by itself.</p>
            <Show when={trouble()}><p class="muted">{trouble()} Trying again.</p></Show>
          </div>
          <Show when={props.simulator}><ButtonLink href="/simulator" external variant="primary" icon="external">Open the simulator</ButtonLink></Show>
        </div>
      }>{conversation => (
        <div class="setup-joy">
          <svg class="setup-confetti" viewBox="0 0 240 80" aria-hidden="true"><path d="M14 60c20-30 34 6 52-20s24-24 40-8 30 20 46 0 30-30 70-14" /><circle cx="40" cy="20" r="4" /><circle cx="120" cy="12" r="5" /><circle cx="196" cy="22" r="4" /></svg>
          <h3>Your first message is here</h3>
          <p><strong>{conversation().contact.name}</strong>: “{conversation().preview}”</p>
          <ButtonLink href={`/inbox/${conversation().id}`} variant="primary" icon="inbox">Answer it in the inbox</ButtonLink>
        </div>
      )}</Show>
    </div>
  )
}
