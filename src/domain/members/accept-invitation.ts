// Joins a studio by an invitation: with the login one has, or with a new one.
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { password as passwordRule } from '../../contract/common.ts'
import type { InvitationSeen, acceptBody } from '../../contract/auth.ts'
import { change } from '../../db/changes.ts'
import { acceptInvitation as accept, invitationByToken } from '../../db/directory/invitations.ts'
import type { InvitationRow } from '../../db/directory/invitations.ts'
import { loginByEmail } from '../../db/directory/logins.ts'
import type { LoginRow } from '../../db/directory/logins.ts'
import { membershipsOf } from '../../db/directory/memberships.ts'
import { sha256Url } from '../../platform/digest.ts'
import { newId } from '../../platform/ids.ts'
import { hashPassword, verifyPassword } from '../../platform/password.ts'
import { conflict, invalid, notFound } from '../../platform/problem.ts'
import { enter, prepareSession } from './enter.ts'
import type { Entry } from './enter.ts'
import type { Front } from './front.ts'
import { prepareLink } from './mail-link.ts'
import { verifyMail } from './mails.ts'
import { postMail } from './post-mail.ts'

type Body = z.infer<typeof acceptBody>

/** Throws NOT_FOUND for a link that was used, withdrawn, has expired or never was. */
export async function lookAtInvitation(front: Front, token: string): Promise<InvitationSeen> {
  const row = await openInvitation(front, token)
  const login = row.email === null ? undefined : await loginByEmail(front.directory, row.email)
  return { studio_name: row.studio_name, role: row.role, email: row.email, has_login: login !== undefined }
}

/** The address that would join: the invitation's own, else the one given. Throws NOT_FOUND and VALIDATION_ERROR. */
export async function joiningEmail(front: Front, body: Body): Promise<string> {
  const row = await openInvitation(front, body.token)
  const email = row.email ?? body.email
  if (email === undefined) throw invalid('email', 'Please give an e-mail address.')
  if (body.email !== undefined && body.email !== email) throw invalid('email', 'This invitation is for another address.')
  return email
}

/** 'wrong': the login exists and this is not its password. Throws CONFLICT for who is a member already. */
export async function acceptInvitation(front: Front, body: Body): Promise<Entry | 'wrong'> {
  const invitation = await openInvitation(front, body.token)
  const email = await joiningEmail(front, body)
  const login = await loginByEmail(front.directory, email)
  return login === undefined ? joinNew(front, invitation, email, body) : joinKnown(front, invitation, login, body)
}

async function joinKnown(front: Front, invitation: InvitationRow, login: LoginRow, body: Body): Promise<Entry | 'wrong'> {
  if (!(await verifyPassword(body.password, login.password_hash))) return 'wrong'
  const memberships = await membershipsOf(front.directory, login.id)
  if (memberships.some(own => own.studio_id === invitation.studio_id)) throw conflict('You belong to this studio already.')
  return join(front, invitation, login.id, null, body)
}

async function joinNew(front: Front, invitation: InvitationRow, email: string, body: Body): Promise<Entry> {
  if (body.name === undefined) throw invalid('name', 'Please give a name.')
  const rule = passwordRule.safeParse(body.password)
  if (!rule.success) throw invalid('password', rule.error.issues[0]?.message ?? 'is not allowed')
  const login = { id: newId('login', front.now), email, name: body.name, passwordHash: await hashPassword(body.password) }
  // Who invited knows the link too, so having it proves no address.
  const link = await prepareLink(front, login, 'verify')
  const entry = await join(front, invitation, login.id, { login, link }, body)
  await postMail(entry.scope, verifyMail(email, link.url), link.expiresAt)
  return entry
}

async function join(front: Front, invitation: InvitationRow, loginId: string, made: { login: Parameters<typeof accept>[1]['newLogin']; link: { write: ReturnType<typeof sql> } } | null, body: Body): Promise<Entry> {
  const { session, refreshToken } = await prepareSession(front, loginId, invitation.studio_id, body.client ?? 'web')
  const rows = { invitation, newLogin: made?.login ?? null, membershipId: newId('membership', front.now), session, also: made === null ? [] : [made.link.write] }
  const outcome = await accept(front.directory, rows, front.now)
  if (outcome === 'gone') throw notFound('invitation')
  if (outcome === 'email') throw conflict('There is a login with this e-mail address by now. Please try again.', { field: 'email' })
  const entry = await enter(front, session.id, invitation.studio_id, refreshToken)
  const { member_id: id, name, role } = entry.data.user
  await entry.scope.db.commit([change('member.updated', id, sql`json_object('id', ${id}, 'name', ${name}, 'role', ${role})`)])
  return entry
}

async function openInvitation(front: Front, token: string): Promise<InvitationRow> {
  const row = await invitationByToken(front.directory, await sha256Url(token), front.now)
  if (row === undefined) throw notFound('invitation')
  return row
}
