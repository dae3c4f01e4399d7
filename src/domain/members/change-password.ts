// Changes the password of a login that is logged in; its other sessions end.
import { loginById, replacePassword } from '../../db/directory/logins.ts'
import type { EndedSession } from '../../db/directory/sessions.ts'
import { hashPassword, verifyPassword } from '../../platform/password.ts'
import { conflict } from '../../platform/problem.ts'
import type { Front } from './front.ts'

/** 'wrong' when the current password is not the one given. Throws CONFLICT when it changed meanwhile. */
export async function changePassword(front: Front, own: { sessionId: string; loginId: string }, current: string, next: string): Promise<EndedSession[] | 'wrong'> {
  const login = await loginById(front.directory, own.loginId)
  if (login === undefined || !(await verifyPassword(current, login.password_hash))) return 'wrong'
  const newHash = await hashPassword(next)
  const ended = await replacePassword(front.directory, { id: login.id, oldHash: login.password_hash, newHash, keepSession: own.sessionId }, front.now)
  if (ended === null) throw conflict('The password was changed from elsewhere just now.')
  return ended
}
