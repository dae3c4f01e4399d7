// The own account: password, sessions, e-mail verification and reset.
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { forgotBody, passwordBody, resetBody, session as sessionShape, verifyBody } from '../../contract/auth.ts'
import { id } from '../../contract/common.ts'
import { endSessions, listSessions } from '../../db/directory/sessions.ts'
import { changePassword } from '../../domain/members/change-password.ts'
import { openFront } from '../../domain/members/front.ts'
import { forgotPassword, resetPassword } from '../../domain/members/reset-password.ts'
import { tellPassword, tellSessionsEnded } from '../../domain/members/tell-login.ts'
import { requestVerification, verifyEmail } from '../../domain/members/verify-email.ts'
import { iso } from '../../platform/clock.ts'
import { describe, log } from '../../platform/log.ts'
import { Problem, invalid, notFound } from '../../platform/problem.ts'
import { guarded, mayMail } from '../login-limits.ts'
import { relayLater } from '../mount.ts'
import { revoked } from '../revoked.ts'
import { openRoute, studioRoute } from '../route.ts'
import type { Call, Route } from '../route.ts'

const nothing = z.strictObject({})
const params = z.object({ id })

export const routes: Route[] = [
  studioRoute({
    method: 'PUT', path: '/api/auth/password', summary: 'Change the own password; all other sessions end', body: passwordBody, answer: nothing, access: 'self',
    async handle(call, { body }, scope) {
      const ended = await guarded(call, call.session.email, () => changePassword(openFront(call), call.session, body.current_password, body.new_password))
      if (ended === 'wrong') throw invalid('current_password', 'This is not the current password.')
      revoked(call, ended)
      await tellPassword(scope, call.session.memberId, 'by hand', ended.length)
      return { data: {} }
    },
  }),
  studioRoute({
    method: 'GET', path: '/api/auth/sessions', summary: 'Where this login is logged in', answer: z.array(sessionShape), access: 'self',
    async handle(call) {
      const rows = await listSessions(openFront(call).directory, call.session.loginId, call.now)
      return { data: rows.map(row => ({
        id: row.id, user_agent: row.user_agent, created_at: iso(row.created_at), seen_at: iso(row.seen_at), expires_at: iso(row.expires_at), current: row.id === call.session.sessionId,
      })) }
    },
  }),
  studioRoute({
    method: 'DELETE', path: '/api/auth/sessions/:id', summary: 'End one session of this login', params, answer: nothing, access: 'self',
    async handle(call, { params: { id: wanted } }, scope) {
      const ended = await endSessions(openFront(call).directory, call.session.loginId, sql`id = ${wanted}`, 'ended by hand', call.now)
      if (ended.length === 0) throw notFound('session')
      revoked(call, ended)
      await tellSessionsEnded(scope, call.session.memberId, ended.length)
      return { data: {} }
    },
  }),
  studioRoute({
    method: 'DELETE', path: '/api/auth/sessions', summary: 'End all other sessions of this login', answer: nothing, access: 'self',
    async handle(call, _, scope) {
      const ended = await endSessions(openFront(call).directory, call.session.loginId, sql`id <> ${call.session.sessionId}`, 'ended by hand', call.now)
      revoked(call, ended)
      await tellSessionsEnded(scope, call.session.memberId, ended.length)
      return { data: {} }
    },
  }),
  studioRoute({
    method: 'POST', path: '/api/auth/verify-email/request', summary: 'Send the verification link again', body: nothing, answer: nothing, access: 'self',
    async handle(call, _, scope) {
      if (!(await mayMail(call, call.session.email))) throw new Problem('RATE_LIMITED', 'Several mails were sent already. Please look there first.', undefined, 600)
      await requestVerification(openFront(call), scope, call.session.loginId)
      return { data: {} }
    },
  }),
  openRoute({
    method: 'POST', path: '/api/auth/verify-email', summary: 'Use a verification link', body: verifyBody, answer: nothing, access: 'open',
    async handle(call, { body }) {
      await verifyEmail(openFront(call), body.token)
      return { data: {} }
    },
  }),
  openRoute({
    method: 'POST', path: '/api/auth/forgot', summary: 'Ask for a link to choose a new password; the answer is the same for every address', body: forgotBody, answer: nothing, access: 'open',
    async handle(call, { body }) {
      // After the answer, so that its duration does not tell who has a login; a mail lost with the isolate can be asked for again.
      call.waitUntil(mailResetLink(call, body.email).catch((error: unknown) => log('error', 'reset.mail_failed', { request_id: call.requestId, error: describe(error) })))
      return { data: {} }
    },
  }),
  openRoute({
    method: 'POST', path: '/api/auth/reset', summary: 'Choose a new password by a link; every session ends', body: resetBody, answer: nothing, access: 'open',
    async handle(call, { body }) {
      const { ended, scopes } = await resetPassword(openFront(call), body.token, body.password)
      revoked(call, ended)
      for (const scope of scopes) relayLater(call, scope)
      return { data: {} }
    },
  }),
]

async function mailResetLink(call: Call, email: string): Promise<void> {
  if (!(await mayMail(call, email))) return
  const scope = await forgotPassword(openFront(call), email)
  if (scope !== null) relayLater(call, scope)
}
