// Signing up, logging in and out, renewing, who am I.
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { entered, loginBody, me, profileBody, refreshBody, registerBody, switchBody } from '../../contract/auth.ts'
import { endSessions } from '../../db/directory/sessions.ts'
import { openFront } from '../../domain/members/front.ts'
import { logIn } from '../../domain/members/log-in.ts'
import { changeProfile, whoAmI } from '../../domain/members/profile.ts'
import { refresh } from '../../domain/members/refresh.ts'
import { register } from '../../domain/members/register.ts'
import { switchStudio } from '../../domain/members/switch-studio.ts'
import { unauthenticated } from '../../platform/problem.ts'
import { clearedCookies, readCookie } from '../cookies.ts'
import { entryAnswer } from '../entry.ts'
import { countSignUp, guarded } from '../login-limits.ts'
import { forgetSessions } from '../middleware/authenticate.ts'
import { requireOwnOrigin } from '../middleware/own-origin.ts'
import { revoked } from '../revoked.ts'
import { openRoute, studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

const nothing = z.strictObject({})

export const routes: Route[] = [
  openRoute({
    method: 'POST', path: '/api/auth/register', summary: 'Sign up: a login with a studio of its own', body: registerBody, answer: entered, status: 201, access: 'open',
    async handle(call, { body }) {
      await countSignUp(call)
      return entryAnswer(call, await register(openFront(call), body))
    },
  }),
  openRoute({
    method: 'POST', path: '/api/auth/login', summary: 'Log in with e-mail and password', body: loginBody, answer: entered, access: 'open',
    async handle(call, { body }) {
      const entry = await guarded(call, body.email, () => logIn(openFront(call), body))
      if (entry === 'wrong') throw unauthenticated('E-mail address or password is wrong.')
      return entryAnswer(call, entry)
    },
  }),
  openRoute({
    method: 'POST', path: '/api/auth/refresh', summary: 'Renew the session by its refresh token (cookie, or body for API clients)', body: refreshBody, answer: entered, access: 'open',
    async handle(call, { body }) {
      if (body.refresh_token === undefined) requireOwnOrigin(call)
      const token = body.refresh_token ?? readCookie(call.request, 'refresh')
      const result = token === null ? { outcome: 'refused' as const } : await refresh(openFront(call), token)
      if (result.outcome === 'renewed') return entryAnswer(call, result.entry)
      if (result.outcome === 'reused') revoked(call, result.ended)
      throw unauthenticated()
    },
  }),
  studioRoute({
    method: 'POST', path: '/api/auth/logout', summary: 'End this session', body: nothing, answer: nothing, access: 'self',
    async handle(call) {
      const { session } = call
      revoked(call, await endSessions(openFront(call).directory, session.loginId, sql`id = ${session.sessionId}`, 'logged out', call.now))
      return { data: {}, headers: clearedCookies(call.request) }
    },
  }),
  studioRoute({
    method: 'GET', path: '/api/auth/me', summary: 'Who is logged in, where, and the other studios of this login', answer: me, access: 'self',
    handle: async (call, _, scope) => ({ data: await whoAmI(openFront(call), scope, call.session) }),
  }),
  studioRoute({
    method: 'PATCH', path: '/api/auth/me', summary: 'Change the own name', body: profileBody, answer: me, access: 'self',
    async handle(call, { body }, scope) {
      await changeProfile(openFront(call), scope, call.session, body)
      forgetSessions(session => session.loginId === call.session.loginId)
      return { data: await whoAmI(openFront(call), scope, call.session) }
    },
  }),
  studioRoute({
    method: 'POST', path: '/api/auth/switch', summary: 'Work in another studio of this login', body: switchBody, answer: entered, access: 'self',
    handle: async (call, { body }) => entryAnswer(call, await switchStudio(openFront(call), call.session, body.studio_id)),
  }),
]
