// The dials of the simulated world, changed with PATCH /simulator/api/settings.

import type { Store } from './store.ts'

export interface Settings {
  /** Milliseconds between accepted, sent, delivered and read: a uniform draw between the two. */
  status_delay_ms: [number, number]
  /** Milliseconds before webhook tries 2, 3, … after an answer other than 200. */
  webhook_retry_ms: number[]
  /** How long a media URL works. Meta: five minutes. */
  media_url_ms: number
  /** How a free-form message outside the 24-hour window is refused. */
  window_error: 'status' | 'http'
  /** Every customer reads at once, as if each had the chat open. */
  auto_read: boolean
  /** Only accounts whose WABA was subscribed get webhooks, as at Meta. */
  require_subscription: boolean
  /** Most sends per second and number, then 130429; 0: no limit. Meta: 80. */
  throughput_per_second: number
  /** Most sends to one customer within 6 s, then 131056; 0: no limit. Meta: 45. */
  pair_burst: number
  /** Milliseconds before each model answer, and between two pieces of a streamed one. */
  openai_delay_ms: number
  openai_chunk_delay_ms: number
}

export const defaults: Settings = {
  status_delay_ms: [150, 900],
  webhook_retry_ms: [1_000, 5_000, 15_000, 60_000, 300_000],
  media_url_ms: 300_000,
  window_error: 'status',
  auto_read: false,
  require_subscription: false,
  throughput_per_second: 0,
  pair_burst: 0,
  openai_delay_ms: 120,
  openai_chunk_delay_ms: 8,
}

export function readSettings(store: Store): Settings {
  const row = store.first<{ value: string }>(`SELECT value FROM settings WHERE key = 'world'`)
  const saved: Partial<Settings> = row ? JSON.parse(row.value) : {}
  return { ...defaults, ...saved }
}

/** Merges `change` (unknown keys are ignored) and answers the whole. */
export function changeSettings(store: Store, change: Record<string, unknown>): Settings {
  const known = Object.fromEntries(Object.entries(change).filter(([key]) => key in defaults))
  const next = { ...readSettings(store), ...known }
  store.run(`INSERT INTO settings (key, value) VALUES ('world', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, JSON.stringify(next))
  return next
}
