// A password control that can be looked at, with an honest meter of strength where a new one is chosen.
import { createSignal, Show, type JSX } from 'solid-js'
import { IconButton } from './button.tsx'
import type { FieldControl } from './field.tsx'
import { strength } from './password-strength.ts'
import './field.css'
import './password-input.css'

/** `fresh` shows the meter and asks password managers for a new one. */
export function PasswordInput(props: { control: FieldControl; value: string; onValue: (value: string) => void; fresh?: boolean; name?: string; autofocus?: boolean }): JSX.Element {
  const [shown, setShown] = createSignal(false)
  const meter = () => strength(props.value)
  return (
    <>
      <span class="input-wrap">
        <input {...props.control} class="input password-input" type={shown() ? 'text' : 'password'} name={props.name ?? 'password'} value={props.value} maxLength={200}
          autocomplete={props.fresh ? 'new-password' : 'current-password'} spellcheck={false} onInput={event => props.onValue(event.currentTarget.value)} />
        <IconButton icon={shown() ? 'eye-off' : 'eye'} label={shown() ? 'Hide password' : 'Show password'} aria-pressed={shown()} onClick={() => setShown(!shown())} />
      </span>
      <Show when={props.fresh && props.value}>
        <span class={`password-meter password-meter-${meter().level}`} role="status">
          <span class="password-bars" aria-hidden="true"><i /><i /><i /><i /></span>{meter().words}
        </span>
      </Show>
    </>
  )
}
