// Invitations in the directory: made by a member, looked at by link, accepted once.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Role } from '../../contract/policy.ts'
import type { Directory } from './directory.ts'
import { addSession } from './sessions.ts'
import type { NewSession } from './sessions.ts'
import { addLogin } from './studios.ts'
import type { NewLogin } from './studios.ts'
import { takenKey } from './taken-key.ts'

export interface InvitationRow { id: string; studio_id: string; studio_name: string; email: string | null; role: Exclude<Role, 'owner'>; invited_by: string; created_at: number; expires_at: number }

const columns = sql`i.id, i.studio_id, t.name as studio_name, i.email, i.role, i.invited_by, i.created_at, i.expires_at`

export async function addInvitation(directory: Directory, row: Omit<InvitationRow, 'studio_name'> & { tokenHash: string }): Promise<void> {
  await directory.commit([sql`insert into invitations (id, token_hash, studio_id, email, role, invited_by, created_at, expires_at)
    values (${row.id}, ${row.tokenHash}, ${row.studio_id}, ${row.email}, ${row.role}, ${row.invited_by}, ${row.created_at}, ${row.expires_at})`])
}

export function openInvitations(directory: Directory, studioId: string, now: number): Promise<InvitationRow[]> {
  return directory.all<InvitationRow>(sql`select ${columns} from invitations i join studios t on t.id = i.studio_id
    where i.studio_id = ${studioId} and i.used_at is null and i.expires_at > ${now} order by i.created_at desc, i.id limit 200`)
}

export function invitationByToken(directory: Directory, tokenHash: string, now: number): Promise<InvitationRow | undefined> {
  return directory.first<InvitationRow>(sql`select ${columns} from invitations i join studios t on t.id = i.studio_id
    where i.token_hash = ${tokenHash} and i.used_at is null and i.expires_at > ${now} and t.state in ('making', 'active')`)
}

/** False when there is no open one of this id in the studio. */
export async function dropInvitation(directory: Directory, studioId: string, id: string): Promise<boolean> {
  const { changed } = await directory.commit([sql`delete from invitations where id = ${id} and studio_id = ${studioId} and used_at is null`])
  return changed[0] === 1
}

/** One batch: a new login where there is none, the membership, the session. 'gone': used, withdrawn or expired meanwhile; 'email': the login exists by now. */
export async function acceptInvitation(directory: Directory, accept: { invitation: InvitationRow; newLogin: NewLogin | null; membershipId: string; session: NewSession; also: SQL[] }, now: number): Promise<'accepted' | 'gone' | 'email'> {
  const { invitation, newLogin, session } = accept
  const open = sql`where exists (select 1 from invitations where id = ${invitation.id} and used_at is null and expires_at > ${now})`
  try {
    const { changed } = await directory.commit([
      ...(newLogin === null ? [] : [addLogin(newLogin, now, open)]),
      sql`insert into memberships (id, studio_id, login_id, role, state, created_at, changed_at)
        select ${accept.membershipId}, ${invitation.studio_id}, ${session.loginId}, ${invitation.role}, 'active', ${now}, ${now} ${open}
        on conflict (studio_id, login_id) do update set role = excluded.role, state = 'active', changed_at = excluded.changed_at where memberships.state = 'removed'`,
      ...addSession(session, now, open),
      sql`update invitations set used_at = ${now} where id = ${invitation.id} and used_at is null and expires_at > ${now}`,
      ...accept.also,
    ])
    return changed[(newLogin === null ? 0 : 1) + 3] === 1 ? 'accepted' : 'gone'
  } catch (error) {
    if (takenKey(error) === 'logins.email') return 'email'
    throw error
  }
}
