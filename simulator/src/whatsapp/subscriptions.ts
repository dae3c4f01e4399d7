// Subscribing to webhooks, with the handshake Meta does before it believes a callback address.

import { textAt, type Json } from '../json.ts'
import type { World } from '../world.ts'
import { saveAccount, saveWaba, type Account, type Waba } from './accounts.ts'
import { callProduct } from './delivery.ts'
import { GraphError } from './errors.ts'

/** Takes `override_callback_uri` and `verify_token`, tries the address, and remembers it. An empty address removes the override. */
export async function subscribe(world: World, owner: Waba | Account, change: Json): Promise<{ success: true }> {
  const url = textAt(change, 'override_callback_uri')
  const verifyToken = textAt(change, 'verify_token')
  if (url && !verifyToken) throw new GraphError(100, undefined, { message: '(#100) verify_token is required when override_callback_uri is given' })
  if (url && verifyToken) {
    const result = await handshake(world, url, verifyToken)
    if (!result.ok) throw new GraphError(2200, undefined, { status: 400, message: `(#2200) Callback verification failed with the following errors: HTTP Status Code = ${result.status}; ${result.why}` })
  }
  const webhook = url && verifyToken ? { url, verify_token: verifyToken } : undefined
  if ('phone_number_id' in owner) saveAccount(world, { ...owner, webhook })
  else saveWaba(world, { ...owner, subscribed: true, webhook })
  return { success: true }
}

/** GET with `hub.challenge`; the answer must be 200 and the challenge, byte for byte. */
export async function handshake(world: World, url: string, verifyToken: string): Promise<{ ok: boolean; status: number; why: string }> {
  const challenge = `0${Math.floor(Math.random() * 1e12)}`
  const target = new URL(url)
  target.searchParams.set('hub.mode', 'subscribe')
  target.searchParams.set('hub.challenge', challenge)
  target.searchParams.set('hub.verify_token', verifyToken)
  try {
    const answer = await callProduct(world, target.href, { headers: { 'user-agent': 'facebookplatform/1.0 (+http://developers.facebook.com)' } })
    const text = await answer.text()
    const ok = answer.status === 200 && text === challenge
    return { ok, status: answer.status, why: ok ? '' : answer.status === 200 ? 'the challenge came back changed' : text.slice(0, 200) }
  } catch (error) {
    return { ok: false, status: 0, why: String(error) }
  }
}
