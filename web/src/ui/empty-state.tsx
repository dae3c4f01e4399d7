// What stands where nothing is yet: a small drawing, what this place is for, and the one next step.
import { Show, type JSX } from 'solid-js'
import { Drawing, type DrawingName } from './drawing.tsx'
import './empty-state.css'

/** `children` are the next step's buttons. */
export function EmptyState(props: { drawing?: DrawingName; title: string; text?: JSX.Element; children?: JSX.Element; small?: boolean; /** The page’s own heading, when there is no other. */ page?: boolean }): JSX.Element {
  return (
    <div class="empty" classList={{ 'empty-small': props.small }}>
      <Drawing name={props.drawing ?? 'stage'} />
      <Show when={props.page} fallback={<h2>{props.title}</h2>}><h1>{props.title}</h1></Show>
      <Show when={props.text}><p>{props.text}</p></Show>
      <Show when={props.children}><div class="row empty-actions">{props.children}</div></Show>
    </div>
  )
}
