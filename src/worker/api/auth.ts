// Signing up, logging in and out, renewing, who am I.
import { z } from 'zod'
import { entered, loginBody, me, profileBody, refreshBody, registerBody, switchBody } from '../../contract/auth.ts'
import { openFront } from '../../domain/members/front.ts'
import { logIn } from '../../domain/members/log-in.ts'
import { logOut } from '../../domain/members/log-out.ts'
import { changeProfile, whoAmI } from '../../domain/members/profile.ts'
import { refresh } from '../../domain/members/refresh.ts'
import { register } from '../../domain/members/register.ts'
import { switchStudio } from '../../domain/members/switch-studio.ts'
import { unauthenticated } from '../../platform/problem.ts'
import { clearedCookies, readCookie } from '../cookies.ts'
import { entryAnswer } from '../entry.ts'
import { countSignUp, guarded } from '../login-limits.ts'
import { forgetSessions, identify } from '../middleware/authenticate.ts'
import { requireOwnOrigin } from '../middleware/own-origin.ts'
import { revoked } from '../revoked.ts'
import { openRoute, studioRoute } from '../route.ts'
import type { Call, Route } from '../route.ts'

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
      const token = refreshTokenOf(call, body)
      const result = token === null ? { outcome: 'refused' as const } : await refresh(openFront(call), token)
      if (result.outcome === 'renewed') return entryAnswer(call, result.entry)
      if (result.outcome === 'reused') revoked(call, result.ended)
      throw unauthenticated()
    },
  }),
  openRoute({
    method: 'POST', path: '/api/auth/logout', summary: 'End this session, known by its access token or, when that has run out, by its refresh token', body: refreshBody, answer: nothing, access: 'open',
    async handle(call, { body }) {
      const caller = await identify(call)
      if (caller?.byCookie === true) requireOwnOrigin(call)
      const ended = await logOut(openFront(call), caller?.claims ?? null, caller?.byCookie === false ? (body.refresh_token ?? null) : refreshTokenOf(call, body))
      if (ended.length === 0) throw unauthenticated()
      revoked(call, ended)
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

/** From the body as it is; from the cookie only for our own pages. */
function refreshTokenOf(call: Call, body: { refresh_token?: string | undefined }): string | null {
  if (body.refresh_token !== undefined) return body.refresh_token
  const token = readCookie(call.request, 'refresh')
  if (token !== null) requireOwnOrigin(call)
  return token
}
