// Grey shapes where content will stand, so that nothing jumps when it comes.
import { For, type JSX } from 'solid-js'
import './skeleton.css'

/** `lines` bars of text, or one block of a kind; announced once as loading. */
export function Skeleton(props: { lines?: number; kind?: 'text' | 'rows' | 'card'; label?: string }): JSX.Element {
  return (
    <div class={`skeleton skeleton-${props.kind ?? 'text'}`} role="status">
      <span class="visually-hidden">{props.label ?? 'Loading'}</span>
      <For each={Array.from({ length: props.lines ?? 3 })}>{() => <i aria-hidden="true" />}</For>
    </div>
  )
}
