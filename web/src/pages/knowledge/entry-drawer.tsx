// Reads or writes one entry of knowledge; asks before unsaved words are thrown away.
import { Show, type JSX } from 'solid-js'
import type { Knowledge } from '../../../../src/contract/workspace.ts'
import { api } from '../../data/api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { askConfirm } from '../../ui/confirm.tsx'
import { Drawer } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextArea, TextInput } from '../../ui/input.tsx'
import { guardLeaving } from '../../ui/leave-guard.ts'
import { Select } from '../../ui/select.tsx'
import { toast } from '../../ui/toast.tsx'
import { categories, categoryWords, type Category } from './category-words.ts'
import '../../ui/form-layout.css'

/** `entry` null makes a new one. */
export function EntryDrawer(props: { entry: Knowledge | null; readOnly: boolean; onClose: () => void; onSaved: () => void }): JSX.Element {
  const form = createForm({ title: props.entry?.title ?? '', content: props.entry?.content ?? '', category: (props.entry?.category ?? 'classes') as Category, valid_from: props.entry?.valid_from?.slice(0, 10) ?? '', valid_to: props.entry?.valid_to?.slice(0, 10) ?? '' }, async values => {
    const body = { ...values, valid_from: values.valid_from || null, valid_to: values.valid_to || null }
    if (props.entry) await api.put(`/api/knowledge/${props.entry.id}`, body)
    else await api.post('/api/knowledge', body)
    toast({ text: 'Saved: the assistant knows it from now on', tone: 'good' })
    props.onSaved()
    form.reset(values)
    props.onClose()
  }, ({ valid_from, valid_to }) => {
    const wrong = valid_from !== '' && valid_to !== '' && valid_to < valid_from
    return wrong ? { valid_to: 'It must not end before it begins.' } : ({} as Record<string, string>)
  })
  guardLeaving(form.dirty)
  const close = async () => {
    if (form.dirty() && !(await askConfirm({ title: 'Throw your changes away?', confirm: 'Throw away', cancel: 'Keep writing' }))) return
    props.onClose()
  }
  return (
    <Drawer open size="lg" title={props.entry ? (props.readOnly ? 'Entry' : 'Change the entry') : 'New entry'} onClose={() => void close()} onSubmit={form.onSubmit}
      footer={<Show when={!props.readOnly} fallback={<Button onClick={props.onClose}>Close</Button>}><Button onClick={() => void close()}>Cancel</Button><Button type="submit" variant="primary" busy={form.busy()} disabled={!form.dirty()}>Save</Button></Show>}>
      <div class="form">
        <Show when={props.readOnly}><Banner>Only owners and admins change the knowledge.</Banner></Show>
        <Show when={form.failure()}><Banner tone="bad" live>{form.failure()}</Banner></Show>
        <Field label="Title" required error={form.error('title')}>{control => <TextInput {...control} autofocus maxLength={160} disabled={props.readOnly} value={form.values.title} onValue={value => form.set('title', value)} />}</Field>
        <Field label="Category" error={form.error('category')}>{control => <Select {...control} disabled={props.readOnly} options={categories.map(value => ({ value, label: categoryWords[value] }))} value={form.values.category} onValue={value => form.set('category', value)} />}</Field>
        <Field label="Text" required error={form.error('content')} hint="Write it as you would tell a new colleague. Whole sentences are quoted best.">{control => <TextArea {...control} rows={10} maxLength={20_000} disabled={props.readOnly} value={form.values.content} onValue={value => form.set('content', value)} />}</Field>
        <div class="form-2">
          <Field label="Holds from" optional error={form.error('valid_from')}>{control => <TextInput {...control} type="date" disabled={props.readOnly} value={form.values.valid_from} onValue={value => form.set('valid_from', value)} />}</Field>
          <Field label="Holds until" optional error={form.error('valid_to')} hint="Afterwards the assistant no longer uses it.">{control => <TextInput {...control} type="date" disabled={props.readOnly} value={form.values.valid_to} onValue={value => form.set('valid_to', value)} />}</Field>
        </div>
      </div>
    </Drawer>
  )
}
