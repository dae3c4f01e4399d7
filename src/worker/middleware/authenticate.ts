// Finds out who calls: the token from header or cookie, then the session and membership it stands on.
import { findStanding } from '../../db/directory/sessions.ts'
import { openDirectory } from '../../db/directory/directory.ts'
import { second } from '../../platform/clock.ts'
import { unauthenticated } from '../../platform/problem.ts'
import { verifyAccess } from '../../platform/token.ts'
import type { AccessClaims } from '../../platform/token.ts'
import { readCookie } from '../cookies.ts'
import type { Call } from '../route.ts'
import type { Session } from '../session.ts'

export interface Caller { claims: AccessClaims; byCookie: boolean }

/** Null for no token or a bad one. A header, even a bad one, is never made good by a cookie. */
export async function identify(call: Call): Promise<Caller | null> {
  const header = call.request.headers.get('authorization')
  const token = header === null ? readCookie(call.request, 'session') : (/^Bearer ([\w.-]+)$/i.exec(header)?.[1] ?? null)
  if (token === null) return null
  const claims = await verifyAccess(call.config, token, call.now)
  return claims === null ? null : { claims, byCookie: header === null }
}

/** For reads a session is trusted for this long; writes always ask. */
const trustMs = 10 * second
const trusted = new Map<string, { session: Session; until: number }>()

/** Throws UNAUTHENTICATED when the session ended or its membership is gone; the role is the one of now. */
export async function openSession(call: Call, caller: Caller, fresh: boolean): Promise<Session> {
  const { sid, std } = caller.claims
  const key = `${sid}|${std}`
  const known = trusted.get(key)
  if (!fresh && known !== undefined && known.until > call.now && known.until <= call.now + trustMs) return { ...known.session, byCookie: caller.byCookie }
  const standing = await findStanding(openDirectory(call.env), sid, std, call.now)
  if (standing === undefined || standing.login_id !== caller.claims.sub) {
    trusted.delete(key)
    throw unauthenticated()
  }
  const session: Session = { sessionId: sid, loginId: standing.login_id, memberId: standing.member_id, studioId: std, role: standing.role, name: standing.name, email: standing.email, expiresAt: standing.expires_at, byCookie: caller.byCookie }
  if (trusted.size > 5_000) trusted.clear()
  trusted.set(key, { session, until: call.now + trustMs })
  return session
}

/** After a session or membership changed, in this isolate. */
export function forgetSessions(which: (session: Session) => boolean): void {
  for (const [key, { session }] of trusted) if (which(session)) trusted.delete(key)
}
