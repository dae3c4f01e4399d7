// Invitations: made and withdrawn by members, looked at and accepted by whoever holds the link.
import { z } from 'zod'
import { acceptBody, entered, invitation, invitationBody, invitationSeen } from '../../contract/auth.ts'
import { id } from '../../contract/common.ts'
import { acceptInvitation, joiningEmail, lookAtInvitation } from '../../domain/members/accept-invitation.ts'
import { openFront } from '../../domain/members/front.ts'
import { invite, listInvitations, withdrawInvitation } from '../../domain/members/invite.ts'
import { unauthenticated } from '../../platform/problem.ts'
import { entryAnswer } from '../entry.ts'
import { countInvitation, countSignUp, guarded } from '../login-limits.ts'
import { openRoute, studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/invitations', summary: 'Invitations that are open', answer: z.array(invitation), access: 'members.write',
    handle: async (call, _, scope) => ({ data: await listInvitations(openFront(call), scope) }),
  }),
  studioRoute({
    method: 'POST', path: '/api/invitations', summary: 'Invite by link, and by mail where an address is given', body: invitationBody, answer: invitation, status: 201, access: 'members.write',
    async handle(call, { body }, scope) {
      await countInvitation(call, scope.studio.id)
      return { data: await invite(openFront(call), scope, call.session, body) }
    },
  }),
  studioRoute({
    method: 'DELETE', path: '/api/invitations/:id', summary: 'Withdraw an invitation', params: z.object({ id }), answer: z.strictObject({}), access: 'members.write',
    async handle(call, { params }, scope) {
      await withdrawInvitation(openFront(call), scope, params.id)
      return { data: {} }
    },
  }),
  openRoute({
    method: 'POST', path: '/api/invitations/look', summary: 'What an invitation link is for', body: acceptBody.pick({ token: true }), answer: invitationSeen, access: 'open',
    handle: async (call, { body }) => ({ data: await lookAtInvitation(openFront(call), body.token) }),
  }),
  openRoute({
    method: 'POST', path: '/api/invitations/accept', summary: 'Join a studio, with the login one has or a new one', body: acceptBody, answer: entered, status: 201, access: 'open',
    async handle(call, { body }) {
      await countSignUp(call)
      const front = openFront(call)
      const entry = await guarded(call, await joiningEmail(front, body), () => acceptInvitation(front, body))
      if (entry === 'wrong') throw unauthenticated('There is a login with this address, and this is not its password.')
      return entryAnswer(call, entry)
    },
  }),
]
