// Puts the route table on Hono: every route goes through the same checks in the same order.
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { may } from '../contract/policy.ts'
import { openStudio } from '../db/open-studio.ts'
import type { Scope } from '../db/open-studio.ts'
import { forbidden, notFound, unauthenticated } from '../platform/problem.ts'
import type { Bindings } from '../platform/bindings.ts'
import { jsonResponse, successText } from './envelope.ts'
import { identify, openSession } from './middleware/authenticate.ts'
import type { Caller } from './middleware/authenticate.ts'
import { recordDenial } from './middleware/denials.ts'
import { takeRequest, tooMany } from './middleware/limits.ts'
import { once } from './middleware/once.ts'
import { refuseForeignOrigin, requireOwnOrigin } from './middleware/own-origin.ts'
import type { Verdict } from '../durable-objects/rate-limiter.ts'
import { readBody, readQuery } from './read-input.ts'
import { relay } from '../db/relay.ts'
import type { Answer, Call, OpenRoute, Route, RouteInput, StudioRoute } from './route.ts'
import type { Session } from './session.ts'
import { validate } from './validate.ts'

/** A route that wants no body still refuses one that says something. */
const noBody = z.strictObject({})

export interface AppEnv { Bindings: Bindings; Variables: { call: Call; route?: string; verdict?: Verdict } }
type AnyInput = RouteInput<any, any, any>
type Read = { input: AnyInput; text: string }

export function mount(app: Hono<AppEnv>, routes: readonly Route[]): void {
  for (const route of routes) {
    app.on(route.method, route.path, c => {
      c.set('route', route.path)
      return route.access === 'open' ? answerOpen(route, c) : answerStudio(route as StudioRoute<any, any, any, any>, c)
    })
  }
}

/** Counts the request; used for paths that do not exist too. Throws RATE_LIMITED. */
export async function countRequest(c: Context<AppEnv>, caller: Caller | null): Promise<void> {
  const verdict = await takeRequest(c.get('call'), caller)
  c.set('verdict', verdict)
  if (!verdict.allowed) throw tooMany(verdict)
}

/** Probes must answer when all else is closed; webhooks are many by nature and prove themselves by signature. */
function isUncounted(path: string): boolean {
  return path.startsWith('/api/integrations/webhook/') || ['/api/health', '/api/ready', '/metrics', '/metrics.json'].includes(path)
}

async function answerOpen(route: OpenRoute<any, any, any, any>, c: Context<AppEnv>): Promise<Response> {
  const call = c.get('call')
  if (!isUncounted(route.path)) await countRequest(c, null)
  if (route.raw === undefined && route.method !== 'GET') refuseForeignOrigin(call)
  const { input } = await readInput(route, c)
  return respond(call, route, await route.handle(call, input))
}

async function answerStudio(route: StudioRoute<any, any, any, any>, c: Context<AppEnv>): Promise<Response> {
  const { call, session } = await admit(route, c)
  const actor = { kind: 'member' as const, id: session.memberId, loginId: session.loginId, name: session.name, role: session.role, sessionId: session.sessionId }
  const scope = await openStudio(call.env, session.studioId, actor, { requestId: call.requestId, now: call.now })
  try {
    if (!may(session.role, route.access)) {
      await recordDenial(scope, route)
      throw forbidden('Your role does not allow this.', { permission: route.access })
    }
    const { input, text } = await readInput(route, c)
    const run = async (): Promise<Response> => respond(call, route, await route.handle({ ...call, session }, input, scope))
    return route.idempotent === true ? await once(scope, call.request, text, run) : await run()
  } finally {
    relayLater(call, scope)
  }
}

/** Counts and authenticates side by side: both ask other places. */
async function admit(route: Route, c: Context<AppEnv>): Promise<{ call: Call; session: Session }> {
  const call = c.get('call')
  const caller = await identify(call)
  const isWrite = route.method !== 'GET'
  const [counted, opened] = await Promise.allSettled([countRequest(c, caller), caller === null ? null : openSession(call, caller, isWrite)])
  if (counted.status === 'rejected') throw counted.reason
  if (opened.status === 'rejected') throw opened.reason
  const session = opened.value
  if (session === null) throw unauthenticated()
  if (session.byCookie) requireOwnOrigin(call)
  return { call, session }
}

async function readInput(route: Route, c: Context<AppEnv>): Promise<Read> {
  const { request } = c.get('call')
  const params = readParams(route, c.req.param() as Record<string, string>)
  const given = readQuery(new URL(request.url), route.query)
  const query = route.query === undefined ? undefined : validate(route.query, given)
  if (route.raw !== undefined || route.method === 'GET') return { input: { params, query, body: undefined }, text: '' }
  const { value, text } = await readBody(request, route.maxBytes)
  const body = validate(route.body ?? noBody, value)
  return { input: { params, query, body }, text }
}

/** An id of another shape is an id that does not exist: the same bytes as for any other. */
function readParams(route: Route, given: Record<string, string>): unknown {
  if (route.params === undefined) return undefined
  const result = route.params.safeParse(given)
  if (!result.success) throw notFound(nounOf(route.path))
  return result.data
}

function nounOf(path: string): string {
  const segment = path.split('/').at(path.split('/').findIndex(part => part.startsWith(':')) - 1) ?? 'thing'
  return segment.replace(/ies$/, 'y').replace(/s$/, '')
}

function respond(call: Call, route: Route, answer: Answer<unknown>): Response {
  if ('response' in answer) return answer.response
  return jsonResponse(successText(call.requestId, answer.data, answer.pagination), answer.status ?? route.status ?? 200, answer.headers)
}

/** Hands what was committed to hub and queues after the answer; a lost relay costs seconds, the sweeper finds it. */
export function relayLater(call: Pick<Call, 'env' | 'waitUntil'>, scope: Scope): void {
  const committed = scope.db.takeRelay()
  if (committed.changes.length > 0 || committed.jobs.length > 0) call.waitUntil(relay(call.env, scope.studio.id, committed))
}
