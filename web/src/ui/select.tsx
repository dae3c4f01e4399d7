// The platform's own select, drawn like our inputs: right on every phone and for every screen reader.
import { For, splitProps, type JSX } from 'solid-js'
import { Icon } from './icon.tsx'
import './field.css'
import './select.css'

export interface Option<V extends string = string> { value: V; label: string; disabled?: boolean }

/** A drop-down of `options`; `onValue` gets the chosen value. Put it in a Field, or give `aria-label`. */
export function Select<V extends string>(props: { options: readonly Option<V>[]; value: V; onValue: (value: V) => void; small?: boolean } & Omit<JSX.SelectHTMLAttributes<HTMLSelectElement>, 'value'>): JSX.Element {
  const [own, rest] = splitProps(props, ['options', 'value', 'onValue', 'small', 'class'])
  return (
    <span class={`select${own.small ? ' select-sm' : ''}${own.class ? ` ${own.class}` : ''}`}>
      <select {...rest} class="input" onChange={event => own.onValue(event.currentTarget.value as V)}>
        <For each={own.options}>{option => <option value={option.value} selected={option.value === own.value} disabled={option.disabled}>{option.label}</option>}</For>
      </select>
      <Icon name="chevron-down" size={16} />
    </span>
  )
}
