// The live line: a ticket that opens one socket, and the upgrade that hands it to the studio's hub.
import { z } from 'zod'
import { ticket } from '../../contract/live.ts'
import { findPlace } from '../../db/open-studio.ts'
import { second } from '../../platform/clock.ts'
import { newSecret } from '../../platform/ids.ts'
import { Problem, forbidden, malformed, unauthenticated } from '../../platform/problem.ts'
import { openTicket, sealTicket } from '../live-ticket.ts'
import { openRoute, studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

const ticketMs = 30 * second

export const routes: Route[] = [
  studioRoute({
    method: 'POST', path: '/api/live/ticket', summary: 'A ticket for one socket, good for 30 seconds', body: z.strictObject({}), answer: ticket, access: 'live.listen',
    async handle({ config, session, now }) {
      const claims = {
        studioId: session.studioId, sessionId: session.sessionId, memberId: session.memberId, name: session.name, role: session.role,
        ticket: newSecret(), ticketExpiresAt: now + ticketMs, expiresAt: session.expiresAt, socketLimit: config.LIVE_SOCKETS_PER_MEMBER,
      }
      return { data: { ticket: await sealTicket(config, claims) } }
    },
  }),
  openRoute({
    method: 'GET', path: '/api/live', summary: 'The socket: hello, then snapshot or replay, then changes', query: z.strictObject({ ticket: z.string().max(4096) }), answer: z.never(), access: 'open',
    async handle({ config, env, request }, { query }) {
      if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') throw malformed('This address answers sockets only.')
      const origin = request.headers.get('origin')
      if (origin !== config.PUBLIC_ORIGIN && origin !== new URL(request.url).origin) throw forbidden('Sockets are opened from our own pages.')
      const claims = await openTicket(config, query.ticket)
      if (claims === null || (await findPlace(env, claims.studioId))?.state !== 'active') throw unauthenticated('This ticket does not open a socket.')
      const hub = env.STUDIO_HUB.get(env.STUDIO_HUB.idFromName(claims.studioId))
      const response = await hub.fetch('https://hub/socket', { headers: { upgrade: 'websocket', 'x-live-claims': encodeURIComponent(JSON.stringify(claims)) } })
      if (response.status === 401) throw unauthenticated('This ticket was used.')
      if (response.status === 429) throw new Problem('RATE_LIMITED', 'Too many open windows.', undefined, 30)
      return { response }
    },
  }),
]
