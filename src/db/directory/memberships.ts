// Memberships in the directory: which login belongs to which studio, as what.
import { sql } from 'drizzle-orm'
import type { Role } from '../../contract/policy.ts'
import type { Directory } from './directory.ts'
import { endSessionsOf } from './sessions.ts'

export interface MemberRow { id: string; login_id: string; name: string; email: string; role: Role; created_at: number }
export interface OwnMembership { id: string; studio_id: string; role: Role; name: string; slug: string; seen_at: number | null }

const memberColumns = sql`m.id, m.login_id, l.name, l.email, m.role, m.created_at`

export function membersOf(directory: Directory, studioId: string): Promise<MemberRow[]> {
  return directory.all<MemberRow>(sql`select ${memberColumns} from memberships m join logins l on l.id = m.login_id
    where m.studio_id = ${studioId} and m.state = 'active' order by m.created_at, m.id limit 500`)
}

export function memberById(directory: Directory, studioId: string, id: string): Promise<MemberRow | undefined> {
  return directory.first<MemberRow>(sql`select ${memberColumns} from memberships m join logins l on l.id = m.login_id
    where m.studio_id = ${studioId} and m.id = ${id} and m.state = 'active'`)
}

/** The studios of a login, last used first. */
export function membershipsOf(directory: Directory, loginId: string): Promise<OwnMembership[]> {
  return directory.all<OwnMembership>(sql`select m.id, m.studio_id, m.role, t.name, t.slug, (select max(s.seen_at) from sessions s where s.login_id = m.login_id and s.studio_id = m.studio_id) as seen_at
    from memberships m join studios t on t.id = m.studio_id where m.login_id = ${loginId} and m.state = 'active' and t.state in ('making', 'active')
    order by seen_at desc nulls last, m.created_at, m.id limit 100`)
}

/** True while somebody else owns the studio too, or the row is no owner's. */
const leavesAnOwner = (studioId: string) => sql`(role <> 'owner' or (select count(*) from memberships o where o.studio_id = ${studioId} and o.role = 'owner' and o.state = 'active') > 1)`

/** False when it would leave the studio without an owner, or the member is gone. */
export async function setRole(directory: Directory, studioId: string, id: string, role: Role, now: number): Promise<boolean> {
  const { changed } = await directory.commit([sql`update memberships set role = ${role}, changed_at = ${now}
    where id = ${id} and studio_id = ${studioId} and state = 'active' and (${role} = 'owner' or ${leavesAnOwner(studioId)})`])
  return changed[0] === 1
}

/** Ends the membership and the sessions that work in this studio. False as for `setRole`. */
export async function endMembership(directory: Directory, studioId: string, id: string, now: number): Promise<boolean> {
  const { changed } = await directory.commit([
    sql`update memberships set state = 'removed', changed_at = ${now} where id = ${id} and studio_id = ${studioId} and state = 'active' and ${leavesAnOwner(studioId)}`,
    endSessionsOf(sql`studio_id = ${studioId} and login_id = (select login_id from memberships where id = ${id} and state = 'removed')`, 'member removed', now),
  ])
  return changed[0] === 1
}
