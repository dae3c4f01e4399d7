// Links that prove an e-mail address: made here, sent by a job, stored only as a hash.
import type { SQL } from 'drizzle-orm'
import { addMailToken } from '../../db/directory/mail-tokens.ts'
import type { Purpose } from '../../db/directory/mail-tokens.ts'
import { day, hour } from '../../platform/clock.ts'
import { sha256Url } from '../../platform/digest.ts'
import { newSecret } from '../../platform/ids.ts'
import type { Front } from './front.ts'

const life: Record<Purpose, number> = { verify: 3 * day, reset: hour }
export interface MailLink { write: SQL; url: string; /** ms since epoch. */ expiresAt: number }

/** The origin is the configured one, never what a request calls itself. */
export async function prepareLink(front: Front, login: { id: string; email: string }, purpose: Purpose): Promise<MailLink> {
  const token = newSecret()
  const expiresAt = front.now + life[purpose]
  const write = addMailToken({ hash: await sha256Url(token), loginId: login.id, purpose, email: login.email, expiresAt })
  return { write, url: pageLink(front, purpose, token), expiresAt }
}

export function pageLink(front: Pick<Front, 'config'>, page: Purpose | 'invite', token: string): string {
  return `${front.config.PUBLIC_ORIGIN}/${page}?token=${token}`
}
