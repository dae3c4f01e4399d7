// Sets up a model provider: key, address, model; saved only after the provider answered.
import { Show, type JSX } from 'solid-js'
import type { LlmProvider } from '../../../../src/contract/workspace.ts'
import { api } from '../../data/api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextInput } from '../../ui/input.tsx'
import { Select } from '../../ui/select.tsx'
import { toast } from '../../ui/toast.tsx'

export function ProviderDialog(props: { open: boolean; provider: LlmProvider; onClose: () => void; onSaved: () => void }): JSX.Element {
  return <Show when={props.open}><ProviderForm {...props} /></Show>
}

function ProviderForm(props: { provider: LlmProvider; onClose: () => void; onSaved: () => void }): JSX.Element {
  const provider = () => props.provider
  const form = createForm({ api_key: '', base_url: provider().base_url ?? '', model: provider().model ?? provider().models[0]?.id ?? '', active: true }, async values => {
    await api.post(`/api/llm/providers/${provider().name}/configure`, {
      ...(values.api_key.trim() ? { api_key: values.api_key.trim() } : {}),
      ...(values.base_url.trim() ? { base_url: values.base_url.trim() } : provider().base_url ? { base_url: null } : {}),
      ...(values.model.trim() ? { model: values.model.trim() } : {}),
      active: values.active,
    })
    toast({ text: `${provider().label} answered: it is set up`, tone: 'good' })
    props.onSaved()
    props.onClose()
  })
  const models = () => provider().models.map(model => ({ value: model.id, label: model.shutdown_date ? `${model.id} (off on ${model.shutdown_date})` : model.id }))
  const listed = () => models().some(model => model.value === form.values.model)
  return (
    <Dialog open title={`Set up ${provider().label}`} description="It is asked for a word before anything is saved. The key is stored encrypted and never shown again." onClose={props.onClose} onSubmit={form.onSubmit}
      footer={<><Button onClick={props.onClose}>Cancel</Button><Button type="submit" variant="primary" busy={form.busy()}>Check and save</Button></>}>
      <div class="form">
        <Show when={form.failure()}><Banner tone="bad" live title="Not saved.">{form.failure()}</Banner></Show>
        <Field label="API key" required={!provider().configured} error={form.error('api_key')} hint={provider().key_last4 ? `Leave empty to keep the one that ends in ${provider().key_last4}.` : undefined}>{control => <TextInput {...control} type="password" autocomplete="off" autofocus maxLength={500} value={form.values.api_key} onValue={value => form.set('api_key', value)} />}</Field>
        <Field label="Model" required error={form.error('model')}>{control => (
          <Show when={models().length && listed()} fallback={<TextInput {...control} maxLength={200} value={form.values.model} onValue={value => form.set('model', value)} />}>
            <Select {...control} options={models()} value={form.values.model} onValue={value => form.set('model', value)} />
          </Show>
        )}</Field>
        <Field label="Base address" optional error={form.error('base_url')} hint="Only for a gateway or a compatible server; empty is the vendor’s own.">{control => <TextInput {...control} type="url" placeholder="https://" maxLength={300} value={form.values.base_url} onValue={value => form.set('base_url', value)} />}</Field>
        <Checkbox label="Use it from now on" checked={form.values.active} onChange={on => form.set('active', on)} />
      </div>
    </Dialog>
  )
}
