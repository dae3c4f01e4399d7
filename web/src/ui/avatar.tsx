// A person's initials on a colour that is always the same for the same id.
import type { JSX } from 'solid-js'
import './avatar.css'

/** Decorative: the name stands beside it. `id` picks one of eight colours. */
export function Avatar(props: { id: string; name: string; size?: 'xs' | 'sm' | 'md' | 'lg' }): JSX.Element {
  return <span class={`avatar avatar-${props.size ?? 'md'} avatar-hue-${hue(props.id)}`} aria-hidden="true">{initials(props.name)}</span>
}

/** First letters of the first and last word, at most two; digits of a bare phone number become "#". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(word => /\p{L}/u.test(word))
  const letter = (word: string | undefined) => [...(word ?? '')].find(char => /\p{L}/u.test(char))?.toUpperCase() ?? ''
  if (words.length === 0) return '#'
  return letter(words[0]) + (words.length > 1 ? letter(words.at(-1)) : '')
}

function hue(id: string): number {
  let sum = 0
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) >>> 0
  return sum % 8
}
