// Trouble on demand: rules that match calls or webhooks and say what goes wrong, a counted number of times.

import { isObject, type Json } from './json.ts'
import type { Store } from './store.ts'

export interface FaultRule {
  /** All named fields must match; `path`, `to` and `text` match by substring. Provider `webhook` matches what the simulator sends out. */
  match?: { provider?: string; method?: string; path?: string; kind?: string; account?: string; to?: string; text?: string }
  /** Let this many matching calls pass first. */
  skip?: number
  /** How many calls it hits; null: until cleared. Default 1. */
  times?: number | null
  effect: FaultEffect
}

export interface FaultEffect {
  delay_ms?: number
  /** Refuse: the provider's error shape with this code. */
  error?: { code?: number | string; subcode?: number; type?: string; message?: string; details?: string }
  http_status?: number
  retry_after?: number
  /** Send exactly this body instead of an answer (with `http_status`). */
  body?: string
  /** Accept, then lose the answer: 500, a body cut off after a few bytes, or no answer for `delay_ms` (default 30 s). */
  drop?: '500' | 'cut' | 'hang'
  /** Accept with 200, then report status `failed` with this code. */
  fail_status?: number
  /** Each status webhook of this message is sent 1 + n times; on provider `webhook`: this one is. */
  duplicate?: number
  /** Statuses arrive in reverse order. */
  reorder?: boolean
  /** Keep the statuses back until POST …/release. */
  hold_statuses?: boolean
  /** On provider `webhook`: a wrong or missing signature. */
  signature?: 'bad' | 'none'
  /** On provider `webhook`: act as if it had been delivered (true) and never send it. */
  lose?: boolean
  /** OpenAI only. */
  openai?: 'refusal' | 'malformed' | 'stream_error' | 'stream_cut' | 'empty' | 'length'
}

export interface Call {
  provider: string
  method: string
  path: string
  kind?: string
  account?: string
  to?: string
  text?: string
}

/** Files rules and answers their numbers. */
export function addFaults(store: Store, rules: FaultRule[]): number[] {
  return rules.map(rule => {
    const times = rule.times === undefined ? 1 : rule.times
    const row = store.first<{ n: number }>('INSERT INTO faults (body, skip, remaining) VALUES (?, ?, ?) RETURNING n', JSON.stringify(rule), rule.skip ?? 0, times)
    return row?.n ?? 0
  })
}

export const listFaults = (store: Store): Json[] =>
  store.all<{ n: number; body: string; skip: number; remaining: number | null }>('SELECT * FROM faults ORDER BY n')
    .map(row => ({ ...JSON.parse(row.body), n: row.n, skip: row.skip, remaining: row.remaining }))

export const clearFaults = (store: Store): void => void store.run('DELETE FROM faults')

/** The effect of the first live rule that matches, counted down; an empty one when all is well. */
export function takeFault(store: Store, call: Call): FaultEffect {
  for (const row of store.all<{ n: number; body: string; skip: number }>('SELECT n, body, skip FROM faults WHERE remaining IS NULL OR remaining > 0 ORDER BY n')) {
    const rule: FaultRule = JSON.parse(row.body)
    if (!matches(rule.match ?? {}, call)) continue
    if (row.skip > 0) {
      store.run('UPDATE faults SET skip = skip - 1 WHERE n = ?', row.n)
      continue
    }
    store.run('UPDATE faults SET remaining = remaining - 1 WHERE n = ? AND remaining IS NOT NULL', row.n)
    return rule.effect
  }
  return {}
}

/** A rule as it may come from outside, or undefined. */
export function toRule(value: unknown): FaultRule | undefined {
  if (!isObject(value) || !isObject(value.effect)) return undefined
  return value as unknown as FaultRule
}

function matches(match: NonNullable<FaultRule['match']>, call: Call): boolean {
  const exact = (['provider', 'method', 'kind', 'account'] as const).every(key => match[key] === undefined || match[key] === call[key])
  // A rule that names no provider speaks of calls, not of the webhooks the simulator sends.
  if (match.provider === undefined && call.provider === 'webhook') return false
  return exact && (['path', 'to', 'text'] as const).every(key => match[key] === undefined || (call[key] ?? '').includes(match[key] ?? ''))
}
