// One conversation in the list: who, what they last said, and what it needs.
import { For, Show, type JSX } from 'solid-js'
import { channelIcon, channelLabel } from '../../../data/channels.ts'
import type { Head } from '../../../data/facts.ts'
import { memberName } from '../../../data/people.ts'
import { answeringAt } from '../../../data/presence.ts'
import { headOf, labelOf } from '../../../data/store.ts'
import { nowByMinute } from '../../../lib/now.ts'
import { comingTime, listTime } from '../../../lib/times.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { CountBadge } from '../../../ui/badge.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { WaitingClock } from './waiting.tsx'

/** `at` is the row's position in the list, `me` the reader's member id. */
export function Row(props: { id: string; at: number; total: number; height: number; selected: boolean; me: string; onOpen: (id: string) => void }): JSX.Element {
  return (
    <Show when={headOf(props.id)}>{head => (
      <li class="conv-place" style={{ transform: `translateY(${props.at * props.height}px)` }} aria-setsize={props.total} aria-posinset={props.at + 1}>
        <a class="conv" classList={{ 'conv-selected': props.selected, 'conv-unread': head().unread_count > 0 }} href={`/inbox/${props.id}`} aria-current={props.selected ? 'true' : undefined}
          onClick={event => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) { event.preventDefault(); props.onOpen(props.id) } }}>
          <span class="conv-face">
            <Avatar id={head().contact.id} name={head().contact.name} />
            <span class={`conv-channel conv-channel-${head().channel}`}><Icon name={channelIcon(head().channel)} size={16} label={channelLabel(head().channel)} /></span>
          </span>
          <span class="conv-top">
            <span class="conv-name truncate">{head().contact.name}</span>
            <Show when={head().contact.lead_status !== 'NEW'}><span class={`heat heat-${head().contact.lead_status.toLowerCase()}`}>{head().contact.lead_status.toLowerCase()}</span></Show>
            <time class="conv-time" dateTime={head().last_message_at}>{listTime(head().last_message_at, nowByMinute())}</time>
          </span>
          <span class="conv-middle">
            <Preview head={head()} me={props.me} />
            <CountBadge count={head().unread_count} label="unread" />
          </span>
          <Below head={head()} />
        </a>
      </li>
    )}</Show>
  )
}

function Preview(props: { head: Head; me: string }): JSX.Element {
  const busy = () => answeringAt(props.head.id, props.me)
  return (
    <Show when={busy()} fallback={<span class="conv-preview truncate"><Show when={props.head.preview_direction === 'outbound'}><Icon name="reply" size={16} label="Us:" /></Show>{props.head.preview}</span>}>
      {who => <span class="conv-preview conv-busy truncate">{who().name} is answering</span>}
    </Show>
  )
}

function Below(props: { head: Head }): JSX.Element {
  const owner = () => memberName(props.head.assignee_id)
  return (
    <span class="conv-below">
      <WaitingClock since={props.head.status === 'open' ? props.head.waiting_since : null} />
      <Show when={props.head.status === 'snoozed' && props.head.snoozed_until}>{until => <span class="conv-snooze"><Icon name="snooze" size={16} />{comingTime(until(), nowByMinute())}</span>}</Show>
      <For each={props.head.labels.slice(0, 3)}>{id => <Show when={labelOf(id)}>{label => <LabelChip name={label().name} color={label().color} />}</Show>}</For>
      <Show when={props.head.labels.length > 3}><span class="faint">+{props.head.labels.length - 3}</span></Show>
      <Show when={owner()}>{name => <span class="conv-owner" data-tip={`Assigned to ${name()}`}><Avatar id={props.head.assignee_id ?? ''} name={name()} size="xs" /><span class="visually-hidden">Assigned to {name()}</span></span>}</Show>
    </span>
  )
}

/** A label's name with its colour as a dot, so that the words stay readable on every ground. */
export function LabelChip(props: { name: string; color: string }): JSX.Element {
  return <span class="label-chip"><i style={{ background: props.color }} aria-hidden="true" /><span class="truncate">{props.name}</span></span>
}
