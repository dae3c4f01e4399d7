// A forgotten password: a link by mail, and a new password for whoever holds it.
import { loginByEmail } from '../../db/directory/logins.ts'
import { isMailTokenLive, resetByMailToken } from '../../db/directory/mail-tokens.ts'
import { membershipsOf } from '../../db/directory/memberships.ts'
import type { EndedSession } from '../../db/directory/sessions.ts'
import { openStudio } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import { sha256Url } from '../../platform/digest.ts'
import { hashPassword } from '../../platform/password.ts'
import { notFound } from '../../platform/problem.ts'
import type { Front } from './front.ts'
import { prepareLink } from './mail-link.ts'
import { resetMail } from './mails.ts'
import { postMail } from './post-mail.ts'
import { tellPasswordReset } from './tell-login.ts'

/** The scope whose mail job was written, or null where nobody is to be written to. The caller answers the same either way. */
export async function forgotPassword(front: Front, email: string): Promise<Scope | null> {
  const login = await loginByEmail(front.directory, email)
  if (login === undefined) return null
  const [membership] = await membershipsOf(front.directory, login.id)
  if (membership === undefined) return null
  const scope = await openStudio(front.env, membership.studio_id, { kind: 'system' }, { requestId: front.requestId, now: front.now })
  const link = await prepareLink(front, login, 'reset')
  await front.directory.commit([link.write])
  await postMail(scope, resetMail(login.email, link.url), link.expiresAt)
  return scope
}

/** Ends every session of the login, and says so in its studios (`scopes`, to relay). Throws NOT_FOUND for a link that no longer works; of many callers with one link, one succeeds. */
export async function resetPassword(front: Front, token: string, password: string): Promise<{ ended: EndedSession[]; scopes: Scope[] }> {
  const hash = await sha256Url(token)
  if (!(await isMailTokenLive(front.directory, hash, 'reset', front.now))) throw notFound('link')
  const done = await resetByMailToken(front.directory, hash, await hashPassword(password), front.now)
  if (done === null) throw notFound('link')
  return { ended: done.ended, scopes: await tellPasswordReset(front, done.loginId, done.ended) }
}
