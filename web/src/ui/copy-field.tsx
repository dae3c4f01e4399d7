// Something to carry elsewhere: shown whole, copied by one button.
import { createSignal, type JSX } from 'solid-js'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { toast } from './toast.tsx'
import './copy-field.css'

/** A read-only value with its label and a copy button. */
export function CopyField(props: { label: string; value: string; hint?: string }): JSX.Element {
  const [copied, setCopied] = createSignal(false)
  let input: HTMLInputElement | undefined
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.value)
      setCopied(true)
      setTimeout(setCopied, 2000, false)
    } catch {
      input?.select() // clipboard refused: the marked text can be copied by hand
      toast({ text: 'Press Ctrl+C (⌘C) to copy the marked text' })
    }
  }
  return (
    <Field label={props.label} hint={props.hint}>{control => (
      <div class="copy-field">
        <input {...control} ref={input} class="input" readOnly value={props.value} onFocus={event => event.currentTarget.select()} />
        <Button icon={copied() ? 'check' : 'copy'} aria-label={`Copy ${props.label}`} onClick={copy}>{copied() ? 'Copied' : 'Copy'}</Button>
      </div>
    )}</Field>
  )
}
