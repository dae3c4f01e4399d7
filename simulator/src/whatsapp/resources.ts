// Graph's reading side: numbers and templates, with fields and cursors.

import type { Json } from '../json.ts'
import type { Account, Waba } from './accounts.ts'

/** `GET /{phone_number_id}`; `fields` picks, the id is always there. */
export function describeNumber(account: Account, fields?: string): Json {
  const all: Json = {
    verified_name: account.verified_name, code_verification_status: 'VERIFIED', display_phone_number: `+${account.display_phone_number}`,
    quality_rating: account.quality_rating, platform_type: 'CLOUD_API', throughput: { level: 'STANDARD' }, name_status: 'APPROVED', status: 'CONNECTED',
    messaging_limit_tier: 'TIER_1K', whatsapp_business_manager_messaging_limit: 'TIER_1K', is_official_business_account: false, account_mode: 'LIVE', health_status: { can_send_message: 'AVAILABLE', entities: [] },
    webhook_configuration: account.webhook ? { phone_number: account.webhook.url } : {}, id: account.phone_number_id,
  }
  if (!fields) return all
  const asked = fields.split(',').map(field => field.trim())
  return Object.fromEntries(Object.entries(all).filter(([key]) => key === 'id' || asked.includes(key)))
}

/** `GET /{waba}/message_templates`, filtered by name, status or language. */
export function listTemplates(waba: Waba, query: Record<string, string>, url: string): Json {
  const rows = waba.templates.filter(template =>
    (!query.name || template.name.includes(query.name)) && (!query.status || template.status === query.status) && (!query.language || template.language === query.language))
  return page(rows.map(row => ({ ...row })), query, url)
}

/** Graph's cursor paging: `limit` (default 25) and `after`. */
export function page(rows: Json[], query: Record<string, string>, url: string): Json {
  const limit = Math.min(Math.max(Number(query.limit) || 25, 1), 1000)
  const start = query.after ? Number(atob(query.after)) || 0 : 0
  const slice = rows.slice(start, start + limit)
  const after = btoa(String(start + slice.length))
  if (slice.length === 0) return { data: [] }
  const next = new URL(url)
  next.searchParams.set('after', after)
  return { data: slice, paging: { cursors: { before: btoa(String(start)), after }, ...(start + slice.length < rows.length ? { next: next.href } : {}) } }
}
