// Renews a session by its refresh token: one successor per token, and a reuse ends the family.
import { sql } from 'drizzle-orm'
import { rotateRefreshToken } from '../../db/directory/refresh-tokens.ts'
import { endSessions } from '../../db/directory/sessions.ts'
import type { EndedSession } from '../../db/directory/sessions.ts'
import { second } from '../../platform/clock.ts'
import { sha256Url } from '../../platform/digest.ts'
import { newSecret } from '../../platform/ids.ts'
import { openSuccessor, sealSuccessor } from '../../platform/successor.ts'
import { enter, sessionMs } from './enter.ts'
import type { Entry } from './enter.ts'
import type { Front } from './front.ts'

/** A client whose answer was lost may ask again for this long and gets the same successor. */
const graceMs = 30 * second
export type Refreshed = { outcome: 'renewed'; entry: Entry } | { outcome: 'refused' } | { outcome: 'reused'; ended: EndedSession[] }

export async function refresh(front: Front, token: string): Promise<Refreshed> {
  if (!/^[\w-]{43}$/.test(token)) return { outcome: 'refused' }
  const next = newSecret()
  const offer = { hash: await sha256Url(token), successor: await sealSuccessor(token, next), nextHash: await sha256Url(next) }
  const row = await rotateRefreshToken(front.directory, offer, front.now, front.now + sessionMs)
  if (row === undefined || row.live === 0) return { outcome: 'refused' }
  if (row.successor === offer.successor) return { outcome: 'renewed', entry: await enter(front, row.session_id, row.studio_id, next) }
  const late = front.now - row.used_at > graceMs || row.next_used_at !== null
  if (!late) return { outcome: 'renewed', entry: await enter(front, row.session_id, row.studio_id, await openSuccessor(token, row.successor)) }
  return { outcome: 'reused', ended: await endSessions(front.directory, row.login_id, sql`id = ${row.session_id}`, 'refresh token reused', front.now) }
}
