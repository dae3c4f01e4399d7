// Sends one test message through a channel and tells how it ended.
import { createSignal, Show, type JSX } from 'solid-js'
import type { Integration } from '../../../../src/contract/workspace.ts'
import { api } from '../../data/api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextInput } from '../../ui/input.tsx'

interface TestOutcome { outcome: 'sent' | 'rejected' | 'unconfirmed'; reason?: string }

export function TestDialog(props: { open: boolean; integration: Integration; onClose: () => void }): JSX.Element {
  const [outcome, setOutcome] = createSignal<TestOutcome | null>(null)
  const form = createForm({ to: '' }, async values => {
    setOutcome(null)
    setOutcome(await api.post<TestOutcome>(`/api/integrations/${props.integration.id}/test`, { to: values.to.trim() }))
  })
  const close = () => { setOutcome(null); props.onClose() }
  return (
    <Dialog open={props.open} size="sm" title="Send a test message" description={`A short text goes out from ${props.integration.name}.`} onClose={close} onSubmit={form.onSubmit}
      footer={<><Button onClick={close}>Close</Button><Button type="submit" variant="primary" icon="send" busy={form.busy()}>Send</Button></>}>
      <div class="form">
        <Field label="To" required error={form.error('to') ?? form.failure()} hint="With country code, as +49 170 1234567. WhatsApp only lets you write to people who wrote within the last 24 hours.">{control => <TextInput {...control} type="tel" autofocus value={form.values.to} onValue={value => form.set('to', value)} />}</Field>
        <Show when={outcome()}>{end => (
          <Banner live tone={end().outcome === 'sent' ? 'good' : end().outcome === 'rejected' ? 'bad' : 'warn'} title={end().outcome === 'sent' ? 'Sent.' : end().outcome === 'rejected' ? 'Refused.' : 'Not confirmed.'}>{end().reason ?? (end().outcome === 'sent' ? 'The provider took it.' : '')}</Banner>
        )}</Show>
      </div>
    </Dialog>
  )
}
