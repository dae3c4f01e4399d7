// The first-reply clock: how long a person has been waiting for us, from calm over amber to red.
import { Show, type JSX } from 'solid-js'
import { nowBySecond } from '../../../lib/now.ts'
import { runningSpan } from '../../../lib/times.ts'
import { Icon } from '../../../ui/icon.tsx'

const amberAfter = 5 * 60_000
const redAfter = 15 * 60_000 // leads answered later than this rarely book: the house's own rule, not a provider's

/** `since` is ISO; nothing while nobody waits. */
export function WaitingClock(props: { since: string | null }): JSX.Element {
  const waited = () => Math.max(0, nowBySecond() - Date.parse(props.since ?? ''))
  const tone = () => (waited() >= redAfter ? 'bad' : waited() >= amberAfter ? 'warn' : 'calm')
  return (
    <Show when={props.since}>
      <span class={`waiting waiting-${tone()}`} data-tip="Waiting for our first reply">
        <Icon name="clock" size={16} /><span class="visually-hidden">Waiting for </span>{runningSpan(waited())}
      </span>
    </Show>
  )
}
