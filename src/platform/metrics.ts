// Counters and histograms of this isolate, read by /metrics; figures only, labels never name a studio or a person.

type Labels = Record<string, string>
const counters = new Map<string, number>()
interface Histogram { buckets: number[]; count: number; sum: number }
const histograms = new Map<string, Histogram>()
/** Upper bounds in seconds. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function count(name: string, labels: Labels = {}, by = 1): void {
  const key = series(name, labels)
  counters.set(key, (counters.get(key) ?? 0) + by)
}

/** Records a duration in seconds. */
export function observe(name: string, seconds: number, labels: Labels = {}): void {
  const key = series(name, labels)
  const histogram = histograms.get(key) ?? { buckets: bounds.map(() => 0), count: 0, sum: 0 }
  const index = bounds.findIndex(bound => seconds <= bound)
  if (index >= 0) histogram.buckets[index] = (histogram.buckets[index] ?? 0) + 1
  histogram.count += 1
  histogram.sum += seconds
  histograms.set(key, histogram)
}

/** Prometheus text format 0.0.4. */
export function metricsText(): string {
  const lines: string[] = []
  for (const [key, value] of [...counters].sort()) lines.push(`${key} ${value}`)
  for (const [key, histogram] of [...histograms].sort()) {
    const [name = key, rest = ''] = splitSeries(key)
    let running = 0
    bounds.forEach((bound, i) => {
      running += histogram.buckets[i] ?? 0
      lines.push(`${name}_bucket{${rest}${rest === '' ? '' : ','}le="${bound}"} ${running}`)
    })
    lines.push(`${name}_bucket{${rest}${rest === '' ? '' : ','}le="+Inf"} ${histogram.count}`)
    const braces = rest === '' ? '' : `{${rest}}`
    lines.push(`${name}_sum${braces} ${histogram.sum}`, `${name}_count${braces} ${histogram.count}`)
  }
  return `${lines.join('\n')}\n`
}

export function metricsJson(): Record<string, number | { count: number; sum: number }> {
  return Object.fromEntries([...counters, ...[...histograms].map(([key, { count: n, sum }]) => [key, { count: n, sum }] as const)])
}

/** Spelling a series out costs more than counting it: the names of few labels are kept. */
const spelled = new Map<string, string>()
const spelledAtMost = 2_000

function series(name: string, labels: Labels): string {
  let short = name
  for (const key in labels) short += `|${labels[key]}`
  let full = spelled.get(short)
  if (full === undefined) {
    full = spell(name, labels)
    if (spelled.size < spelledAtMost) spelled.set(short, full)
  }
  return full
}

function spell(name: string, labels: Labels): string {
  const inner = Object.entries(labels).map(([key, value]) => `${key}="${value.replace(/[\\"\n]/g, '_')}"`).join(',')
  return inner === '' ? name : `${name}{${inner}}`
}

function splitSeries(key: string): [string, string] {
  const brace = key.indexOf('{')
  return brace < 0 ? [key, ''] : [key.slice(0, brace), key.slice(brace + 1, -1)]
}
