// Sessions in the directory: begun, looked up with the membership they stand on, listed, ended.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Role } from '../../contract/policy.ts'
import type { Directory } from './directory.ts'

export type Client = 'web' | 'api'
export interface NewSession { id: string; loginId: string; studioId: string; client: Client; userAgent: string; expiresAt: number; /** SHA-256 of the refresh token. */ refreshHash: string }
/** A session that holds now, as seen from one studio. */
export interface Standing { session_id: string; client: Client; login_id: string; name: string; email: string; email_verified_at: number | null; member_id: string; /** When the membership last changed, ms. */ member_since: number; role: Role; studio_id: string; expires_at: number }
export interface SessionRow { id: string; user_agent: string; created_at: number; seen_at: number; expires_at: number; studio_id: string }
export interface EndedSession { id: string; studio_id: string }

/** Two statements; `tail` ("where exists (…)") makes both conditional. */
export function addSession(session: NewSession, now: number, tail: SQL = sql`where true`): SQL[] {
  return [
    sql`insert into sessions (id, login_id, studio_id, client, user_agent, created_at, seen_at, expires_at)
      select ${session.id}, ${session.loginId}, ${session.studioId}, ${session.client}, ${session.userAgent}, ${now}, ${now}, ${session.expiresAt} ${tail}`,
    sql`insert into refresh_tokens (id, session_id, created_at) select ${session.refreshHash}, ${session.id}, ${now} ${tail}`,
  ]
}

/** Nothing for a session that ended, a membership that is gone or a studio that was deleted. */
export function findStanding(directory: Directory, sessionId: string, studioId: string, now: number): Promise<Standing | undefined> {
  return directory.first<Standing>(standing, { session: sessionId, studio: studioId, now })
}

const standing = sql`select s.id as session_id, s.client, s.expires_at, l.id as login_id, l.name, l.email, l.email_verified_at, m.id as member_id, m.changed_at as member_since, m.role, m.studio_id, s.expires_at
  from sessions s join logins l on l.id = s.login_id join memberships m on m.studio_id = ${sql.placeholder('studio')} and m.login_id = s.login_id
  join studios t on t.id = m.studio_id
  where s.id = ${sql.placeholder('session')} and s.revoked_at is null and s.expires_at > ${sql.placeholder('now')} and m.state = 'active' and t.state <> 'deleted'`

export function listSessions(directory: Directory, loginId: string, now: number): Promise<SessionRow[]> {
  return directory.all<SessionRow>(sql`select id, user_agent, created_at, seen_at, expires_at, studio_id from sessions
    where login_id = ${loginId} and revoked_at is null and expires_at > ${now} order by seen_at desc, id limit 100`)
}

/** Ends the sessions of a login that `which` (a condition on sessions) names. Answers those that were still open. */
export async function endSessions(directory: Directory, loginId: string, which: SQL, why: string, now: number): Promise<EndedSession[]> {
  return (await directory.commit([endSessionsOf(sql`login_id = ${loginId} and (${which})`, why, now)])).rows[0] as unknown as EndedSession[]
}

export const endSessionsOf = (where: SQL, why: string, now: number): SQL =>
  sql`update sessions set revoked_at = ${now}, revoked_why = ${why} where revoked_at is null and (${where}) returning id, studio_id`

export async function moveSession(directory: Directory, sessionId: string, studioId: string, now: number): Promise<void> {
  await directory.commit([sql`update sessions set studio_id = ${studioId}, seen_at = ${now} where id = ${sessionId} and revoked_at is null`])
}
