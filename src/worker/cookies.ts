// The two cookies of the web app: the access token and the refresh token.
import { accessTokenMs } from '../platform/token.ts'
import { sessionMs } from '../domain/members/enter.ts'

export type CookieName = 'session' | 'refresh'

/** Browsers keep `__Host-` cookies only from https; on http loopback the plain names serve development. */
export function cookieName(request: Request, name: CookieName): string {
  return isPlainLoopback(request) ? name : `__Host-${name}`
}

/** Null when absent, oversized, or sent twice: two cookies of one name mean that one was planted. */
export function readCookie(request: Request, name: CookieName): string | null {
  const header = request.headers.get('cookie')
  if (header === null || header.length > 16_384) return null
  const wanted = `${cookieName(request, name)}=`
  const found = header.split(';').map(part => part.trim()).filter(part => part.startsWith(wanted))
  return found.length === 1 ? (found[0]?.slice(wanted.length) ?? null) : null
}

/** Sets what is given; the refresh cookie is left alone when there is no new token. */
export function entryCookies(request: Request, accessToken: string, refreshToken: string | null, headers = new Headers()): Headers {
  headers.append('set-cookie', cookie(request, 'session', accessToken, accessTokenMs))
  if (refreshToken !== null) headers.append('set-cookie', cookie(request, 'refresh', refreshToken, sessionMs))
  return headers
}

export function clearedCookies(request: Request): Headers {
  const headers = new Headers()
  for (const name of ['session', 'refresh'] as const) headers.append('set-cookie', cookie(request, name, '', 0))
  return headers
}

function cookie(request: Request, name: CookieName, value: string, lifeMs: number): string {
  const site = name === 'session' ? 'Lax' : 'Strict'
  const secure = isPlainLoopback(request) ? '' : '; Secure'
  return `${cookieName(request, name)}=${value}; Path=/; HttpOnly${secure}; SameSite=${site}; Max-Age=${Math.floor(lifeMs / 1000)}`
}

function isPlainLoopback(request: Request): boolean {
  const { protocol, hostname } = new URL(request.url)
  return protocol === 'http:' && (hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname))
}
