// A modal dialog or a drawer from the side, on the platform's <dialog>: focus trap, Escape and inert page are the browser's.
import { createUniqueId, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { IconButton } from './button.tsx'
import './dialog.css'
import { Slot } from './slot.tsx'

interface ModalProps {
  open: boolean
  /** Called for Escape, the backdrop and the cross; the owner sets `open` to false. */
  onClose: () => void
  title: string
  description?: JSX.Element
  size?: 'sm' | 'md' | 'lg'
  /** Buttons at the bottom, the main one last. */
  footer?: JSX.Element
  /** Makes the whole dialog one form, so that a submit button of the footer belongs to it. */
  onSubmit?: (event: SubmitEvent) => void
  children?: JSX.Element
}

/** A box in the middle of the page; a sheet from below on a phone. */
export function Dialog(props: ModalProps): JSX.Element {
  return <Show when={props.open}><Modal {...props} kind="box" /></Show>
}

/** A panel from the right; the whole screen on a phone. */
export function Drawer(props: ModalProps): JSX.Element {
  return <Show when={props.open}><Modal {...props} kind="drawer" /></Show>
}

function Modal(props: ModalProps & { kind: 'box' | 'drawer' }): JSX.Element {
  const id = createUniqueId()
  let element!: HTMLDialogElement
  onMount(() => element.showModal())
  onCleanup(() => element.close()) // closing gives the focus back to where it was
  const cancel = (event: Event) => {
    if (event.target !== element) return
    event.preventDefault()
    props.onClose()
  }
  const backdrop = (event: MouseEvent) => { if (event.target === element) props.onClose() }
  const inner = () => (
    <>
      <header class="dialog-head">
        <div>
          <h2 id={`${id}-title`}>{props.title}</h2>
          <Slot of={props.description}>{description => <p id={`${id}-text`} class="muted">{description()}</p>}</Slot>
        </div>
        <IconButton icon="close" label="Close" size="sm" plainTip onClick={() => props.onClose()} />
      </header>
      <Slot of={props.children}>{children => <div class="dialog-body">{children()}</div>}</Slot>
      <Slot of={props.footer}>{footer => <footer class="dialog-foot">{footer()}</footer>}</Slot>
    </>
  )
  return (
    <dialog ref={element} class={`dialog dialog-${props.kind} dialog-${props.size ?? 'md'}`} aria-labelledby={`${id}-title`} aria-describedby={props.description ? `${id}-text` : undefined}
      on:cancel={cancel} on:mousedown={backdrop}>
      <Show when={props.onSubmit} fallback={<div class="dialog-inner">{inner()}</div>}>{submit => <form class="dialog-inner" onSubmit={event => submit()(event)}>{inner()}</form>}</Show>
    </dialog>
  )
}
