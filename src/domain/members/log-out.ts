// Ends one session.
import { sql } from 'drizzle-orm'
import { sessionOfToken } from '../../db/directory/refresh-tokens.ts'
import { endSessions } from '../../db/directory/sessions.ts'
import type { EndedSession } from '../../db/directory/sessions.ts'
import { sha256Url } from '../../platform/digest.ts'
import type { Front } from './front.ts'

/** A browser that slept has only its refresh token left: that must be enough to leave. Empty when neither names an open session. */
export async function logOut(front: Front, access: { sid: string; sub: string } | null, refreshToken: string | null): Promise<EndedSession[]> {
  const byAccess = access === null ? [] : await endSessions(front.directory, access.sub, sql`id = ${access.sid}`, 'logged out', front.now)
  if (byAccess.length > 0 || refreshToken === null) return byAccess
  const found = await sessionOfToken(front.directory, await sha256Url(refreshToken))
  return found === undefined ? [] : endSessions(front.directory, found.login_id, sql`id = ${found.session_id}`, 'logged out', front.now)
}
