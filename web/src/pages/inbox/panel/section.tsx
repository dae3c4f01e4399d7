// A titled part of the panel.
import { createUniqueId, type JSX } from 'solid-js'

export function Section(props: { title: string; aside?: JSX.Element; children: JSX.Element }): JSX.Element {
  const id = createUniqueId()
  return <section class="panel-section" aria-labelledby={id}><header><h3 id={id}>{props.title}</h3>{props.aside}</header>{props.children}</section>
}
