// Around every request: its own id, the headers of the answer, one log line and one count.
import type { Context, Next } from 'hono'
import { now } from '../../platform/clock.ts'
import { readConfig } from '../../platform/env.ts'
import type { Config } from '../../platform/env.ts'
import { newId } from '../../platform/ids.ts'
import { log } from '../../platform/log.ts'
import { count, observe } from '../../platform/metrics.ts'
import { failure } from '../envelope.ts'
import type { AppEnv } from '../mount.ts'
import type { Call } from '../route.ts'
import { withAnswerHeaders } from './answer-headers.ts'
import { clientAddress, limitHeaders } from './limits.ts'
import { requirePlainRequest } from './plain-path.ts'

export async function exchange(c: Context<AppEnv>, next: Next): Promise<void> {
  const call = callOf(c)
  const begun = performance.now()
  c.set('call', call)
  try {
    requirePlainRequest(call.request)
    await next()
  } catch (error) {
    c.res = failure(call.requestId, error)
  }
  const verdict = c.get('verdict')
  const response = withAnswerHeaders(c.res, call.request, call.requestId, headers => {
    if (verdict !== undefined) limitHeaders(verdict, headers)
  })
  if (response !== c.res) {
    c.res = undefined // else Hono copies the old headers over the new ones
    c.res = response
  }
  record(c, call, performance.now() - begun)
}

/** The route's pattern, never the path: paths hold ids. */
function record(c: Context<AppEnv>, call: Call, ms: number): void {
  const { method } = call.request
  const route = c.get('route') ?? 'none'
  const known = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].includes(method) ? method : 'other'
  count('http_requests_total', { method: known, route, status: String(c.res.status) })
  observe('http_request_duration_seconds', ms / 1000, { route })
  log('info', 'http.request', { request_id: call.requestId, method: known, route, status: c.res.status, ms: Math.round(ms) })
}

/** Settings are read when they are first needed: probes answer without them. */
function callOf(c: Context<AppEnv>): Call {
  const request = c.req.raw
  const env = c.env
  return {
    env,
    get config(): Config {
      return readConfig(env)
    },
    request,
    requestId: newId('request'),
    now: now(),
    get address() {
      return clientAddress(request, readConfig(env))
    },
    waitUntil: promise => c.executionCtx.waitUntil(promise),
  }
}
