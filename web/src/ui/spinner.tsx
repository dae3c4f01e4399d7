// A turning ring for work under way; say in words what is awaited where there is room.
import type { JSX } from 'solid-js'
import './spinner.css'

/** Decorative unless `label` names what is loading. */
export function Spinner(props: { size?: 'sm' | 'md'; label?: string }): JSX.Element {
  return <span class={`spinner spinner-${props.size ?? 'md'}`} role={props.label ? 'status' : undefined} aria-label={props.label} aria-hidden={props.label ? undefined : 'true'} />
}
