// One bubble: quote, content, time, ticks, reactions, and the button that opens its actions.

import type { Bubble } from './api.ts'
import { content, preview, type Tap } from './content.ts'
import { el } from './dom.ts'
import { icon } from './icons.ts'

export function bubbleView(number: string, bubble: Bubble, quoted: Bubble | undefined, tap: Tap, actions: () => void): HTMLElement {
  const mine = bubble.direction === 'in'
  const reactions = [bubble.meta.reactions?.in, bubble.meta.reactions?.out].filter(Boolean).join(' ')
  const inside = bubble.meta.deleted ? [el('p', { class: 'odd' }, '🚫 Deleted for everyone')] : content(number, bubble.id, bubble.body, tap)
  return el('article', { class: `bubble ${mine ? 'mine' : 'theirs'} ${bubble.status === 'failed' ? 'failed' : ''} ${bubble.kind === 'sticker' ? 'bare' : ''}`, 'data-id': bubble.id },
    quoted ? el('blockquote', {}, preview(quoted.body)) : null,
    ...inside,
    bubble.status === 'failed' ? el('p', { class: 'odd' }, `Never arrived (error ${bubble.meta.error ?? ''})`) : null,
    el('footer', {}, bubble.meta.edited ? 'edited ' : null, clock(bubble.at), mine ? ticks(bubble.status) : null),
    reactions ? el('span', { class: 'reactions', 'aria-label': `Reactions ${reactions}` }, reactions) : null,
    bubble.meta.deleted ? null : el('button', { type: 'button', class: 'more', 'aria-label': `Actions for: ${preview(bubble.body)}`, on: { click: actions } }, icon('down')))
}

/** A message of the studio reaches the phone with `delivered`; one that failed is shown so that a tester sees it. */
export const isOnPhone = (bubble: Bubble): boolean =>
  bubble.kind !== 'reaction' && bubble.kind !== 'edit' && bubble.kind !== 'revoke' && bubble.kind !== 'system' && (bubble.direction === 'in' || !['accepted', 'sent'].includes(bubble.status))

const ticks = (status: string): Node => el('span', { class: `ticks ${status}`, role: 'img', 'aria-label': status === 'read' ? 'Read by the studio' : 'Delivered to the studio' }, '✓✓')

export const clock = (at: number): string => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
