// Quick moments to come back to something, in the reader's local time.

export interface Later { label: string; at: number }

/** Moments after `now` (ms), soonest first: later today, tomorrow morning, next Monday. */
export function laterChoices(now: number): Later[] {
  const at = (days: number, hour: number) => {
    const date = new Date(now)
    date.setDate(date.getDate() + days)
    date.setHours(hour, 0, 0, 0)
    return date.getTime()
  }
  const untilMonday = (8 - new Date(now).getDay()) % 7 || 7
  const all: Later[] = [
    { label: 'In an hour', at: Math.ceil((now + 3_600_000) / 300_000) * 300_000 },
    { label: 'This evening', at: at(0, 18) },
    { label: 'Tomorrow morning', at: at(1, 9) },
    { label: 'Monday morning', at: at(untilMonday, 9) },
  ]
  return all.filter((each, i) => each.at > now + 60_000 && all.findIndex(other => other.at === each.at) === i).sort((a, b) => a.at - b.at)
}

/** A moment as a datetime-local field wants it. */
export function localInput(at: number): string {
  const date = new Date(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}
