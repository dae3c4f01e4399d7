// Turns the ids of a thread into the rows that are drawn: days, the unread line, messages, what still waits to be sent.
import { localDay } from '../../../lib/times.ts'

export interface Cuts {
  /** Messages after this seq were unread when the thread was opened; null: no line. */
  unreadAfter: number | null
  seqOf: (id: string) => number
  inboundOf: (id: string) => boolean
  /** ISO time of a message. */
  timeOf: (id: string) => string
}

const days = new Map<string, string>()

/** Keys: "top", "day:2026-11-02", "unread", and message ids. */
export function threadKeys(ids: readonly string[], waiting: readonly string[], cuts: Cuts): string[] {
  const keys = ['top']
  let day = ''
  let lined = cuts.unreadAfter === null
  for (const id of ids) {
    const today = dayOf(cuts.timeOf(id))
    if (today !== day) keys.push(`day:${today}`)
    day = today
    if (!lined && cuts.inboundOf(id) && cuts.seqOf(id) > cuts.unreadAfter!) {
      keys.push('unread')
      lined = true
    }
    keys.push(id)
  }
  const known = new Set(ids)
  return [...keys, ...waiting.filter(id => !known.has(id))]
}

/** The local day of an ISO time; remembered by minute, since a thread asks for thousands. */
function dayOf(at: string): string {
  const minute = at.slice(0, 16)
  let day = days.get(minute)
  if (day === undefined) {
    if (days.size > 20_000) days.clear()
    days.set(minute, day = localDay(at))
  }
  return day
}
