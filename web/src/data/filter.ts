// What a list of conversations shows and in which order; the browser decides it for live rows just as the server does for pages.
import type { Conversation } from '../../../src/contract/inbox.ts'
import type { ChannelType } from '../../../src/contract/channel.ts'
import type { Head } from './facts.ts'

export interface Filter {
  status: 'open' | 'snoozed' | 'closed' | 'all'
  channel?: ChannelType
  assignee?: string
  label?: string
  unread?: boolean
  sort: 'newest' | 'oldest' | 'waiting'
}

export const openNewest: Filter = { status: 'open', sort: 'newest' }

export function matches(filter: Filter, head: Head, me: string): boolean {
  if (filter.status !== 'all' && head.status !== filter.status) return false
  if (filter.channel && head.channel !== filter.channel) return false
  if (filter.label && !head.labels.includes(filter.label)) return false
  if (filter.unread && head.unread_count === 0) return false
  if (filter.sort === 'waiting' && head.waiting_since === null) return false
  if (filter.assignee === 'none') return head.assignee_id === null
  if (filter.assignee === 'me') return head.assignee_id === me
  return !filter.assignee || head.assignee_id === filter.assignee
}

export function orderOf(filter: Filter): 'ascending' | 'descending' {
  return filter.sort === 'newest' ? 'descending' : 'ascending'
}

export function keyFor(filter: Filter, head: Pick<Conversation, 'last_message_at' | 'waiting_since'>): string {
  return filter.sort === 'waiting' ? head.waiting_since ?? '9999' : head.last_message_at
}

/** As `conversationQuery` wants it. */
export function queryFor(filter: Filter): Record<string, string | undefined> {
  return { status: filter.status, channel: filter.channel, assignee: filter.assignee, label: filter.label, unread: filter.unread ? 'true' : undefined, sort: filter.sort }
}

/** The filter that a page address names; what it cannot name is left at its default. */
export function filterFrom(params: Record<string, string | string[] | undefined>): Filter {
  const one = (name: string) => (typeof params[name] === 'string' ? params[name] as string : undefined)
  const status = one('status')
  const sort = one('sort')
  return {
    status: status === 'snoozed' || status === 'closed' || status === 'all' ? status : 'open',
    channel: one('channel') as ChannelType | undefined,
    assignee: one('assignee'),
    label: one('label'),
    unread: one('unread') === 'true' || undefined,
    sort: sort === 'oldest' || sort === 'waiting' ? sort : 'newest',
  }
}
