// Tickets of the live line: claims signed by us, so that the upgrade believes them; they never reach a log.
import { now as clock } from '../platform/clock.ts'
import type { Config } from '../platform/env.ts'
import { open, seal } from './sealed.ts'

/** Who asked for a socket; `ticket` is its one-use number. */
export interface TicketClaims { studioId: string; sessionId: string; memberId: string; ticket: string; ticketExpiresAt: number }

export function sealTicket(config: Config, claims: TicketClaims): Promise<string> {
  return seal({ config, purpose: 'live' }, claims)
}

/** Null for a ticket that we did not sign or that has run out. */
export async function openTicket(config: Config, ticket: string): Promise<TicketClaims | null> {
  const claims = (await open({ config, purpose: 'live' }, ticket))?.value as TicketClaims | undefined
  return claims !== undefined && claims.ticketExpiresAt > clock() ? claims : null
}
