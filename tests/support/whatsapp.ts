// Plays Meta: a connected number in a studio, signed webhooks for it, and a Graph API that says yes.
import { reserveRoutes } from '../../src/db/directory/channel-routes.ts'
import { openStudio } from '../../src/db/open-studio.ts'
import { insert } from '../../src/db/statement.ts'
import { sealCredentials } from '../../src/domain/integrations/account.ts'
import { integrations } from '../../src/domain/integrations/integrations.sql.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { newId } from '../../src/platform/ids.ts'
import { ask } from './api.ts'
import type { Reply } from './api.ts'

export interface Number_ { integrationId: string; phone: string; waba: string; secret: string; verifyToken: string }

const digits = (): string => Array.from(crypto.getRandomValues(new Uint8Array(14)), byte => byte % 10).join('')

/** `routed`: false leaves the number out of the directory, so that another studio may hold it. */
export async function connectNumber(env: Bindings, studioId: string, own: Partial<Number_> & { routed?: boolean } = {}): Promise<Number_> {
  const scope = await openStudio(env, studioId, { kind: 'system' })
  const number = { integrationId: own.integrationId ?? newId('integration'), phone: own.phone ?? `1${digits()}`, waba: own.waba ?? `2${digits()}`, secret: own.secret ?? `secret-${crypto.randomUUID()}`, verifyToken: own.verifyToken ?? crypto.randomUUID() }
  const credentials = await sealCredentials(scope, number.integrationId, { phone_number_id: number.phone, waba_id: number.waba, access_token: `token-of-${number.phone}`, app_secret: number.secret }, field => field === 'access_token' || field === 'app_secret')
  await scope.db.commit([insert(integrations, { id: number.integrationId, channelType: 'whatsapp', name: 'Front desk', externalId: number.phone, isActive: true, credentials, verifyToken: number.verifyToken, health: '{"state":"ok"}', details: null, createdAt: scope.now, disconnectedAt: null })])
  if (own.routed !== false) await reserveRoutes(env, 'whatsapp', [`phone:${number.phone}`, `waba:${number.waba}`].map(account => ({ account, studioId, integrationId: number.integrationId })), Date.now())
  return number
}

export async function sign(body: string, secret: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(body)))
  return `sha256=${[...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')}`
}

/** Delivers a body to the webhook of one integration, signed with its secret. */
export async function deliver(env: Bindings, number: Number_, body: string, headers?: Record<string, string>): Promise<Reply> {
  return ask('POST', `/api/integrations/webhook/whatsapp/${number.integrationId}`, { env, raw: body, headers: headers ?? { 'content-type': 'application/json', 'x-hub-signature-256': await sign(body, number.secret) } })
}

type Part = Record<string, unknown>

/** A webhook body of one number: `messages`, `statuses`, `contacts` as Meta writes them, or those of another field. */
export function envelope(number: Pick<Number_, 'phone' | 'waba'>, value: { messages?: Part[]; statuses?: Part[]; contacts?: Part[]; state_sync?: Part[] }, field = 'messages'): string {
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: number.waba, changes: [{ field, value: { messaging_product: 'whatsapp', metadata: { display_phone_number: '15550100001', phone_number_id: number.phone }, ...value } }] }] })
}

export function textMessage(id: string, from: string, body: string, at = Date.now()): Part {
  return { from, id, timestamp: String(Math.floor(at / 1000)), type: 'text', text: { body } }
}

export function textBody(number: Pick<Number_, 'phone' | 'waba'>, id: string, from: string, body: string, name = 'Mia Tanner'): string {
  return envelope(number, { contacts: [{ profile: { name }, wa_id: from }], messages: [textMessage(id, from, body)] })
}

let sent = 0
/** Answers every call to Meta with success; returns what was asked of it. Put `fetch` back with vi.unstubAllGlobals(). */
export function graphThatAgrees(): { calls: { method: string; url: string; body: string }[]; fetch: typeof fetch } {
  const calls: { method: string; url: string; body: string }[] = []
  const answer = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    calls.push({ method: request.method, url: request.url, body: request.method === 'GET' ? '' : await request.text() })
    if (request.method === 'POST' && request.url.includes('/messages')) return Response.json({ messaging_product: 'whatsapp', contacts: [], messages: [{ id: `wamid.sent${(sent += 1)}` }] })
    const id = new URL(request.url).pathname.split('/').at(-1)
    // Every account has the one number that the samples connect.
    if (id === 'phone_numbers') return Response.json({ data: [{ id: '100000000000009' }] })
    return Response.json({ success: true, data: [], id, verified_name: 'Studio', display_phone_number: '+1 555 010 0001', quality_rating: 'GREEN', status: 'CONNECTED' })
  }
  return { calls, fetch: answer as typeof fetch }
}
