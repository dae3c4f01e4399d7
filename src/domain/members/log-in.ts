// Logs in with e-mail and password, into the studio asked for or the one last used.
import type { z } from 'zod'
import type { loginBody } from '../../contract/auth.ts'
import { loginByEmail } from '../../db/directory/logins.ts'
import { membershipsOf } from '../../db/directory/memberships.ts'
import { addSession } from '../../db/directory/sessions.ts'
import { verifyPassword } from '../../platform/password.ts'
import { forbidden, notFound } from '../../platform/problem.ts'
import { enter, prepareSession } from './enter.ts'
import type { Entry } from './enter.ts'
import type { Front } from './front.ts'

/** 'wrong' tells no more than that: an unknown address takes the same work as a wrong password. */
export async function logIn(front: Front, body: z.infer<typeof loginBody>): Promise<Entry | 'wrong'> {
  const login = await loginByEmail(front.directory, body.email)
  if (!(await verifyPassword(body.password, login?.password_hash ?? null)) || login === undefined) return 'wrong'
  const memberships = await membershipsOf(front.directory, login.id)
  if (memberships.length === 0) throw forbidden('You belong to no studio any more.')
  const membership = body.studio_id === undefined ? memberships[0] : memberships.find(own => own.studio_id === body.studio_id)
  if (membership === undefined) throw notFound('studio')
  const { session, refreshToken } = await prepareSession(front, login.id, membership.studio_id, body.client ?? 'web')
  await front.directory.commit(addSession(session, front.now))
  return enter(front, session.id, membership.studio_id, refreshToken)
}
