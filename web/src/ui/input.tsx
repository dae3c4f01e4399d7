// One-line and many-line text controls; put them in a Field.
import { onMount, Show, splitProps, type JSX } from 'solid-js'
import { Icon, type IconName } from './icon.tsx'
import './field.css'

/** A text input; `onValue` gets the text on each keystroke. `icon` stands at its left. */
export function TextInput(props: { onValue?: (value: string) => void; icon?: IconName; autofocus?: boolean } & Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'autofocus'>): JSX.Element {
  const [own, rest] = splitProps(props, ['onValue', 'icon', 'class', 'autofocus'])
  let input: HTMLInputElement | undefined
  onMount(() => { if (own.autofocus) input?.focus() })
  const field = <input type="text" {...rest} ref={input} class={`input${own.class ? ` ${own.class}` : ''}`} onInput={event => own.onValue?.(event.currentTarget.value)} />
  return <Show when={own.icon} fallback={field}>{name => <span class="input-wrap"><Icon name={name()} />{field}</span>}</Show>
}

/** A text area that grows with its text up to 60 % of the window. */
export function TextArea(props: { onValue?: (value: string) => void } & JSX.TextareaHTMLAttributes<HTMLTextAreaElement>): JSX.Element {
  const [own, rest] = splitProps(props, ['onValue', 'class'])
  let area: HTMLTextAreaElement | undefined
  const grows = CSS.supports('field-sizing', 'content')
  const fit = () => {
    if (grows || !area) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight + 2}px`
  }
  onMount(fit)
  return <textarea rows={3} {...rest} ref={area} class={`input input-area${own.class ? ` ${own.class}` : ''}`} onInput={event => { fit(); own.onValue?.(event.currentTarget.value) }} />
}
