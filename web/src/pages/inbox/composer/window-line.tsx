// The reply window of chat channels: how long free words are still allowed, and what remains when it is over.
import { Match, Show, Switch, type JSX } from 'solid-js'
import { channelLabel, hasWindow, windowLength } from '../../../data/channels.ts'
import type { Head } from '../../../data/facts.ts'
import { nowBySecond } from '../../../lib/now.ts'
import { exact, runningSpan } from '../../../lib/times.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'

const amberBelow = 2 * 3_600_000
const redBelow = 30 * 60_000

export function WindowLine(props: { head: Head }): JSX.Element {
  const left = () => Date.parse(props.head.window_ends_at ?? '') - nowBySecond()
  const tone = () => (left() < redBelow ? 'bad' : left() < amberBelow ? 'warn' : 'calm')
  return (
    <Show when={hasWindow(props.head.channel) && props.head.window_ends_at && left() > 0}>
      <p class={`window-line window-${tone()}`} data-tip={`${channelLabel(props.head.channel)} takes free replies until ${exact(props.head.window_ends_at!)}`}>
        <Icon name="clock" size={16} /><span>Window <span class="window-left">{runningSpan(left())}</span></span>
      </p>
    </Show>
  )
}

/** Stands where the text field would be. */
export function ClosedWindow(props: { head: Head; onTemplate: () => void }): JSX.Element {
  const hours = () => windowLength(props.head.channel)
  return (
    <div class="composer-closed">
      <Icon name="clock" />
      <Switch>
        <Match when={props.head.channel === 'whatsapp'}>
          <p><strong>{props.head.last_inbound_at ? `More than ${hours()} hours since their last message.` : 'They have not written yet.'}</strong> WhatsApp now takes only an approved template; free replies open again when they answer.</p>
          <Button variant="primary" size="sm" icon="template" onClick={() => props.onTemplate()}>Choose a template</Button>
        </Match>
        <Match when={true}>
          <p><strong>{props.head.last_inbound_at ? `More than ${hours()} hours since their last message.` : 'They have not written yet.'}</strong> {channelLabel(props.head.channel)} takes no reply until they write again.</p>
        </Match>
      </Switch>
    </div>
  )
}
