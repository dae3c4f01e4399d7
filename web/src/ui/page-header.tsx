// The head of a page: its name, a sentence, its main actions.
import { createEffect, Show, type JSX } from 'solid-js'
import './page-header.css'
import { Slot } from './slot.tsx'

/** Sets the document's title too. */
export function PageHeader(props: { title: string; text?: JSX.Element; children?: JSX.Element }): JSX.Element {
  createEffect(() => { document.title = `${props.title} · Studio OS` })
  return (
    <header class="page-header">
      <div><h1 tabIndex={-1}>{props.title}</h1><Slot of={props.text}>{text => <p>{text()}</p>}</Slot></div>
      <Slot of={props.children}>{children => <div class="row">{children()}</div>}</Slot>
    </header>
  )
}
