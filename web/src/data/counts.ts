// The numbers beside the filters: asked from the server, moved by each event, and asked again when events were many.
import { createSignal } from 'solid-js'
import type { Counts } from '../../../src/contract/inbox.ts'
import { api } from './api.ts'
import type { Head } from './facts.ts'
import { onHead } from './store.ts'

const recountAfter = 6_000
const [current, setCurrent] = createSignal<Counts | null>(null)
let me = ''
let timer: ReturnType<typeof setTimeout> | undefined
let loading = false

export const counts = current

/** Asks for all numbers. A failure leaves the old ones and asks again later. */
export async function loadCounts(memberId: string): Promise<void> {
  me = memberId
  loading = true
  try {
    setCurrent(await api.get<Counts>('/api/conversations/counts'))
  } catch {
    recountSoon()
  } finally {
    loading = false
  }
}

/** What one conversation adds to the numbers. */
export function share(head: Head | undefined, member: string): Counts {
  const open = head?.status === 'open'
  const one = (yes: boolean | undefined) => (yes ? 1 : 0)
  return {
    open: one(open),
    mine: one(open && head?.assignee_id === member),
    unassigned: one(open && head?.assignee_id === null),
    unread: one(open && (head?.unread_count ?? 0) > 0),
    waiting: one(open && head?.waiting_since !== null),
    snoozed: one(head?.status === 'snoozed'),
    closed: one(head?.status === 'closed'),
    by_label: open ? Object.fromEntries(head!.labels.map(label => [label, 1])) : {},
    by_channel: open ? { [head!.channel]: 1 } : {},
  }
}

/** `counts` with one conversation's old share taken off and its new one put on. */
export function moved(counts: Counts, before: Head, after: Head, member: string): Counts {
  const minus = share(before, member)
  const plus = share(after, member)
  const sum = (total: Record<string, number>, off: Record<string, number>, on: Record<string, number>) => {
    const result = { ...total }
    for (const name of Object.keys(off)) result[name] = Math.max(0, (result[name] ?? 0) - off[name]!)
    for (const name of Object.keys(on)) result[name] = (result[name] ?? 0) + on[name]!
    return result
  }
  const plain = ['open', 'mine', 'unassigned', 'unread', 'waiting', 'snoozed', 'closed'] as const
  return {
    ...Object.fromEntries(plain.map(name => [name, Math.max(0, counts[name] - minus[name] + plus[name])])) as Pick<Counts, typeof plain[number]>,
    by_label: sum(counts.by_label, minus.by_label, plus.by_label),
    by_channel: sum(counts.by_channel, minus.by_channel, plus.by_channel),
  }
}

export function forgetCounts(): void {
  me = ''
  clearTimeout(timer)
  timer = undefined
  setCurrent(null)
}

function recountSoon(): void {
  timer ??= setTimeout(() => {
    timer = undefined
    if (me) void loadCounts(me)
  }, recountAfter)
}

onHead((_id, before, after) => {
  const known = current()
  if (!known || !me) return
  // a row seen for the first time may be new or merely newly loaded: only the server can tell
  if (!before || !after || before.read_seq === null || loading) return recountSoon()
  setCurrent(moved(known, before, after, me))
})
