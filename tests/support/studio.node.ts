// A studio as the outside knows it: its owner's session, its WhatsApp number and its customers.
import { createHmac, randomBytes } from 'node:crypto'
import type { Product } from './product.node.ts'
import type { Simulator } from './simulator.node.ts'

export interface Desk {
  studioId: string
  memberId: string
  token: string
  phoneNumberId: string
  integrationId: string
  webhookUrl: string
  /** Signs the webhooks of this studio and of no other. */
  secret: string
}

/** One call; throws with status and text unless it is 2xx. Answers the whole body. */
export async function call<T = any>(product: Product, method: string, path: string, { token, body }: { token?: string; body?: unknown } = {}): Promise<{ data: T; pagination?: { next_cursor: string | null; total: number } }> {
  const response = await fetch(product.origin + path, {
    method, signal: AbortSignal.timeout(30_000),
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${text.slice(0, 400)}`)
  return JSON.parse(text) as { data: T }
}

/** All rows of a list, page by page. */
export async function callAll<T>(product: Product, path: string, token: string): Promise<T[]> {
  const rows: T[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { data: T[]; pagination?: { next_cursor: string | null } } = await call<T[]>(product, 'GET', `${path}${cursor === '' ? '' : `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`}`, { token })
    rows.push(...page.data)
    cursor = page.pagination?.next_cursor ?? null
  }
  return rows
}

/** Signs up and connects a number whose webhooks carry a secret of its own. */
export async function openDesk(product: Product, simulator: Simulator, name: string): Promise<Desk> {
  const email = `${name}-${randomBytes(4).toString('hex')}@faults.example`
  const { data } = await call(product, 'POST', '/api/auth/register', { body: { studio_name: `Studio ${name}`, name: 'Robin Faults', email, password: 'correct horse battery', client: 'api' } })
  const phoneNumberId = digits(15)
  const wabaId = digits(15)
  const secret = randomBytes(16).toString('hex')
  await simulator.control('PUT', `whatsapp/${phoneNumberId}`, { waba_id: wabaId, app_secret: secret })
  const connected = await call(product, 'POST', '/api/integrations/connect/whatsapp', {
    token: data.access_token, body: { credentials: { phone_number_id: phoneNumberId, waba_id: wabaId, access_token: `sim-${name}-${phoneNumberId}`, app_secret: secret } },
  })
  return {
    studioId: data.studio.id, memberId: data.user.member_id, token: data.access_token, phoneNumberId, secret, integrationId: connected.data.id,
    webhookUrl: `${product.origin}/api/integrations/webhook/whatsapp/${connected.data.id}`,
  }
}

export interface Said { wamid: string; from: string; name: string; text: string }

/** One webhook body with texts of customers. */
export function webhookBody(desk: Desk, said: Said[], at: number): string {
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '102290129340398', changes: [{ field: 'messages', value: {
      messaging_product: 'whatsapp', metadata: { display_phone_number: '15550783881', phone_number_id: desk.phoneNumberId },
      contacts: [...new Map(said.map(one => [one.from, { profile: { name: one.name }, wa_id: one.from }])).values()],
      messages: said.map(one => ({ from: one.from, id: one.wamid, timestamp: String(Math.floor(at / 1000)), type: 'text', text: { body: one.text } })),
    } }] }],
  })
}

/** True when the product said 2xx and its answer was read to the end; anything else is "not acknowledged". */
export async function postWebhook(desk: Desk, body: string, timeoutMs = 20_000): Promise<boolean> {
  try {
    const response = await fetch(desk.webhookUrl, {
      method: 'POST', body, signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${createHmac('sha256', desk.secret).update(body).digest('hex')}` },
    })
    await response.text()
    if (response.status >= 400 && response.status < 500) throw new Refused(`a signed webhook was refused with ${response.status}`)
    return response.ok
  } catch (error) {
    if (error instanceof Refused) throw error
    return false // the connection broke: the sender cannot know, and sends again
  }
}

/** A provider drops what is refused with 4xx: a loss, not a fault to be retried. */
export class Refused extends Error {}

function digits(count: number): string {
  return `1${Array.from(randomBytes(count - 1), byte => byte % 10).join('')}`
}
