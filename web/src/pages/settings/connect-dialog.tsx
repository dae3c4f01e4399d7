// Connects a channel: a form made from the provider's own list of credentials, checked live, then what to enter at its side.
import { createSignal, For, Show, type JSX } from 'solid-js'
import type { Connected, ProviderInfo } from '../../../../src/contract/workspace.ts'
import { api, reasonOf } from '../../data/api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextInput } from '../../ui/input.tsx'

/** Closes itself with `onClose`; `onConnected` gets what the server made. */
export function ConnectDialog(props: { provider: ProviderInfo; onClose: () => void; onConnected: (made: Connected) => void }): JSX.Element {
  const [made, setMade] = createSignal<Connected | null>(null)
  const [trying, setTrying] = createSignal(false)
  const connect = async (body: { credentials: Record<string, string> } | { simulator: true }) => {
    const answer = await api.post<Connected>(`/api/integrations/connect/${props.provider.provider}`, body)
    setMade(answer)
    props.onConnected(answer)
  }
  const form = createForm<Record<string, string>>(Object.fromEntries(props.provider.fields.map(field => [field.name, ''])), values =>
    connect({ credentials: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value)) as Record<string, string> }))
  const trySimulator = async () => {
    setTrying(true)
    try {
      await connect({ simulator: true })
    } catch (error) {
      form.setErrors({ '': reasonOf(error) })
    } finally {
      setTrying(false)
    }
  }
  const failure = () => form.failure() ?? form.error('')
  return (
    <Dialog open size="lg" onClose={props.onClose} onSubmit={form.onSubmit} title={made() ? `${props.provider.label} is connected` : `Connect ${props.provider.label}`}
      description={made() ? 'One step is left, at the provider.' : 'What you enter is checked with the provider at once, and stored encrypted.'}
      footer={<Show when={!made()} fallback={<Button variant="primary" onClick={props.onClose}>Done</Button>}>
        <Show when={props.provider.simulator}><Button icon="play" class="connect-simulator" busy={trying()} onClick={() => void trySimulator()}>Use the simulator instead</Button></Show>
        <Button onClick={props.onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.busy()}>Check and connect</Button>
      </Show>}>
      <Show when={made()} fallback={
        <div class="form">
          <Show when={failure()}><Banner tone="bad" live title="Not connected.">{failure()}</Banner></Show>
          <For each={props.provider.fields}>{(field, index) => (
            <Field label={field.title} hint={field.description} required={field.required} optional={!field.required} error={form.error(field.name)}>{control => (
              <TextInput {...control} type={field.secret ? 'password' : 'text'} autocomplete="off" spellcheck={false} autofocus={index() === 0} maxLength={4000} value={form.values[field.name]} onValue={value => form.set(field.name, value)} />
            )}</Field>
          )}</For>
        </div>
      }>{connected => <Handover connected={connected()} />}</Show>
    </Dialog>
  )
}

/** The two values to paste at the provider. */
export function Handover(props: { connected: Connected }): JSX.Element {
  return (
    <div class="form">
      <Banner tone="good" title={props.connected.name}>{props.connected.health.state === 'ok' ? 'The provider accepted the credentials.' : props.connected.health.reason}</Banner>
      <p class="muted">Enter both at the provider’s webhook settings and subscribe to messages. The verify token is shown only now.</p>
      <CopyField label="Webhook address" value={props.connected.webhook_url} />
      <CopyField label="Verify token" value={props.connected.verify_token} />
    </div>
  )
}
