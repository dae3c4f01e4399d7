// A panel on the page: a titled group of facts or fields.
import { createUniqueId, Show, type JSX } from 'solid-js'
import './card.css'
import { Slot } from './slot.tsx'

/** With a `title` it is a region of that name; `aside` stands at the title's right, `footer` at the bottom. */
export function Card(props: { title?: string; text?: JSX.Element; aside?: JSX.Element; footer?: JSX.Element; class?: string; children?: JSX.Element }): JSX.Element {
  const id = createUniqueId()
  return (
    <section class={`card${props.class ? ` ${props.class}` : ''}`} aria-labelledby={props.title ? id : undefined}>
      <Show when={props.title}>
        <header class="card-head">
          <div><h2 id={id}>{props.title}</h2><Slot of={props.text}>{text => <p class="muted">{text()}</p>}</Slot></div>
          <Slot of={props.aside}>{aside => <div class="row">{aside()}</div>}</Slot>
        </header>
      </Show>
      <Slot of={props.children}>{children => <div class="card-body">{children()}</div>}</Slot>
      <Slot of={props.footer}>{footer => <footer class="card-foot">{footer()}</footer>}</Slot>
    </section>
  )
}
