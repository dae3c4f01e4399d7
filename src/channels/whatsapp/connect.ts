// Connects a number: checks every credential on its own, so that the form can say which one is wrong, then subscribes.
import type { ChannelAccount, ConnectOutcome } from '../../contract/channel.ts'
import { toHex } from '../../platform/digest.ts'
import type { ChannelContext } from '../channel.ts'
import { callGraph, pageThrough, type GraphFailure } from '../meta/graph.ts'
import { object, text } from '../meta/loose.ts'
import { credentials as schema } from './credentials.ts'
import { reasonOf } from './errors.ts'
import { healthOf, numberFields } from './health.ts'

/** The route `waba:` may be held by another number of the same WhatsApp account. */
export function accountOf(given: Record<string, string>): { externalId: string; routes: string[] } {
  const { phone_number_id: phone = '', waba_id: waba = '' } = given
  return { externalId: phone, routes: [`phone:${phone}`, `waba:${waba}`] }
}

interface Webhook { url: string; verifyToken: string }
type Refusal = Extract<ConnectOutcome, { ok: false }>

/** See `Channel.connect`. The webhook must answer its handshake already: Meta calls it during the last step. */
export async function connect(given: Record<string, string>, webhook: Webhook, context: ChannelContext): Promise<ConnectOutcome> {
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return { ok: false, field: issue?.path.join('.') || undefined, reason: issue?.message ?? 'The credentials are not complete.' }
  }
  const { phone_number_id: phoneId, waba_id: waba, access_token: token, app_secret: secret } = parsed.data
  const query: Record<string, string> = { fields: numberFields }
  // Graph checks the proof when one is given, which is the only way to learn that an app secret is wrong.
  if (secret !== undefined) query.appsecret_proof = await proofOf(token, secret)
  const number = await callGraph({ path: phoneId, query, token }, context)
  if (number.end !== 'answer') return refusal(number, 'phone_number_id', 'This phone number ID does not exist, or the access token may not see it.')
  const members = await pageThrough({ path: `${waba}/phone_numbers`, query: { fields: 'id' }, token }, context)
  if ('failed' in members) return refusal(members.failed, 'waba_id', 'This WhatsApp Business account does not exist, or the access token may not see it.')
  if (!members.items.some(one => text(object(one)?.id) === phoneId)) return { ok: false, field: 'waba_id', reason: 'The phone number does not belong to this WhatsApp Business account.' }
  const subscribed = await pointTo(webhook, waba, token, context)
  if (subscribed.end !== 'answer') return refusal(subscribed, undefined, 'WhatsApp could not reach the webhook address, or the access token lacks whatsapp_business_management.')
  const shown = text(number.body.display_phone_number) ?? phoneId
  const verified = text(number.body.verified_name)
  return {
    ok: true, ...accountOf(parsed.data), name: verified === undefined ? shown : `${verified} (${shown})`,
    details: { waba_id: waba, display_phone_number: shown, verified_name: verified }, health: healthOf(number.body, context.now),
  }
}

/** Sends the events of the whole WhatsApp account to this address from now on. */
export async function subscribe(account: ChannelAccount, webhook: Webhook, context: ChannelContext): Promise<boolean> {
  return (await pointTo(webhook, account.credentials.waba_id ?? '', account.credentials.access_token ?? '', context)).end === 'answer'
}

function pointTo(webhook: Webhook, waba: string, token: string, context: ChannelContext) {
  return callGraph({ method: 'POST', path: `${encodeURIComponent(waba)}/subscribed_apps`, token, json: { override_callback_uri: webhook.url, verify_token: webhook.verifyToken } }, context)
}

/** Ends the subscription of the app to the whole WhatsApp account: not to be called while another number of it is connected. */
export async function disconnect(account: ChannelAccount, context: ChannelContext): Promise<void> {
  await callGraph({ method: 'DELETE', path: `${encodeURIComponent(account.credentials.waba_id ?? '')}/subscribed_apps`, token: account.credentials.access_token ?? '' }, context)
}

function refusal(result: GraphFailure, field: string | undefined, otherwise: string): Refusal {
  if (result.end === 'refused') return { ok: false, field, reason: otherwise }
  if (result.end !== 'error') return { ok: false, reason: `WhatsApp could not be asked: ${result.reason}. Try again.` }
  const words = reasonOf(result.error)
  const code = Number(text(result.error.code) ?? NaN)
  if (/appsecret_proof/i.test(words)) return { ok: false, field: 'app_secret', reason: 'The app secret does not belong to the app of this access token.' }
  if (code === 190 || code === 0 || result.status === 401) return { ok: false, field: 'access_token', reason: `The access token is not valid: ${words}` }
  if (code === 3 || code === 10 || (code >= 200 && code <= 299)) return { ok: false, field: 'access_token', reason: `The access token lacks a permission: ${words}` }
  if (code === 100) return { ok: false, field, reason: `${otherwise} (${words})` }
  return { ok: false, reason: `WhatsApp refused: ${words}` }
}

/** HMAC-SHA256 of the access token under the app secret, hex (Graph API, "Securing requests"). */
async function proofOf(token: string, secret: string): Promise<string> {
  const encoder = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(token))))
}
