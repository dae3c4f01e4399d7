// Signs up: a login, a studio of its own, and the first session.
import type { z } from 'zod'
import type { registerBody } from '../../contract/auth.ts'
import { reserveStudio } from '../../db/directory/studios.ts'
import { shardCount } from '../../db/shards.ts'
import { newId } from '../../platform/ids.ts'
import { hashPassword } from '../../platform/password.ts'
import { conflict } from '../../platform/problem.ts'
import { guessSlug } from '../studios/slug.ts'
import { enter, prepareSession } from './enter.ts'
import type { Entry } from './enter.ts'
import type { Front } from './front.ts'
import { prepareLink } from './mail-link.ts'
import { postMail } from './post-mail.ts'
import { verifyMail } from './mails.ts'

/** Throws CONFLICT with details.field `email` or `slug`. A slug that was only guessed is guessed again. */
export async function register(front: Front, body: z.infer<typeof registerBody>): Promise<Entry> {
  const login = { id: newId('login', front.now), email: body.email, name: body.name, passwordHash: await hashPassword(body.password) }
  const studioId = newId('studio', front.now)
  const link = await prepareLink(front, login, 'verify')
  const { session, refreshToken } = await prepareSession(front, login.id, studioId, body.client ?? 'web')
  for (let attempt = 0; ; attempt += 1) {
    const slug = body.slug ?? guessSlug(body.studio_name, attempt)
    const studio = { id: studioId, slug, name: body.studio_name, epoch: crypto.randomUUID(), timezone: body.timezone ?? 'UTC', locale: body.locale ?? 'en' }
    const made = { studio, login, membershipId: newId('membership', front.now), session, also: [link.write] }
    const outcome = await reserveStudio(front.directory, made, shardCount(front.env), front.now)
    if (outcome === 'email') throw conflict('There is a login with this e-mail address already.', { field: 'email' })
    if (outcome === 'reserved') break
    if (body.slug !== undefined || attempt >= 4) throw conflict('This address is taken.', { field: 'slug' })
  }
  const entry = await enter(front, session.id, studioId, refreshToken)
  await postMail(entry.scope, verifyMail(body.email, link.url), link.expiresAt)
  return entry
}
