// WhatsApp numbers and their business accounts, made when first seen.

import { objectAt, textAt, type Json } from '../json.ts'
import type { World } from '../world.ts'
import { demoTemplates, type Template } from './templates.ts'

export interface Account {
  phone_number_id: string
  waba_id: string
  /** Digits only, as in webhooks' metadata. */
  display_phone_number: string
  verified_name: string
  quality_rating: 'GREEN' | 'YELLOW' | 'RED'
  /** True once a caller named the WABA; until then `waba_id` is invented. */
  linked: boolean
  /** The token that was seen last: it ties a number to the WABA asked for with the same one. */
  token?: string
  app_secret?: string
  webhook?: { url: string; verify_token: string }
}

export interface Waba {
  waba_id: string
  name: string
  subscribed: boolean
  token?: string
  webhook?: { url: string; verify_token: string }
  templates: Template[]
}

export const findAccount = (world: World, id: string): Account | undefined => {
  const row = world.store.first<{ body: string }>('SELECT body FROM accounts WHERE phone_number_id = ?', id)
  return row && JSON.parse(row.body)
}

export const findWaba = (world: World, id: string): Waba | undefined => {
  const row = world.store.first<{ body: string }>('SELECT body FROM wabas WHERE waba_id = ?', id)
  return row && JSON.parse(row.body)
}

export const listAccounts = (world: World): Account[] =>
  world.store.all<{ body: string }>('SELECT body FROM accounts ORDER BY phone_number_id').map(row => JSON.parse(row.body))

/** The number with this id; invented on first sight, tied to the WABA last asked for with the same token. */
export function ensureAccount(world: World, id: string, token?: string): Account {
  const known = findAccount(world, id)
  if (known) {
    if (token && known.token !== token) saveAccount(world, { ...known, token })
    return token ? { ...known, token } : known
  }
  const waba = token ? unnumberedWaba(world, token) : undefined
  const account: Account = {
    phone_number_id: id,
    waba_id: waba ?? `9${id}`.slice(0, 20),
    display_phone_number: `1555${id.slice(-7).padStart(7, '0')}`,
    verified_name: 'Studio One Dance',
    quality_rating: 'GREEN',
    linked: waba !== undefined,
    token,
  }
  saveAccount(world, account)
  ensureWaba(world, account.waba_id)
  return account
}

/** The WABA with this id; numbers seen with the same token and no WABA of their own become its numbers. */
export function ensureWaba(world: World, id: string, token?: string): Waba {
  const waba: Waba = findWaba(world, id) ?? { waba_id: id, name: 'Studio One', subscribed: false, templates: demoTemplates() }
  saveWaba(world, token ? { ...waba, token } : waba)
  if (token) {
    for (const account of listAccounts(world)) {
      if (!account.linked && account.token === token) saveAccount(world, { ...account, waba_id: id, linked: true })
    }
  }
  return waba
}

export function saveAccount(world: World, account: Account): void {
  world.store.run('INSERT INTO accounts (phone_number_id, waba_id, body) VALUES (?, ?, ?) ON CONFLICT (phone_number_id) DO UPDATE SET waba_id = excluded.waba_id, body = excluded.body',
    account.phone_number_id, account.waba_id, JSON.stringify(account))
}

export function saveWaba(world: World, waba: Waba): void {
  world.store.run('INSERT INTO wabas (waba_id, body) VALUES (?, ?) ON CONFLICT (waba_id) DO UPDATE SET body = excluded.body', waba.waba_id, JSON.stringify(waba))
}

/** Applies what the control API sends to a number: any of its fields, and `webhook: {url, verify_token} | null`. */
export function changeAccount(world: World, id: string, change: Json): Account {
  const account = ensureAccount(world, id)
  const webhook = objectAt(change, 'webhook')
  const next: Account = {
    ...account,
    waba_id: textAt(change, 'waba_id') ?? account.waba_id,
    linked: account.linked || textAt(change, 'waba_id') !== undefined,
    display_phone_number: (textAt(change, 'display_phone_number') ?? account.display_phone_number).replace(/\D/g, ''),
    verified_name: textAt(change, 'verified_name') ?? account.verified_name,
    quality_rating: (textAt(change, 'quality_rating') as Account['quality_rating'] | undefined) ?? account.quality_rating,
    app_secret: 'app_secret' in change ? textAt(change, 'app_secret') : account.app_secret,
    webhook: textAt(webhook, 'url') ? { url: textAt(webhook, 'url') ?? '', verify_token: textAt(webhook, 'verify_token') ?? '' } : change.webhook === null ? undefined : account.webhook,
  }
  saveAccount(world, next)
  ensureWaba(world, next.waba_id)
  return next
}

function unnumberedWaba(world: World, token: string): string | undefined {
  const wabas = world.store.all<{ body: string }>('SELECT body FROM wabas WHERE waba_id NOT IN (SELECT waba_id FROM accounts)')
  return wabas.map((row): Waba => JSON.parse(row.body)).find(waba => waba.token === token)?.waba_id
}
