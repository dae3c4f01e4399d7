// The live line: a ticket that opens one socket, and the upgrade that hands it to the studio's hub.
import { z } from 'zod'
import { ticket } from '../../contract/live.ts'
import { may } from '../../contract/policy.ts'
import { openDirectory } from '../../db/directory/directory.ts'
import { findStanding } from '../../db/directory/sessions.ts'
import { findPlace } from '../../db/open-studio.ts'
import { second } from '../../platform/clock.ts'
import { newSecret } from '../../platform/ids.ts'
import { Problem, forbidden, malformed, unauthenticated } from '../../platform/problem.ts'
import { askObject } from '../ask-object.ts'
import { openTicket, sealTicket } from '../live-ticket.ts'
import { openRoute, studioRoute } from '../route.ts'
import type { Route } from '../route.ts'
import type { LiveClaims } from '../../durable-objects/hub/socket-member.ts'

const ticketMs = 30 * second

export const routes: Route[] = [
  studioRoute({
    method: 'POST', path: '/api/live/ticket', summary: 'A ticket for one socket, good for 30 seconds', body: z.strictObject({}), answer: ticket, access: 'live.listen',
    async handle({ config, session, now }) {
      const claims = { studioId: session.studioId, sessionId: session.sessionId, memberId: session.memberId, ticket: newSecret(), ticketExpiresAt: now + ticketMs }
      return { data: { ticket: await sealTicket(config, claims) } }
    },
  }),
  openRoute({
    method: 'GET', path: '/api/live', summary: 'The socket: hello, then snapshot or replay, then changes', query: z.strictObject({ ticket: z.string().max(4096) }), answer: z.never(), access: 'open',
    async handle({ config, env, request, now }, { query }) {
      if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') throw malformed('This address answers sockets only.')
      const origin = request.headers.get('origin')
      if (origin !== config.PUBLIC_ORIGIN && origin !== new URL(request.url).origin) throw forbidden('Sockets are opened from our own pages.')
      const claim = await openTicket(config, query.ticket)
      // The ticket says who asked; whether and as whom they may listen is looked up now.
      const [place, standing] = claim === null ? [] : await Promise.all([findPlace(env, claim.studioId), findStanding(openDirectory(env), claim.sessionId, claim.studioId, now)])
      if (claim === null || place?.state !== 'active' || standing?.member_id !== claim.memberId || !may(standing.role, 'live.listen')) throw unauthenticated('This ticket does not open a socket.')
      const claims: LiveClaims = { ...claim, name: standing.name, role: standing.role, memberSince: standing.member_since, expiresAt: standing.expires_at, socketLimit: config.LIVE_SOCKETS_PER_MEMBER }
      const hub = env.STUDIO_HUB.get(env.STUDIO_HUB.idFromName(claims.studioId))
      const response = await askObject('hub', () => hub.fetch('https://hub/socket', { headers: { upgrade: 'websocket', 'x-live-claims': encodeURIComponent(JSON.stringify(claims)) } }))
      if (response.status === 401) throw unauthenticated('This ticket was used.')
      if (response.status === 429) throw new Problem('RATE_LIMITED', 'Too many open windows.', undefined, 30)
      return { response }
    },
  }),
]
