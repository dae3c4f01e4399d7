// What the WhatsApp tests share: fixtures as webhook requests, and a stand-in for the Graph API that counts calls.
import { readdirSync, readFileSync } from 'node:fs'
import type { ChannelContext, WebhookRequest } from '../../../../src/channels/channel.ts'
import { parcels } from '../../../../src/channels/whatsapp/parcels.ts'
import type { ChannelAccount, InboundEvent, OutboundMessage } from '../../../../src/contract/channel.ts'
import { makeSafeFetch } from '../../../../src/platform/safe-fetch.ts'

const folder = new URL('../../../fixtures/whatsapp/', import.meta.url)

export const fixtureNames = readdirSync(folder).filter(name => name.endsWith('.json')).map(name => name.slice(0, -5))

export function fixture(name: string): string {
  return readFileSync(new URL(`${name}.json`, folder), 'utf8')
}

export function request(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): WebhookRequest {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return { method: 'POST', url: 'https://studio.example/api/integrations/webhook/whatsapp', headers: new Headers(headers), body: bytes }
}

export function eventsOf(name: string): InboundEvent[] {
  return parcels(request(fixture(name))).flatMap(parcel => parcel.events)
}

export const account: ChannelAccount = {
  id: 'int_1', channel: 'whatsapp', externalId: '200000000000001',
  credentials: { phone_number_id: '200000000000001', waba_id: '300000000000001', access_token: 'EAAtestTokenTestTokenTestToken' },
}

export const hello: OutboundMessage = { id: 'msg_1', to: { keys: ['phone:+4915112345678'], phone: '+4915112345678' }, type: 'text', content: 'Hello' }

export interface Call { method: string; url: string; headers: Headers; body: string }

/** A context whose provider answers with `answers` in turn (the last one again and again); `calls` fills up. */
export function world(...answers: (Response | Error | (() => Response | Promise<Response>))[]): { context: ChannelContext; calls: Call[] } {
  const calls: Call[] = []
  const raw = async (url: string, init: RequestInit): Promise<Response> => {
    const answer = answers[Math.min(calls.length, answers.length - 1)]
    calls.push({ method: init.method ?? 'GET', url, headers: new Headers(init.headers), body: init.body ? await new Response(init.body).text() : '' })
    if (answer instanceof Error) throw answer
    return typeof answer === 'function' ? answer() : (answer ?? Response.json({})).clone()
  }
  const context = { fetch: makeSafeFetch(raw as typeof fetch), now: Date.UTC(2026, 10, 20), config: { META_GRAPH_URL: 'http://127.0.0.1:8787/simulator/graph/' } }
  return { context, calls }
}

export const graphError = (code: number, message = `(#${code}) no`, status = 400) => Response.json({ error: { message, type: 'OAuthException', code } }, { status })
export const accepted = (id = 'wamid.new', contact: object = { input: '+4915112345678', wa_id: '4915112345678' }) =>
  Response.json({ messaging_product: 'whatsapp', contacts: [contact], messages: [{ id }] })
