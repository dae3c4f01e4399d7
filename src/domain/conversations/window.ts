// The one place that says whether a free-form message may go out now.
import { windowEnd } from '../../contract/window.ts'
import type { ChannelType } from '../../contract/channel.ts'
import { iso } from '../../platform/clock.ts'
import { Problem } from '../../platform/problem.ts'

export interface WindowState { open: boolean; endsAt: string | null }

/** `lastInboundAt` and `at` in ms since epoch. A channel without a window is always open. */
export function windowAt(channel: ChannelType, lastInboundAt: number | null, at: number): WindowState {
  const end = windowEnd(channel, lastInboundAt)
  return end === null ? { open: true, endsAt: null } : { open: end > at, endsAt: end === 0 ? null : iso(end) }
}

/** Throws CONFLICT with what would help when the window is closed for a free-form message. */
export function requireWindow(channel: ChannelType, lastInboundAt: number | null, at: number): void {
  const state = windowAt(channel, lastInboundAt, at)
  if (!state.open) throw new Problem('CONFLICT', 'The time for free-form replies is over; send an approved template instead.', { reason: 'window_closed', window_ends_at: state.endsAt })
}
