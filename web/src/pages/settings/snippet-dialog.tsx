// Makes or changes a snippet: a title to find it by and the words to send.
import type { JSX } from 'solid-js'
import type { Snippet } from '../../../../src/contract/inbox.ts'
import { api } from '../../data/api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextArea, TextInput } from '../../ui/input.tsx'

export function SnippetDialog(props: { snippet: Snippet | null; onClose: () => void; onSaved: (snippet: Snippet) => void }): JSX.Element {
  const form = createForm({ title: props.snippet?.title ?? '', content: props.snippet?.content ?? '' }, async values => {
    const saved = props.snippet ? await api.put<Snippet>(`/api/snippets/${props.snippet.id}`, values) : await api.post<Snippet>('/api/snippets', values)
    props.onSaved(saved)
    props.onClose()
  })
  return (
    <Dialog open title={props.snippet ? 'Change the snippet' : 'New snippet'} onClose={props.onClose} onSubmit={form.onSubmit}
      footer={<><Button onClick={props.onClose}>Cancel</Button><Button type="submit" variant="primary" busy={form.busy()}>Save</Button></>}>
      <div class="form">
        <Field label="Title" required error={form.error('title') ?? form.failure()}>{control => <TextInput {...control} autofocus maxLength={80} value={form.values.title} onValue={value => form.set('title', value)} />}</Field>
        <Field label="Text" required error={form.error('content')} hint="{{name}} becomes the contact’s name; anything unfilled is pointed out before sending.">{control => <TextArea {...control} rows={5} maxLength={4000} value={form.values.content} onValue={value => form.set('content', value)} />}</Field>
      </div>
    </Dialog>
  )
}
