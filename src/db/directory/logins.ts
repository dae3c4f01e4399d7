// Logins in the directory: found by e-mail or id, renamed, given a new password.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Directory } from './directory.ts'
import { endSessionsOf } from './sessions.ts'
import type { EndedSession } from './sessions.ts'

export interface LoginRow { id: string; email: string; name: string; password_hash: string; email_verified_at: number | null }

const columns = sql`id, email, name, password_hash, email_verified_at`

export function loginByEmail(directory: Directory, email: string): Promise<LoginRow | undefined> {
  return directory.first<LoginRow>(sql`select ${columns} from logins where email = ${email}`)
}

export function loginById(directory: Directory, id: string): Promise<LoginRow | undefined> {
  return directory.first<LoginRow>(sql`select ${columns} from logins where id = ${id}`)
}

export async function renameLogin(directory: Directory, id: string, name: string): Promise<void> {
  await directory.commit([sql`update logins set name = ${name} where id = ${id}`])
}

/** Puts the new hash only where the old one still stands, ends all sessions but one and every link that could undo it. Null: it had changed. */
export async function replacePassword(directory: Directory, login: { id: string; oldHash: string; newHash: string; keepSession: string }, now: number): Promise<EndedSession[] | null> {
  const changed = sql`exists (select 1 from logins where id = ${login.id} and password_hash = ${login.newHash})`
  const result = await directory.commit([
    sql`update logins set password_hash = ${login.newHash} where id = ${login.id} and password_hash = ${login.oldHash}`,
    endSessionsOf(sql`login_id = ${login.id} and id <> ${login.keepSession} and ${changed}`, 'password changed', now),
    dropResetLinks(login.id, changed, now),
  ])
  return result.changed[0] === 1 ? (result.rows[1] as unknown as EndedSession[]) : null
}

export const dropResetLinks = (loginId: SQL | string, when: SQL, now: number): SQL =>
  sql`update mail_tokens set used_at = ${now} where login_id = ${loginId} and purpose = 'reset' and used_at is null and ${when}`
