// Adds a person or changes how they are named and reached.
import { createSignal, Show, type JSX } from 'solid-js'
import type { Contact } from '../../../../src/contract/inbox.ts'
import { api, ApiError, reasonOf } from '../../data/api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { TextInput } from '../../ui/input.tsx'

/** Without `contact` it makes a new one. `onDone` gets the row as the server keeps it. */
export default function ContactDialog(props: { contact?: Contact; onClose: () => void; onDone: (contact: Contact) => void }): JSX.Element {
  const [name, setName] = createSignal(props.contact?.name ?? '')
  const [phone, setPhone] = createSignal(props.contact?.phone ?? '')
  const [email, setEmail] = createSignal(props.contact?.email ?? '')
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<unknown>(null)
  const errorAt = (field: string) => { const error = failure(); return error instanceof ApiError && error.field === field ? error.message : null }
  const general = () => { const error = failure(); return error && !(error instanceof ApiError && ['name', 'phone', 'email'].includes(error.field ?? '')) ? reasonOf(error) : null }
  const save = async () => {
    setBusy(true)
    setFailure(null)
    const body = { name: name().trim(), phone: phone().trim() || null, email: email().trim() || null }
    try {
      props.onDone(props.contact ? await api.put<Contact>(`/api/contacts/${props.contact.id}`, body) : await api.post<Contact>('/api/contacts', body))
    } catch (error) {
      setFailure(error)
    }
    setBusy(false)
  }
  return (
    <Dialog open size="sm" title={props.contact ? 'Change contact' : 'New contact'} onClose={props.onClose}
      footer={<><Button onClick={() => props.onClose()}>Cancel</Button><Button variant="primary" type="submit" form="contact-form" busy={busy()} disabled={!name().trim()}>{props.contact ? 'Save' : 'Add'}</Button></>}>
      <form id="contact-form" class="stack" onSubmit={event => { event.preventDefault(); void save() }}>
        <Show when={general()}><Banner tone="bad" live>{general()}</Banner></Show>
        <Field label="Name" error={errorAt('name')}>{control => <TextInput {...control} maxLength={120} autocomplete="off" value={name()} onValue={setName} autofocus />}</Field>
        <Field label="Phone" optional hint="With its country code, as in +49 170 1234567" error={errorAt('phone')}>{control => <TextInput {...control} type="tel" maxLength={40} autocomplete="off" value={phone()} onValue={setPhone} />}</Field>
        <Field label="E-mail" optional error={errorAt('email')}>{control => <TextInput {...control} type="email" maxLength={254} autocomplete="off" value={email()} onValue={setEmail} />}</Field>
      </form>
    </Dialog>
  )
}
