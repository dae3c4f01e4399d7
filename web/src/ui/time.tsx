// A moment as people say it ("5 min ago", "Tue 14:03"), with the exact time in its title.
import { createSignal, type JSX } from 'solid-js'

const [minute, setMinute] = createSignal(Date.now())
setInterval(() => setMinute(Date.now()), 30_000)
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const dayOnly = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

/** `at` is ISO 8601; `only` shows the date or the exact time instead of "5 min ago". */
export function Time(props: { at: string; only?: 'date' | 'exact' }): JSX.Element {
  const words = () => {
    const date = new Date(props.at)
    if (Number.isNaN(date.getTime())) return props.at
    return props.only === 'date' ? dayOnly.format(date) : props.only === 'exact' ? exact.format(date) : ago(date, minute())
  }
  return <time dateTime={props.at} title={safeExact(props.at)}>{words()}</time>
}

function ago(date: Date, now: number): string {
  const seconds = (date.getTime() - now) / 1000
  const size = Math.abs(seconds)
  if (size < 45) return 'just now'
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour')
  if (size < 7 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day')
  return dayOnly.format(date)
}

function safeExact(at: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? at : exact.format(date)
}
