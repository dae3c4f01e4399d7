// What stands where nothing is yet: a small drawing, what this place is for, and the one next step.
import { Show, type JSX } from 'solid-js'
import { Drawing, type DrawingName } from './drawing.tsx'
import './empty-state.css'
import { Slot } from './slot.tsx'

/** `children` are the next step's buttons. */
export function EmptyState(props: { drawing?: DrawingName; title: string; text?: JSX.Element; children?: JSX.Element; small?: boolean; /** The page’s own heading, when there is no other. */ page?: boolean }): JSX.Element {
  return (
    <div class="empty" classList={{ 'empty-small': props.small }}>
      <Drawing name={props.drawing ?? 'stage'} />
      <Show when={props.page} fallback={<h2>{props.title}</h2>}><h1>{props.title}</h1></Show>
      <Slot of={props.text}>{text => <p>{text()}</p>}</Slot>
      <Slot of={props.children}>{children => <div class="row empty-actions">{children()}</div>}</Slot>
    </div>
  )
}
