// Keeps other sites from writing with a visitor's cookies.
import { forbidden } from '../../platform/problem.ts'
import type { Call } from '../route.ts'

const safe = new Set(['GET', 'HEAD'])

/** For requests whose right comes from a cookie: they must prove that a page of ours sent them. */
export function requireOwnOrigin(call: Call): void {
  if (!safe.has(call.request.method) && !comesFromUs(call, false)) throw foreign()
}

/** For requests without a login: a browser that says it comes from elsewhere is refused; other clients say nothing. */
export function refuseForeignOrigin(call: Call): void {
  if (!safe.has(call.request.method) && !comesFromUs(call, true)) throw foreign()
}

function comesFromUs(call: Call, whenSilent: boolean): boolean {
  const origin = call.request.headers.get('origin')
  if (origin !== null) return origin === new URL(call.config.PUBLIC_ORIGIN).origin || origin === new URL(call.request.url).origin
  const site = call.request.headers.get('sec-fetch-site')
  return site === null ? whenSilent : site === 'same-origin' || (whenSilent && site === 'none')
}

function foreign() {
  return forbidden('Requests from other sites are refused.')
}
