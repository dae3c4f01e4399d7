// Times as the inbox says them, in the reader's own language and zone.

const clockFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const secondsFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const weekdayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const longWeekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' })
const dayFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const fullDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' })
const exactFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const dayMs = 86_400_000

type Moment = string | number

export const clock = (at: Moment) => clockFormat.format(new Date(at))
export const clockWithSeconds = (at: Moment) => secondsFormat.format(new Date(at))
export const exact = (at: Moment) => exactFormat.format(new Date(at))

/** "14:03" today, "Tue" within a week, "3 Nov" before. */
export function listTime(at: Moment, now: number): string {
  const days = daysBetween(at, now)
  if (days <= 0) return clock(at)
  return days < 7 ? weekdayFormat.format(new Date(at)) : dayFormat.format(new Date(at))
}

/** "Today", "Yesterday", "Tuesday", "3 November 2026". */
export function dayName(at: Moment, now: number): string {
  const days = daysBetween(at, now)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return days > 0 && days < 7 ? longWeekday.format(new Date(at)) : fullDay.format(new Date(at))
}

/** "Today 14:03", "Tomorrow 09:00", "Tue 09:00", "3 Nov 09:00": for what is still to come. */
export function comingTime(at: Moment, now: number): string {
  const days = -daysBetween(at, now)
  const day = days === 0 ? 'Today' : days === 1 ? 'Tomorrow' : days < 7 ? weekdayFormat.format(new Date(at)) : dayFormat.format(new Date(at))
  return `${day} ${clock(at)}`
}

/** A span as a running clock: "4:07" below an hour, then "2 h 13 m", then "3 d". */
export function runningSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`
  return `${Math.floor(minutes / 1440)} d`
}

/** The reader's local day, "2026-11-02". */
export function localDay(at: Moment): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}

/** Whole local days from `at` to `now`; 0: the same day. */
function daysBetween(at: Moment, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / dayMs)
}

function startOfDay(at: Moment): number {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
