// Makes or changes a label: its name and one of twelve colours.
import { For, type JSX } from 'solid-js'
import type { Label } from '../../../../src/contract/inbox.ts'
import { api } from '../../data/api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextInput } from '../../ui/input.tsx'
import { ColorDot } from './color-dot.tsx'

const colors = [['#b3475f', 'Rose'], ['#c2603a', 'Clay'], ['#b98213', 'Amber'], ['#7d8c1f', 'Olive'], ['#3c8a4e', 'Green'], ['#1d8a80', 'Teal'], ['#2b7fb0', 'Blue'], ['#4c62c4', 'Indigo'], ['#7e52b8', 'Violet'], ['#a2458f', 'Orchid'], ['#8a6a52', 'Brown'], ['#6f6a72', 'Grey']] as const

export function LabelDialog(props: { label: Label | null; onClose: () => void; onSaved: (label: Label) => void }): JSX.Element {
  const form = createForm({ name: props.label?.name ?? '', color: props.label?.color ?? colors[0][0] }, async values => {
    const saved = props.label ? await api.put<Label>(`/api/labels/${props.label.id}`, values) : await api.post<Label>('/api/labels', values)
    props.onSaved(saved)
    props.onClose()
  })
  const choices = () => (colors.some(([value]) => value === form.values.color.toLowerCase()) ? colors : [[form.values.color, 'Own'] as const, ...colors])
  return (
    <Dialog open size="sm" title={props.label ? 'Change the label' : 'New label'} onClose={props.onClose} onSubmit={form.onSubmit}
      footer={<><Button onClick={props.onClose}>Cancel</Button><Button type="submit" variant="primary" busy={form.busy()}>Save</Button></>}>
      <div class="form">
        <Field label="Name" required error={form.error('name') ?? form.failure()}>{control => <TextInput {...control} autofocus maxLength={40} value={form.values.name} onValue={value => form.set('name', value)} />}</Field>
        <fieldset class="swatches">
          <legend class="field-label">Colour</legend>
          <For each={choices()}>{([value, name]) => (
            <label class="swatch" data-tip={name}><input type="radio" name="color" class="visually-hidden" checked={form.values.color.toLowerCase() === value.toLowerCase()} onChange={() => form.set('color', value)} /><ColorDot color={value} size={22} /><span class="visually-hidden">{name}</span></label>
          )}</For>
        </fieldset>
      </div>
    </Dialog>
  )
}
