// Notes about the person that stay with them over all conversations.
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js'
import type { ContactDetail } from '../../../../../src/contract/inbox.ts'
import { api, reasonOf } from '../../../data/api.ts'
import { loadContact } from '../../../data/people.ts'
import { can } from '../../../data/session.ts'
import { Button } from '../../../ui/button.tsx'
import { TextArea } from '../../../ui/input.tsx'
import { Section } from './section.tsx'

export function PersonNotes(props: { contact: ContactDetail }): JSX.Element {
  const [text, setText] = createSignal(props.contact.notes)
  const [state, setState] = createSignal<'calm' | 'saving' | 'saved'>('calm')
  const [problem, setProblem] = createSignal('')
  // another person's notes, or the same ones changed elsewhere while nothing is being written here
  createEffect(on(() => [props.contact.id, props.contact.notes] as const, ([id, notes], before) => {
    if (!before || before[0] !== id || before[1] === text()) setText(notes)
  }))
  const changed = () => text() !== props.contact.notes
  const save = async () => {
    setState('saving')
    setProblem('')
    try {
      await api.put(`/api/contacts/${props.contact.id}`, { notes: text() })
      await loadContact(props.contact.id)
      setState('saved')
    } catch (error) {
      setProblem(reasonOf(error))
      setState('calm')
    }
  }
  return (
    <Section title="Notes" aside={<span class="faint" role="status">{problem() ? '' : state() === 'saved' && !changed() ? 'Saved' : ''}</span>}>
      <Show when={can('contacts.write')} fallback={<p class="panel-text">{props.contact.notes || 'No notes.'}</p>}>
        <TextArea aria-label="Notes about this person" class="panel-notes" rows={2} maxLength={4000} placeholder="What everyone at the desk should know" value={text()} onValue={setText} />
        <Show when={problem()}><p class="field-error" role="alert">{problem()}</p></Show>
        <Show when={changed()}><div class="row"><Button size="sm" variant="primary" busy={state() === 'saving'} onClick={() => void save()}>Save</Button><Button size="sm" variant="ghost" onClick={() => setText(props.contact.notes)}>Discard</Button></div></Show>
      </Show>
    </Section>
  )
}
