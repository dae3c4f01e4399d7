// Every way in ends here: a session, its tokens, the studio it works in.
import type { Entered, User } from '../../contract/auth.ts'
import type { Client, NewSession, Standing } from '../../db/directory/sessions.ts'
import { findStanding } from '../../db/directory/sessions.ts'
import { openStudio } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import { day } from '../../platform/clock.ts'
import { sha256Url } from '../../platform/digest.ts'
import { newId, newSecret } from '../../platform/ids.ts'
import { unauthenticated } from '../../platform/problem.ts'
import { accessTokenMs, signAccess } from '../../platform/token.ts'
import { studioBrief } from '../studios/read-studio.ts'
import type { Front } from './front.ts'

/** A session that is not used for this long ends. */
export const sessionMs = 30 * day

export interface Entry {
  data: Entered
  client: Client
  /** Null where the session keeps the refresh token it has. */
  refreshToken: string | null
  scope: Scope
}
export interface PreparedSession { session: NewSession; refreshToken: string }

export async function prepareSession(front: Front, loginId: string, studioId: string, client: Client): Promise<PreparedSession> {
  const refreshToken = newSecret()
  const session = { id: newId('session', front.now), loginId, studioId, client, userAgent: front.userAgent, expiresAt: front.now + sessionMs, refreshHash: await sha256Url(refreshToken) }
  return { session, refreshToken }
}

/** Opens the studio (finishing a half-made one) and answers what the client needs. Throws UNAUTHENTICATED when the session does not hold. */
export async function enter(front: Front, sessionId: string, studioId: string, refreshToken: string | null): Promise<Entry> {
  const standing = await findStanding(front.directory, sessionId, studioId, front.now)
  if (standing === undefined) throw unauthenticated()
  const scope = await openStudio(front.env, studioId, actorOf(standing), { requestId: front.requestId, now: front.now })
  const claims = { sub: standing.login_id, sid: standing.session_id, std: studioId, mem: standing.member_id }
  const [studio, accessToken] = await Promise.all([studioBrief(scope), signAccess(front.config, claims, front.now)])
  const inBody = standing.client === 'api' && refreshToken !== null
  const data: Entered = { user: userOf(standing), studio, access_token: accessToken, expires_in: accessTokenMs / 1000, ...(inBody ? { refresh_token: refreshToken } : {}) }
  return { data, client: standing.client, refreshToken, scope }
}

export function userOf(standing: Standing): User {
  return { id: standing.login_id, name: standing.name, email: standing.email, email_verified: standing.email_verified_at !== null, role: standing.role, member_id: standing.member_id }
}

function actorOf(standing: Standing) {
  return { kind: 'member' as const, id: standing.member_id, loginId: standing.login_id, name: standing.name, role: standing.role, sessionId: standing.session_id }
}
