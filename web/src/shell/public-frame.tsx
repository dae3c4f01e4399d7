// The frame of the pages before the login: the form at one side, the house's ribbon at the other.
import { A } from '@solidjs/router'
import { createEffect, Show, type JSX } from 'solid-js'
import { Ribbon } from './ribbon.tsx'
import '../ui/form-layout.css'
import './public-frame.css'
import { Slot } from '../ui/slot.tsx'

/** `footer` stands below the form: the way to the neighbouring page. */
export function PublicFrame(props: { title: string; text?: JSX.Element; footer?: JSX.Element; children: JSX.Element }): JSX.Element {
  createEffect(() => { document.title = `${props.title} · Studio OS` })
  return (
    <div class="public">
      <main class="public-main">
        <A href="/" class="public-mark"><img src="/favicon.svg" alt="" width="28" height="28" />Studio OS</A>
        <div class="public-form">
          <h1>{props.title}</h1>
          <Slot of={props.text}>{text => <p class="muted">{text()}</p>}</Slot>
          {props.children}
          <Slot of={props.footer}>{footer => <p class="public-foot">{footer()}</p>}</Slot>
        </div>
      </main>
      <div class="public-art" aria-hidden="true"><Ribbon /></div>
    </div>
  )
}
