// A panel on the page: a titled group of facts or fields.
import { createUniqueId, Show, type JSX } from 'solid-js'
import './card.css'

/** With a `title` it is a region of that name; `aside` stands at the title's right, `footer` at the bottom. */
export function Card(props: { title?: string; text?: JSX.Element; aside?: JSX.Element; footer?: JSX.Element; class?: string; children?: JSX.Element }): JSX.Element {
  const id = createUniqueId()
  return (
    <section class={`card${props.class ? ` ${props.class}` : ''}`} aria-labelledby={props.title ? id : undefined}>
      <Show when={props.title}>
        <header class="card-head">
          <div><h2 id={id}>{props.title}</h2><Show when={props.text}><p class="muted">{props.text}</p></Show></div>
          <Show when={props.aside}><div class="row">{props.aside}</div></Show>
        </header>
      </Show>
      <Show when={props.children}><div class="card-body">{props.children}</div></Show>
      <Show when={props.footer}><footer class="card-foot">{props.footer}</footer></Show>
    </section>
  )
}
