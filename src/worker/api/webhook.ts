// The addresses that providers call. Not guarded by a session: what they send proves itself by its signature.
import { z } from 'zod'
import { routesOf } from '../../db/directory/channel-routes.ts'
import { notFound } from '../../platform/problem.ts'
import { readBytes } from '../read-input.ts'
import { openRoute } from '../route.ts'
import type { Call, Route } from '../route.ts'
import { handshakeTokens } from '../webhook-secrets.ts'
import { greetWebhook, takeWebhook } from '../webhooks.ts'

const maxBytes = 4 * 1024 * 1024
const provider = z.string().max(40)
const shared = z.object({ provider })
const single = z.object({ provider, integration: z.string().max(64) })

export const routes: Route[] = [
  openRoute({ method: 'POST', path: '/api/integrations/webhook/:provider', summary: 'Events of the platform app, routed by the account inside', params: shared, raw: { maxBytes }, answer: z.unknown(), access: 'open', handle: (call, { params }) => take(call, params.provider, null) }),
  openRoute({ method: 'POST', path: '/api/integrations/webhook/:provider/:integration', summary: 'Events of one integration', params: single, raw: { maxBytes }, answer: z.unknown(), access: 'open', handle: (call, { params }) => take(call, params.provider, params.integration) }),
  openRoute({ method: 'GET', path: '/api/integrations/webhook/:provider', summary: 'Handshake of the platform app', params: shared, query: z.looseObject({}), answer: z.unknown(), access: 'open', handle: async (call, { params }) => greet(call, params.provider, await handshakeTokens(call, undefined)) }),
  openRoute({
    method: 'GET', path: '/api/integrations/webhook/:provider/:integration', summary: 'Handshake of one integration', params: single, query: z.looseObject({}), answer: z.unknown(), access: 'open',
    async handle(call, { params }) {
      const [route] = await routesOf(call.env, params.provider, params.integration)
      if (route === undefined) throw notFound('webhook')
      return greet(call, params.provider, await handshakeTokens(call, route))
    },
  }),
]

async function take(call: Call, name: string, integration: string | null): Promise<{ response: Response }> {
  const answer = await takeWebhook(call, name, integration, await readBytes(call.request, maxBytes))
  return { response: new Response(answer.body, { status: answer.status, headers: { 'content-type': answer.type ?? 'text/plain; charset=utf-8' } }) }
}

async function greet(call: Call, name: string, tokens: string[]): Promise<{ response: Response }> {
  const answer = await greetWebhook(call, name, tokens)
  return { response: new Response(answer.body, { status: answer.status, headers: { 'content-type': 'text/plain; charset=utf-8' } }) }
}
