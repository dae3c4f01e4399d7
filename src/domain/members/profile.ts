// Who is logged in, and changing the own name.
import type { z } from 'zod'
import type { Me, profileBody } from '../../contract/auth.ts'
import { change } from '../../db/changes.ts'
import { renameLogin } from '../../db/directory/logins.ts'
import { membershipsOf } from '../../db/directory/memberships.ts'
import { findStanding } from '../../db/directory/sessions.ts'
import type { Scope } from '../../db/open-studio.ts'
import { unauthenticated } from '../../platform/problem.ts'
import { sql } from 'drizzle-orm'
import { studioBrief } from '../studios/read-studio.ts'
import { userOf } from './enter.ts'
import type { Front } from './front.ts'

interface Own { sessionId: string; loginId: string; memberId: string; role: string }

export async function whoAmI(front: Front, scope: Scope, own: Own): Promise<Me> {
  const [standing, memberships, studio] = await Promise.all([
    findStanding(front.directory, own.sessionId, scope.studio.id, front.now), membershipsOf(front.directory, own.loginId), studioBrief(scope),
  ])
  if (standing === undefined) throw unauthenticated()
  const studios = memberships.map(({ studio_id: id, name, slug, role }) => ({ id, name, slug, role }))
  return { user: userOf(standing), studio, studios, session_id: own.sessionId }
}

export async function changeProfile(front: Front, scope: Scope, own: Own, patch: z.infer<typeof profileBody>): Promise<void> {
  if (patch.name === undefined) return
  await renameLogin(front.directory, own.loginId, patch.name)
  await scope.db.commit([change('member.updated', own.memberId, sql`json_object('id', ${own.memberId}, 'name', ${patch.name}, 'role', ${own.role})`)])
}
