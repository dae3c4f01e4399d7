// For those who run the product and those who build on it: liveness, readiness, figures, the API's own description.
import { z } from 'zod'
import { metricsJson, metricsText } from '../../platform/metrics.ts'
import { failure } from '../envelope.ts'
import { docsPage, docsStyle } from '../docs-page.ts'
import { openapi } from '../openapi.ts'
import { Problem } from '../../platform/problem.ts'
import { checkAll } from '../ready.ts'
import { openRoute } from '../route.ts'
import type { Route } from '../route.ts'

const checks = z.record(z.string(), z.string())

/** `table`: all routes, these among them; asked for when the description is. */
export const opsRoutes = (table: () => readonly Route[]): Route[] => [
  openRoute({ method: 'GET', path: '/api/health', summary: 'The process answers', answer: z.object({ status: z.literal('ok') }), access: 'open', handle: async () => ({ data: { status: 'ok' as const } }) }),
  openRoute({
    method: 'GET', path: '/api/ready', summary: 'Everything a request needs is there; 503 names what is not', answer: z.object({ status: z.literal('ready'), checks }), access: 'open',
    async handle(call) {
      const found = await checkAll(call.env)
      const failing = Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null))
      if (Object.keys(failing).length > 0) return { response: failure(call.requestId, new Problem('UNAVAILABLE', 'Not ready.', { checks: failing }, 10)) }
      return { data: { status: 'ready' as const, checks: Object.fromEntries(Object.keys(found).map(name => [name, 'ok'])) } }
    },
  }),
  openRoute({ method: 'GET', path: '/metrics', summary: 'Figures of this isolate, Prometheus text', answer: z.string(), access: 'open', handle: async () => ({ response: page(metricsText(), 'text/plain; version=0.0.4; charset=utf-8') }) }),
  openRoute({ method: 'GET', path: '/metrics.json', summary: 'Figures of this isolate, JSON', answer: z.record(z.string(), z.unknown()), access: 'open', handle: async () => ({ data: metricsJson() }) }),
  openRoute({
    method: 'GET', path: '/api/openapi.json', summary: 'This API as OpenAPI 3.1', answer: z.record(z.string(), z.unknown()), access: 'open',
    handle: async call => ({ response: page(JSON.stringify(openapi(table(), call.config.PUBLIC_ORIGIN)), 'application/json; charset=utf-8') }),
  }),
  openRoute({
    method: 'GET', path: '/api/docs', summary: 'This API as a page', answer: z.string(), access: 'open',
    handle: async call => ({ response: page(docsPage(openapi(table(), call.config.PUBLIC_ORIGIN)), 'text/html; charset=utf-8', "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'") }),
  }),
  openRoute({ method: 'GET', path: '/api/docs.css', summary: 'The look of that page', answer: z.string(), access: 'open', handle: async () => ({ response: page(docsStyle, 'text/css; charset=utf-8') }) }),
]

function page(text: string, type: string, policy?: string): Response {
  return new Response(text, { headers: { 'content-type': type, ...(policy === undefined ? {} : { 'content-security-policy': policy }) } })
}
