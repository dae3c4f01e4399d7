// What a suggestion stands on: a chip that shows the quoted words and the way to where they are written.
import { A } from '@solidjs/router'
import { createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import type { SuggestionSource } from '../../../../../src/contract/inbox.ts'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { place } from '../../../ui/place.ts'
import { jumpTo } from '../desk.ts'

const icons: Record<SuggestionSource['kind'], IconName> = { knowledge: 'book', live: 'clock', message: 'chat' }

export function SourceChip(props: { source: SuggestionSource; conversationId: string }): JSX.Element {
  const [open, setOpen] = createSignal(false)
  let button!: HTMLButtonElement
  let box!: HTMLDivElement
  const show = () => {
    setOpen(true)
    box.showPopover()
    place(box, button, 'top')
  }
  return (
    <>
      <button ref={button} type="button" class="source" aria-haspopup="dialog" aria-expanded={open()} onClick={show}><Icon name={icons[props.source.kind]} size={16} /><span class="truncate">{props.source.title}</span></button>
      <div ref={box} class="source-box" popover="auto" role="dialog" aria-label={`Source: ${props.source.title}`} on:toggle={(event: ToggleEvent) => setOpen(event.newState === 'open')}>
        <Show when={open()}>
          <strong>{props.source.title}</strong>
          <blockquote>{props.source.quote}</blockquote>
          <Switch>
            <Match when={props.source.kind === 'knowledge'}><A class="link" href={`/knowledge?entry=${encodeURIComponent(props.source.id)}`}>Open the entry</A></Match>
            <Match when={props.source.kind === 'message'}><button type="button" class="link" onClick={() => { box.hidePopover(); jumpTo({ conversationId: props.conversationId, messageId: props.source.id }) }}>Go to the message</button></Match>
            <Match when={props.source.kind === 'live'}><span class="faint">From your studio's live data</span></Match>
          </Switch>
        </Show>
      </div>
    </>
  )
}
