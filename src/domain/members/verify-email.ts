// Proves that a login's e-mail address is its own, by a link sent there.
import { loginById } from '../../db/directory/logins.ts'
import { verifyByMailToken } from '../../db/directory/mail-tokens.ts'
import type { Scope } from '../../db/open-studio.ts'
import { sha256Url } from '../../platform/digest.ts'
import { notFound } from '../../platform/problem.ts'
import type { Front } from './front.ts'
import { prepareLink } from './mail-link.ts'
import { verifyMail } from './mails.ts'
import { postMail } from './post-mail.ts'

/** Sends a link unless the address is verified already. */
export async function requestVerification(front: Front, scope: Scope, loginId: string): Promise<void> {
  const login = await loginById(front.directory, loginId)
  if (login === undefined || login.email_verified_at !== null) return
  const link = await prepareLink(front, login, 'verify')
  await front.directory.commit([link.write])
  await postMail(scope, verifyMail(login.email, link.url), link.expiresAt)
}

/** Throws NOT_FOUND for a link that was used, has expired or never was. */
export async function verifyEmail(front: Front, token: string): Promise<void> {
  if ((await verifyByMailToken(front.directory, await sha256Url(token), front.now)) === null) throw notFound('link')
}
