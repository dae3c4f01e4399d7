// Checkbox, switch and radio: native inputs with our looks, the whole label clickable.
import { createUniqueId, For, Show, type JSX } from 'solid-js'
import './choice.css'
import { Slot } from './slot.tsx'

interface ChoiceProps { checked: boolean; onChange: (checked: boolean) => void; label: JSX.Element; hint?: JSX.Element; disabled?: boolean; name?: string }

/** A box to tick, with its words beside it. */
export function Checkbox(props: ChoiceProps): JSX.Element {
  return <Toggle {...props} kind="checkbox" />
}

/** Something that is on or off at once, without a save button. */
export function Switch(props: ChoiceProps): JSX.Element {
  return <Toggle {...props} kind="switch" />
}

function Toggle(props: ChoiceProps & { kind: 'checkbox' | 'switch' }): JSX.Element {
  const id = createUniqueId()
  return (
    <div class={`choice choice-${props.kind}`}>
      <input id={id} type="checkbox" role={props.kind === 'switch' ? 'switch' : undefined} name={props.name} checked={props.checked} disabled={props.disabled}
        aria-describedby={props.hint ? `${id}-hint` : undefined} onChange={event => props.onChange(event.currentTarget.checked)} />
      <div>
        <label for={id}>{props.label}</label>
        <Slot of={props.hint}>{hint => <p class="choice-hint" id={`${id}-hint`}>{hint()}</p>}</Slot>
      </div>
    </div>
  )
}

export interface RadioOption<V extends string> { value: V; label: string; hint?: string; disabled?: boolean }

/** One of few, all in sight; `label` names the group. `cards` draws each option as a card. */
export function RadioGroup<V extends string>(props: { label: string; hideLabel?: boolean; options: readonly RadioOption<V>[]; value: V | null; onChange: (value: V) => void; cards?: boolean; name?: string }): JSX.Element {
  const group = createUniqueId()
  return (
    <fieldset class="radios" classList={{ 'radios-cards': props.cards }}>
      <legend class="field-label" classList={{ 'visually-hidden': props.hideLabel }}>{props.label}</legend>
      <For each={props.options}>{option => (
        <div class="choice choice-radio">
          <input id={`${group}-${option.value}`} type="radio" name={props.name ?? group} value={option.value} checked={props.value === option.value} disabled={option.disabled}
            aria-describedby={option.hint ? `${group}-${option.value}-hint` : undefined} onChange={() => props.onChange(option.value)} />
          <div>
            <label for={`${group}-${option.value}`}>{option.label}</label>
            <Show when={option.hint}><p class="choice-hint" id={`${group}-${option.value}-hint`}>{option.hint}</p></Show>
          </div>
        </div>
      )}</For>
    </fieldset>
  )
}
