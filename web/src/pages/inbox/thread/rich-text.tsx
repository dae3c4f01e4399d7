// A message's words: links open in a new tab without telling where from, chat marks are drawn, nothing is ever HTML.
import { For, Match, Switch, type JSX } from 'solid-js'
import { piecesOf } from '../../../lib/rich-text.ts'

export function RichText(props: { text: string }): JSX.Element {
  return (
    <For each={piecesOf(props.text)}>{piece => (
      <Switch fallback={piece.text}>
        <Match when={piece.kind === 'link' && piece}>{link => <a class="link" href={link().href} target="_blank" rel="noopener noreferrer nofollow">{link().text}</a>}</Match>
        <Match when={piece.kind === 'bold'}><strong>{piece.text}</strong></Match>
        <Match when={piece.kind === 'italic'}><em>{piece.text}</em></Match>
        <Match when={piece.kind === 'strike'}><s>{piece.text}</s></Match>
        <Match when={piece.kind === 'code'}><code>{piece.text}</code></Match>
      </Switch>
    )}</For>
  )
}
