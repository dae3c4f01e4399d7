// Tickets of the live line: claims signed by us, so that the upgrade believes them; they never reach a log.
import { now as clock } from '../platform/clock.ts'
import { sameText } from '../platform/digest.ts'
import type { Config } from '../platform/env.ts'
import { fromBase64Url, toBase64Url } from '../platform/ids.ts'

/** Who asked for a socket; `ticket` is its one-use number. */
export interface TicketClaims { studioId: string; sessionId: string; memberId: string; ticket: string; ticketExpiresAt: number }

export async function sealTicket(config: Config, claims: TicketClaims): Promise<string> {
  const body = toBase64Url(new TextEncoder().encode(JSON.stringify(claims)))
  return `${body}.${await sign(config, body)}`
}

/** Null for a ticket that we did not sign or that has run out. */
export async function openTicket(config: Config, ticket: string): Promise<TicketClaims | null> {
  const [, body, mark] = /^([\w-]+)\.([\w-]+)$/.exec(ticket) ?? []
  if (body === undefined || mark === undefined || !(await sameText(mark, await sign(config, body)))) return null
  const claims = JSON.parse(new TextDecoder().decode(fromBase64Url(body))) as TicketClaims
  return claims.ticketExpiresAt > clock() ? claims : null
}

async function sign(config: Config, body: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(`live|${config.JWT_SECRET}`), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(body))))
}
