// A key of the keyboard, drawn.
import type { JSX } from 'solid-js'
import './kbd.css'

export function Kbd(props: { children: JSX.Element }): JSX.Element {
  return <kbd class="kbd">{props.children}</kbd>
}
