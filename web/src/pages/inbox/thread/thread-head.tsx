// Above the thread: who this is, who looks at it, and what can be done with the conversation.
import { For, Show, type JSX } from 'solid-js'
import { channelIcon, channelLabel } from '../../../data/channels.ts'
import { assign, markUnread, setLabels, setStatus } from '../../../data/commands.ts'
import type { Head } from '../../../data/facts.ts'
import { memberName, members } from '../../../data/people.ts'
import { colleaguesAt } from '../../../data/presence.ts'
import { can } from '../../../data/session.ts'
import { labels } from '../../../data/store.ts'
import { laterChoices } from '../../../lib/later.ts'
import { nowByMinute } from '../../../lib/now.ts'
import { comingTime } from '../../../lib/times.ts'
import { toggled } from '../../../lib/toggled.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Menu, type MenuEntry } from '../../../ui/menu.tsx'
import { panelOpen, setPanelOpen, setPicker } from '../desk.ts'
import { LabelChip } from '../list/row.tsx'
import { WaitingClock } from '../list/waiting.tsx'
import './thread-head.css'

export function ThreadHead(props: { head: Head; me: string; onBack: () => void }): JSX.Element {
  const chosen = () => labels().filter(label => props.head.labels.includes(label.id))
  return (
    <header class="thread-head">
      <IconButton class="thread-back" icon="arrow-left" label="Back to the list" plainTip onClick={() => props.onBack()} />
      <Avatar id={props.head.contact.id} name={props.head.contact.name} size="sm" />
      <div class="thread-who">
        <h2 class="truncate">{props.head.contact.name}</h2>
        <p class="thread-sub">
          <span class="thread-channel"><Icon name={channelIcon(props.head.channel)} size={16} />{channelLabel(props.head.channel)}</span>
          <Show when={props.head.status !== 'open'}><span class="thread-state">{props.head.status === 'closed' ? 'Closed' : `Snoozed until ${props.head.snoozed_until ? comingTime(props.head.snoozed_until, nowByMinute()) : 'later'}`}</span></Show>
          <WaitingClock since={props.head.status === 'open' ? props.head.waiting_since : null} />
          <span class="thread-labels"><For each={chosen().slice(0, 3)}>{label => <LabelChip name={label.name} color={label.color} />}</For></span>
        </p>
      </div>
      <Colleagues id={props.head.id} me={props.me} />
      <div class="thread-tools">
        <Show when={can('conversations.write')}>
          <AssignMenu head={props.head} me={props.me} />
          <LabelMenu head={props.head} />
          <SnoozeMenu head={props.head} />
          <Show when={props.head.status !== 'closed'} fallback={<Button size="sm" icon="undo" onClick={() => void setStatus(props.head.id, 'open')}>Reopen</Button>}>
            <Button size="sm" icon="check" data-tip="Close" data-tip-keys="E" onClick={() => void setStatus(props.head.id, 'closed')}>Close</Button>
          </Show>
        </Show>
        <MoreMenu head={props.head} />
        <IconButton icon="info" label={panelOpen() ? 'Hide the person' : 'Show the person'} keys="I" size="sm" aria-pressed={panelOpen()} onClick={() => setPanelOpen(open => !open)} />
      </div>
    </header>
  )
}

function Colleagues(props: { id: string; me: string }): JSX.Element {
  const here = () => colleaguesAt(props.id, props.me)
  return (
    <Show when={here().length > 0}>
      <ul role="list" class="thread-colleagues" aria-label="Colleagues here"><For each={here().slice(0, 4)}>{who => (
        <li data-tip={`${who.name} ${who.answering ? 'is answering' : who.typing ? 'is typing' : 'is here'}`} classList={{ 'colleague-typing': who.typing || who.answering }}><Avatar id={who.member_id} name={who.name} size="xs" /><span class="visually-hidden">{who.name}{who.answering ? ' is answering' : who.typing ? ' is typing' : ' is here'}</span></li>
      )}</For></ul>
    </Show>
  )
}

function AssignMenu(props: { head: Head; me: string }): JSX.Element {
  const owner = () => memberName(props.head.assignee_id)
  const entries = (): MenuEntry[] => [
    { label: 'Nobody', checked: props.head.assignee_id === null, onSelect: () => void assign(props.head.id, null, null) },
    ...members().map((member): MenuEntry => ({ label: member.id === props.me ? `${member.name} (you)` : member.name, checked: props.head.assignee_id === member.id, onSelect: () => void assign(props.head.id, member.id, member.id === props.me ? 'you' : member.name) })),
  ]
  return (
    <Menu label="Assign to" side="bottom-end" entries={entries()} trigger={trigger => (
      <button type="button" class="btn btn-ghost btn-sm assign-button" {...trigger} data-tip="Assign" data-tip-keys="A" aria-label={owner() ? `Assigned to ${owner()}` : 'Assign'}>
        <Show when={owner()} fallback={<Icon name="user-plus" />}>{name => <Avatar id={props.head.assignee_id ?? ''} name={name()} size="xs" />}</Show>
        <span class="assign-name truncate">{owner() ?? 'Assign'}</span>
      </button>
    )} />
  )
}

function LabelMenu(props: { head: Head }): JSX.Element {
  const entries = (): MenuEntry[] => (labels().length === 0 ? [{ label: 'No labels yet', hint: 'Labels are made in the settings', disabled: true, onSelect: () => undefined }] : labels().map(label => ({
    label: label.name, checked: props.head.labels.includes(label.id),
    onSelect: () => void setLabels(props.head.id, toggled(props.head.labels, label.id)),
  })))
  return <Menu label="Labels" side="bottom-end" entries={entries()} trigger={trigger => <IconButton icon="tag" label="Labels" keys="L" size="sm" {...trigger} />} />
}

function SnoozeMenu(props: { head: Head }): JSX.Element {
  const entries = (): MenuEntry[] => [
    ...laterChoices(nowByMinute()).map((choice): MenuEntry => ({ label: choice.label, aside: comingTime(choice.at, nowByMinute()), onSelect: () => void setStatus(props.head.id, 'snoozed', new Date(choice.at).toISOString()) })),
    'line', { label: 'Choose a time…', onSelect: () => setPicker('snooze') },
    ...(props.head.status === 'snoozed' ? [{ label: 'Wake it now', icon: 'undo', onSelect: () => void setStatus(props.head.id, 'open') }] as MenuEntry[] : []),
  ]
  return <Menu label="Snooze until" side="bottom-end" entries={entries()} trigger={trigger => <IconButton icon="snooze" label="Snooze" keys="S" size="sm" {...trigger} />} />
}

/** What narrow screens hide, and what is rarely wanted. */
function MoreMenu(props: { head: Head }): JSX.Element {
  const entries = (): MenuEntry[] => [
    { label: 'Mark unread', icon: 'eye-off', aside: 'U', disabled: props.head.last_inbound_seq === 0, onSelect: () => void markUnread(props.head.id) },
    ...(can('conversations.write') ? [
      { label: 'Assign…', icon: 'user-plus', aside: 'A', onSelect: () => setPicker('assign') },
      { label: 'Labels…', icon: 'tag', aside: 'L', onSelect: () => setPicker('labels') },
      { label: 'Snooze…', icon: 'snooze', aside: 'S', onSelect: () => setPicker('snooze') },
    ] as MenuEntry[] : []),
    'line',
    { label: 'All commands', icon: 'key', aside: 'Ctrl K', onSelect: () => setPicker('palette') },
    { label: 'Keyboard', icon: 'info', aside: '?', onSelect: () => setPicker('help') },
  ]
  return <Menu label="More" side="bottom-end" entries={entries()} trigger={trigger => <IconButton icon="more" label="More" size="sm" {...trigger} />} />
}
