// What the record of a studio says of a member's login: that its password changed, that its sessions ended.
import { sql } from 'drizzle-orm'
import { change } from '../../db/changes.ts'
import { membershipsOf } from '../../db/directory/memberships.ts'
import { openStudio } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import type { Write } from '../../db/statement.ts'
import { describe, log } from '../../platform/log.ts'
import type { Front } from './front.ts'

/** `ended`: how many sessions ended with it. */
export async function tellPassword(scope: Scope, memberId: string, how: 'by hand' | 'by link', ended: number): Promise<void> {
  await scope.db.commit([change('password.changed', memberId, sql`json_object('member_id', ${memberId}, 'how', ${how})`), ...endedWrites(memberId, ended)])
}

export async function tellSessionsEnded(scope: Scope, memberId: string, ended: number): Promise<void> {
  if (ended > 0) await scope.db.commit(endedWrites(memberId, ended))
}

/** A link works without a session: every studio of the login hears of it. The scopes, for their relay; the password is changed already, so a studio that cannot be told only leaves a log line. */
export async function tellPasswordReset(front: Front, loginId: string, ended: { studio_id: string }[]): Promise<Scope[]> {
  const memberships = await membershipsOf(front.directory, loginId)
  const told = await Promise.allSettled(memberships.map(async membership => {
    const scope = await openStudio(front.env, membership.studio_id, { kind: 'system' }, { requestId: front.requestId, now: front.now })
    await tellPassword(scope, membership.id, 'by link', ended.filter(session => session.studio_id === membership.studio_id).length)
    return scope
  }))
  for (const one of told) if (one.status === 'rejected') log('error', 'password.untold', { request_id: front.requestId, error: describe(one.reason) })
  return told.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
}

function endedWrites(memberId: string, ended: number): Write[] {
  return ended === 0 ? [] : [change('sessions.ended', memberId, sql`json_object('member_id', ${memberId}, 'count', ${ended})`)]
}
