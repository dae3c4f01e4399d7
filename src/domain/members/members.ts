// The members of a studio: listed, given another role, removed.
import { sql } from 'drizzle-orm'
import type { Member } from '../../contract/auth.ts'
import { grantableBy } from '../../contract/policy.ts'
import type { Role } from '../../contract/policy.ts'
import { change } from '../../db/changes.ts'
import { endMembership, memberById, membersOf, setRole } from '../../db/directory/memberships.ts'
import type { MemberRow } from '../../db/directory/memberships.ts'
import type { Scope } from '../../db/open-studio.ts'
import { iso } from '../../platform/clock.ts'
import { conflict, forbidden, notFound } from '../../platform/problem.ts'
import type { Front } from './front.ts'

export async function listMembers(front: Front, scope: Scope): Promise<Member[]> {
  return (await membersOf(front.directory, scope.studio.id)).map(wire)
}

/** Throws NOT_FOUND, FORBIDDEN when either role is above one's own, CONFLICT for the last owner. */
export async function changeRole(front: Front, scope: Scope, ownRole: Role, id: string, role: Role): Promise<Member> {
  const row = await find(front, scope, id)
  if (!grantableBy(ownRole).includes(row.role) || !grantableBy(ownRole).includes(role)) throw forbidden('Only an owner may do this.')
  if (row.role !== role) {
    if (!(await setRole(front.directory, scope.studio.id, id, role, front.now))) throw lastOwner()
    await scope.db.commit([change('member.updated', id, sql`json_object('id', ${id}, 'name', ${row.name}, 'role', ${role})`)])
  }
  return wire({ ...row, role })
}

/** Throws as `changeRole` does. The sessions that work in this studio end. */
export async function removeMember(front: Front, scope: Scope, ownRole: Role, id: string): Promise<void> {
  const row = await find(front, scope, id)
  if (!grantableBy(ownRole).includes(row.role)) throw forbidden('Only an owner may do this.')
  if (!(await endMembership(front.directory, scope.studio.id, id, front.now))) throw lastOwner()
  await scope.db.commit([change('member.removed', id, sql`json_object('id', ${id})`)])
}

async function find(front: Front, scope: Scope, id: string): Promise<MemberRow> {
  const row = await memberById(front.directory, scope.studio.id, id)
  if (row === undefined) throw notFound('member')
  return row
}

function wire(row: MemberRow): Member {
  return { id: row.id, user_id: row.login_id, name: row.name, email: row.email, role: row.role, created_at: iso(row.created_at) }
}

function lastOwner() {
  return conflict('A studio needs an owner. Make somebody else owner first.')
}
