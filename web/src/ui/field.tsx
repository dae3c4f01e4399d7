// A labelled form field: ties label, hint and error to its control for every reader.
import { createUniqueId, Show, type JSX } from 'solid-js'
import { Icon } from './icon.tsx'
import './field.css'
import { Slot } from './slot.tsx'

/** What a control inside a Field spreads onto its input. */
export interface FieldControl {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': 'true' | undefined
  readonly required: boolean | undefined
}
export interface FieldProps {
  label: string
  hint?: JSX.Element
  error?: string | null
  required?: boolean
  /** Says "optional" beside the label. */
  optional?: boolean
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean
  class?: string
  /** A link or count at the end of the label's line. */
  aside?: JSX.Element
}

/** Renders label, hint and error around `children(control)`; spread `control` onto the input. */
export function Field(props: FieldProps & { children: (control: FieldControl) => JSX.Element }): JSX.Element {
  const id = createUniqueId()
  const control: FieldControl = {
    id,
    get 'aria-describedby'() {
      const ids = [props.error ? `${id}-error` : '', props.hint ? `${id}-hint` : ''].filter(Boolean).join(' ')
      return ids || undefined
    },
    get 'aria-invalid'() { return props.error ? ('true' as const) : undefined },
    get required() { return props.required },
  }
  return (
    <div class={`field${props.class ? ` ${props.class}` : ''}`}>
      <div class="field-top" classList={{ 'visually-hidden': props.hideLabel }}>
        <label class="field-label" for={id}>{props.label}<Show when={props.optional}> <span class="field-optional">optional</span></Show></label>
        {props.aside}
      </div>
      {props.children(control)}
      <Show when={props.error}><p class="field-error" id={`${id}-error`} role="alert"><Icon name="warning" size={16} />{props.error}</p></Show>
      <Slot of={props.hint}>{hint => <p class="field-hint" id={`${id}-hint`}>{hint()}</p>}</Slot>
    </div>
  )
}
