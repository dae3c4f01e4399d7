// The members of the own studio.
import { z } from 'zod'
import { member, memberPatch } from '../../contract/auth.ts'
import { id } from '../../contract/common.ts'
import { openFront } from '../../domain/members/front.ts'
import { changeRole, listMembers, removeMember } from '../../domain/members/members.ts'
import { memberRevoked } from '../revoked.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

const params = z.object({ id })

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/members', summary: 'Who works in this studio', answer: z.array(member), access: 'members.read',
    handle: async (call, _, scope) => ({ data: await listMembers(openFront(call), scope) }),
  }),
  studioRoute({
    method: 'PATCH', path: '/api/members/:id', summary: 'Give a member another role', params, body: memberPatch, answer: member, access: 'members.write',
    async handle(call, { params: { id: wanted }, body }, scope) {
      const changed = await changeRole(openFront(call), scope, call.session.role, wanted, body.role)
      memberRevoked(call, scope.studio.id, wanted)
      return { data: changed }
    },
  }),
  studioRoute({
    method: 'DELETE', path: '/api/members/:id', summary: 'Remove a member; their sessions here end', params, answer: z.strictObject({}), access: 'members.write',
    async handle(call, { params: { id: wanted } }, scope) {
      await removeMember(openFront(call), scope, call.session.role, wanted)
      memberRevoked(call, scope.studio.id, wanted)
      return { data: {} }
    },
  }),
]
