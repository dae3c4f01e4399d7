// Moves a session to another studio of the same login.
import { membershipsOf } from '../../db/directory/memberships.ts'
import { moveSession } from '../../db/directory/sessions.ts'
import { notFound } from '../../platform/problem.ts'
import { enter } from './enter.ts'
import type { Entry } from './enter.ts'
import type { Front } from './front.ts'

/** Throws NOT_FOUND for a studio that is not one of the login's. */
export async function switchStudio(front: Front, own: { sessionId: string; loginId: string }, studioId: string): Promise<Entry> {
  const memberships = await membershipsOf(front.directory, own.loginId)
  if (!memberships.some(membership => membership.studio_id === studioId)) throw notFound('studio')
  await moveSession(front.directory, own.sessionId, studioId, front.now)
  return enter(front, own.sessionId, studioId, null)
}
