// What stands where nothing is yet: a small drawing, what this place is for, and the one next step.
import { Show, type JSX } from 'solid-js'
import { Drawing, type DrawingName } from './drawing.tsx'
import './empty-state.css'

/** `children` are the next step's buttons. */
export function EmptyState(props: { drawing?: DrawingName; title: string; text?: JSX.Element; children?: JSX.Element; small?: boolean }): JSX.Element {
  return (
    <div class="empty" classList={{ 'empty-small': props.small }}>
      <Drawing name={props.drawing ?? 'stage'} />
      <h2>{props.title}</h2>
      <Show when={props.text}><p>{props.text}</p></Show>
      <Show when={props.children}><div class="row empty-actions">{props.children}</div></Show>
    </div>
  )
}
