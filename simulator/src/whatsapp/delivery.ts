// Sending webhooks to the product: signed as Meta signs, tried again with growing pauses, troubled on demand.

import { takeFault } from '../faults.ts'
import { numberAt, textAt, type Json } from '../json.ts'
import { readSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { findAccount, findWaba, type Account } from './accounts.ts'
import { envelope, escapeAsMeta, signatures, type Change } from './webhook-body.ts'

export interface Delivery {
  /** HTTP status of the answer; 0: no answer; -1: not sent (not subscribed, or lost on demand). */
  status: number
  ms: number
  answer: string
}

const KEPT = 5_000
const TIMEOUT_MS = 20_000

/** Posts changes of one account in one body; later tries run from the alarm. */
export async function deliver(world: World, account: Account, changes: Change[], entries = false): Promise<Delivery> {
  if (readSettings(world.store).require_subscription && !findWaba(world, account.waba_id)?.subscribed) return { status: -1, ms: 0, answer: 'not subscribed' }
  const kind = changes[0]?.value.statuses ? 'statuses' : changes[0]?.field ?? 'messages'
  return deliverBody(world, account, kind, escapeAsMeta(envelope(account.waba_id, changes, entries)))
}

/** Posts a body given as text, byte for byte. */
export async function deliverBody(world: World, account: Account, kind: string, body: string, attempt = 1): Promise<Delivery> {
  const effect = takeFault(world.store, { provider: 'webhook', method: 'POST', path: '', kind, account: account.phone_number_id, text: body })
  if (effect.lose) return { status: -1, ms: 0, answer: 'lost on demand' }
  if (effect.delay_ms) {
    await world.timers.later(effect.delay_ms, 'whatsapp.webhook', { account: account.phone_number_id, kind, body, attempt })
    return { status: -1, ms: 0, answer: 'delayed on demand' }
  }
  for (let copy = 0; copy < (effect.duplicate ?? 0); copy++) await post(world, account, kind, body, attempt, effect.signature)
  const result = await post(world, account, kind, body, attempt, effect.signature)
  const pause = readSettings(world.store).webhook_retry_ms[attempt - 1]
  if (result.status !== 200 && pause !== undefined) {
    await world.timers.later(pause, 'whatsapp.webhook', { account: account.phone_number_id, kind, body, attempt: attempt + 1 })
  }
  return result
}

export function onWebhookTimer(world: World): void {
  world.timers.on('whatsapp.webhook', async timer => {
    const account = findAccount(world, textAt(timer, 'account') ?? '')
    if (account) await deliverBody(world, account, textAt(timer, 'kind') ?? '', textAt(timer, 'body') ?? '', numberAt(timer, 'attempt') ?? 1)
  })
}

/** The address a number's webhooks go to: its own override, else its WABA's, else the platform app's. */
export function webhookUrl(world: World, account: Account): string {
  const override = account.webhook ?? findWaba(world, account.waba_id)?.webhook
  return override?.url ?? `${world.env.PRODUCT_ORIGIN ?? 'http://product'}/api/integrations/webhook/whatsapp`
}

/** Reaches the product through its binding where there is one, and everything else over the network. */
export function callProduct(world: World, url: string, init: RequestInit): Promise<Response> {
  const target = new URL(url)
  const ours = target.pathname.startsWith('/api/integrations/') || target.origin === world.env.PRODUCT_ORIGIN
  const request = { ...init, redirect: 'manual' as const, signal: AbortSignal.timeout(TIMEOUT_MS) }
  return world.env.PRODUCT && ours ? world.env.PRODUCT.fetch(url, request) : fetch(url, request)
}

async function post(world: World, account: Account, kind: string, body: string, attempt: number, trouble?: 'bad' | 'none'): Promise<Delivery> {
  const url = webhookUrl(world, account)
  const secret = account.app_secret ?? world.env.META_APP_SECRET ?? ''
  // Without a secret there is nothing to sign with: the product must refuse, not the simulator fail.
  const signed = trouble === 'none' || secret === '' ? {} : await signatures(trouble === 'bad' ? `${secret}-wrong` : secret, body)
  const headers = { 'content-type': 'application/json', 'user-agent': 'facebookexternalua', accept: '*/*', ...signed }
  const start = Date.now()
  const result = await callProduct(world, url, { method: 'POST', headers, body })
    .then(async answer => ({ status: answer.status, answer: (await answer.text()).slice(0, 500) }))
    .catch((error: unknown) => ({ status: 0, answer: String(error) }))
  const delivery = { ...result, ms: Date.now() - start }
  record(world, kind, url, attempt, delivery, body)
  return delivery
}

function record(world: World, kind: string, url: string, attempt: number, delivery: Delivery, body: string): void {
  const row = world.store.first<{ n: number }>(
    'INSERT INTO webhooks (at, provider, kind, url, attempt, status, ms, body, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n',
    Date.now(), 'whatsapp', kind, url, attempt, delivery.status, delivery.ms, body.slice(0, 20_000), delivery.answer)
  if (row && row.n % 500 === 0) world.store.run('DELETE FROM webhooks WHERE n <= ?', row.n - KEPT)
}

export const metadata = (account: Account): Json => ({ display_phone_number: account.display_phone_number, phone_number_id: account.phone_number_id })
