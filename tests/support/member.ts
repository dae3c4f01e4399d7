// Makes members with a session, straight in the directory: one password is hashed for all, so a test may have many.
import type { Role } from '../../src/contract/policy.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { readConfig } from '../../src/platform/env.ts'
import { newId } from '../../src/platform/ids.ts'
import { hashPassword } from '../../src/platform/password.ts'
import { signAccess } from '../../src/platform/token.ts'
import { goodPassword } from './api.ts'

export interface Member { token: string; memberId: string; loginId: string; sessionId: string; email: string; role: Role }

let made = 0
let hash: string | undefined

export async function addMember(env: Bindings, studioId: string, role: Role, word = 'member'): Promise<Member> {
  made += 1
  const now = Date.now()
  hash ??= await hashPassword(goodPassword)
  const member = { memberId: newId('membership'), loginId: newId('login'), sessionId: newId('session'), email: `${word}-${made}-${crypto.randomUUID().slice(0, 8)}@example.org`, role }
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare(`insert into logins (id, email, name, password_hash, email_verified_at, is_system_admin, created_at) values (?, ?, ?, ?, ?, 0, ?)`).bind(member.loginId, member.email, `${word} ${made}`, hash, now, now),
    env.DIRECTORY.prepare(`insert into memberships (id, studio_id, login_id, role, state, created_at, changed_at) values (?, ?, ?, ?, 'active', ?, ?)`).bind(member.memberId, studioId, member.loginId, role, now, now),
  ])
  await addSession(env, studioId, member.loginId, member.sessionId)
  return { ...member, token: await tokenOf(env, studioId, member) }
}

export async function addSession(env: Bindings, studioId: string, loginId: string, id = newId('session')): Promise<string> {
  const now = Date.now()
  await env.DIRECTORY.prepare(`insert into sessions (id, login_id, studio_id, client, user_agent, created_at, seen_at, expires_at) values (?, ?, ?, 'api', 'test', ?, ?, ?)`).bind(id, loginId, studioId, now, now, now + 86_400_000).run()
  return id
}

function tokenOf(env: Bindings, studioId: string, { loginId, sessionId, memberId }: Omit<Member, 'token'>): Promise<string> {
  return signAccess(readConfig(env), { sub: loginId, sid: sessionId, std: studioId, mem: memberId }, Date.now())
}
