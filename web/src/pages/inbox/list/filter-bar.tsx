// The head of the list: which conversations are shown, with counts, and every way to narrow them.
import { For, Show, type JSX } from 'solid-js'
import type { ChannelType } from '../../../../../src/contract/channel.ts'
import { channelIcon, channelLabel } from '../../../data/channels.ts'
import { counts } from '../../../data/counts.ts'
import type { Filter } from '../../../data/filter.ts'
import { members } from '../../../data/people.ts'
import { labels } from '../../../data/store.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Menu, type MenuEntry } from '../../../ui/menu.tsx'
import './filter-bar.css'

type Change = (change: Partial<Record<'status' | 'channel' | 'assignee' | 'label' | 'unread' | 'sort', string | null>>) => void

const statusNames = { open: 'Open', snoozed: 'Snoozed', closed: 'Closed', all: 'All' } as const
const sortNames = { newest: 'Newest first', oldest: 'Oldest first', waiting: 'Longest waiting' } as const

export function FilterBar(props: { filter: Filter; onChange: Change }): JSX.Element {
  return (
    <>
      <div class="filter-head">
        <StatusMenu filter={props.filter} onChange={props.onChange} />
        <SortMenu filter={props.filter} onChange={props.onChange} />
        <NarrowMenu filter={props.filter} onChange={props.onChange} />
      </div>
      <Chips filter={props.filter} onChange={props.onChange} />
      <Chosen filter={props.filter} onChange={props.onChange} />
    </>
  )
}

function StatusMenu(props: { filter: Filter; onChange: Change }): JSX.Element {
  const count = (status: Filter['status']) => (status === 'all' ? undefined : counts()?.[status])
  const entries = (): MenuEntry[] => (['open', 'snoozed', 'closed', 'all'] as const).map(status => ({
    label: statusNames[status], aside: count(status), checked: props.filter.status === status, onSelect: () => props.onChange({ status: status === 'open' ? null : status }),
  }))
  return (
    <Menu label="Which conversations" entries={entries()} trigger={trigger => (
      <button type="button" class="filter-title" {...trigger}>
        <h2>{statusNames[props.filter.status]}</h2>
        <Show when={count(props.filter.status) !== undefined}><span class="filter-count">{count(props.filter.status)}</span></Show>
        <Icon name="chevron-down" size={16} />
      </button>
    )} />
  )
}

function SortMenu(props: { filter: Filter; onChange: Change }): JSX.Element {
  const entries = (): MenuEntry[] => (['newest', 'oldest', 'waiting'] as const).map(sort => ({
    label: sortNames[sort], checked: props.filter.sort === sort, onSelect: () => props.onChange({ sort: sort === 'newest' ? null : sort }),
  }))
  return <Menu label="Order" side="bottom-end" entries={entries()} trigger={trigger => <IconButton icon="clock" label={`Order: ${sortNames[props.filter.sort]}`} size="sm" {...trigger} aria-pressed={props.filter.sort !== 'newest'} />} />
}

function NarrowMenu(props: { filter: Filter; onChange: Change }): JSX.Element {
  const entries = (): MenuEntry[] => {
    const channels = Object.entries(counts()?.by_channel ?? {}).sort((a, b) => b[1] - a[1])
    return [
      { heading: 'Channel' },
      ...channels.map(([channel, count]): MenuEntry => ({
        label: channelLabel(channel as ChannelType), icon: channelIcon(channel as ChannelType), aside: count, checked: props.filter.channel === channel,
        onSelect: () => props.onChange({ channel: props.filter.channel === channel ? null : channel }),
      })),
      ...(labels().length > 0 ? ['line', { heading: 'Label' }] as MenuEntry[] : []),
      ...labels().map((label): MenuEntry => ({
        label: label.name, aside: counts()?.by_label[label.id] ?? 0, checked: props.filter.label === label.id,
        onSelect: () => props.onChange({ label: props.filter.label === label.id ? null : label.id }),
      })),
      'line', { heading: 'Assigned to' },
      ...members().map((member): MenuEntry => ({
        label: member.name, checked: props.filter.assignee === member.id,
        onSelect: () => props.onChange({ assignee: props.filter.assignee === member.id ? null : member.id }),
      })),
    ]
  }
  return <Menu label="Narrow the list" side="bottom-end" entries={entries()} trigger={trigger => <IconButton icon="filter" label="Filter by channel, label or person" size="sm" {...trigger} aria-pressed={Boolean(props.filter.channel || props.filter.label)} />} />
}

function Chips(props: { filter: Filter; onChange: Change }): JSX.Element {
  const open = () => props.filter.status === 'open'
  const chips = [
    { name: 'All', on: () => !props.filter.assignee && !props.filter.unread, count: () => undefined, change: { assignee: null, unread: null } },
    { name: 'Mine', on: () => props.filter.assignee === 'me', count: () => counts()?.mine, change: { assignee: 'me' } },
    { name: 'Unassigned', on: () => props.filter.assignee === 'none', count: () => counts()?.unassigned, change: { assignee: 'none' } },
  ]
  return (
    <div class="chips" role="group" aria-label="Quick filters">
      <For each={chips}>{chip => (
        <button type="button" class="chip" aria-pressed={chip.on()} onClick={() => props.onChange(chip.change)}>{chip.name}<Show when={open() && chip.count() !== undefined}><span>{chip.count()}</span></Show></button>
      )}</For>
      <button type="button" class="chip" aria-pressed={props.filter.unread === true} onClick={() => props.onChange({ unread: props.filter.unread ? null : 'true' })}>Unread<Show when={open() && counts()}>{all => <span>{all().unread}</span>}</Show></button>
    </div>
  )
}

function Chosen(props: { filter: Filter; onChange: Change }): JSX.Element {
  const chosen = () => [
    props.filter.channel && { name: channelLabel(props.filter.channel), change: { channel: null } },
    props.filter.label && { name: labels().find(label => label.id === props.filter.label)?.name ?? 'Label', change: { label: null } },
    props.filter.assignee && !['me', 'none'].includes(props.filter.assignee) && { name: members().find(member => member.id === props.filter.assignee)?.name ?? 'Person', change: { assignee: null } },
    props.filter.sort !== 'newest' && { name: sortNames[props.filter.sort], change: { sort: null } },
  ].filter(each => each !== undefined && each !== false && each !== '')
  return (
    <Show when={chosen().length > 0}>
      <div class="chips chips-chosen" role="group" aria-label="Narrowed by">
        <For each={chosen()}>{each => <button type="button" class="chip chip-chosen" aria-label={`Remove filter ${each.name}`} onClick={() => props.onChange(each.change)}>{each.name}<Icon name="close" size={16} /></button>}</For>
      </div>
    </Show>
  )
}
