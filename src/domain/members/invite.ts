// Invites by link: made by a member, listed, withdrawn.
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Invitation, invitationBody } from '../../contract/auth.ts'
import { grantableBy } from '../../contract/policy.ts'
import type { Role } from '../../contract/policy.ts'
import { change } from '../../db/changes.ts'
import { addInvitation, dropInvitation, openInvitations } from '../../db/directory/invitations.ts'
import type { InvitationRow } from '../../db/directory/invitations.ts'
import type { Scope } from '../../db/open-studio.ts'
import { day, iso } from '../../platform/clock.ts'
import { sha256Url } from '../../platform/digest.ts'
import { newId, newSecret } from '../../platform/ids.ts'
import { forbidden, notFound } from '../../platform/problem.ts'
import type { Front } from './front.ts'
import { pageLink } from './mail-link.ts'
import { inviteMail } from './mails.ts'
import { postMail } from './post-mail.ts'

const lifeMs = 7 * day

/** The link is in this answer and, where an address is given, in a mail; nowhere else. Throws FORBIDDEN for a role above one's own. */
export async function invite(front: Front, scope: Scope, own: { role: Role; name: string }, body: z.infer<typeof invitationBody>): Promise<Invitation> {
  if (!grantableBy(own.role).includes(body.role)) throw forbidden('You cannot give this role.')
  const token = newSecret()
  const row = {
    id: newId('invitation', front.now), studio_id: scope.studio.id, email: body.email ?? null, role: body.role, invited_by: own.name, created_at: front.now, expires_at: front.now + lifeMs,
  }
  const url = pageLink(front, 'invite', token)
  await addInvitation(front.directory, { ...row, tokenHash: await sha256Url(token) })
  // The address stays in the directory: the log outlives the invitation.
  await scope.db.commit([change('invitation.created', row.id, sql`json_object('id', ${row.id}, 'role', ${row.role})`)])
  if (row.email !== null) await postMail(scope, inviteMail(row.email, url, scope.studio.name, row.role), row.expires_at)
  return { ...wire(row), url }
}

export async function listInvitations(front: Front, scope: Scope): Promise<Invitation[]> {
  return (await openInvitations(front.directory, scope.studio.id, front.now)).map(wire)
}

/** Throws NOT_FOUND for one that is not open in this studio. */
export async function withdrawInvitation(front: Front, scope: Scope, id: string): Promise<void> {
  if (!(await dropInvitation(front.directory, scope.studio.id, id))) throw notFound('invitation')
  await scope.db.commit([change('invitation.withdrawn', id, sql`json_object('id', ${id})`)])
}

function wire(row: Omit<InvitationRow, 'studio_name' | 'studio_id'>): Invitation {
  return { id: row.id, email: row.email, role: row.role, created_at: iso(row.created_at), expires_at: iso(row.expires_at), invited_by: row.invited_by }
}
