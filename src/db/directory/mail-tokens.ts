// Links sent by mail: each works once, for one purpose, until it expires.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Directory } from './directory.ts'
import { dropResetLinks } from './logins.ts'
import { endSessionsOf } from './sessions.ts'
import type { EndedSession } from './sessions.ts'

export type Purpose = 'verify' | 'reset'
export interface NewMailToken { hash: string; loginId: string; purpose: Purpose; email: string; expiresAt: number }

export const addMailToken = (token: NewMailToken): SQL =>
  sql`insert into mail_tokens (id, login_id, purpose, email, expires_at) values (${token.hash}, ${token.loginId}, ${token.purpose}, ${token.email}, ${token.expiresAt})`

/** Whether a link would work now; the batch that uses it decides. */
export async function isMailTokenLive(directory: Directory, hash: string, purpose: Purpose, now: number): Promise<boolean> {
  return (await directory.first(sql`select 1 from mail_tokens where ${live(hash, purpose, now)}`)) !== undefined
}

/** Marks the address verified that the link was sent to. The login's id, or null for a link that no longer works. */
export async function verifyByMailToken(directory: Directory, hash: string, now: number): Promise<string | null> {
  const { rows } = await directory.commit([
    sql`update logins set email_verified_at = coalesce(email_verified_at, ${now}) where (id, email) in (select login_id, email from mail_tokens where ${live(hash, 'verify', now)}) returning id`,
    sql`update mail_tokens set used_at = ${now} where ${live(hash, 'verify', now)}`,
  ])
  return (rows[0]?.[0]?.['id'] as string | undefined) ?? null
}

/** Sets the password once per link, however many callers hold it, and ends every session of the login. Null: the link no longer works. */
export async function resetByMailToken(directory: Directory, hash: string, passwordHash: string, now: number): Promise<{ loginId: string; ended: EndedSession[] } | null> {
  // The new hash has a random salt: only this caller's batch can have written it.
  const owner = sql`(select id from logins where password_hash = ${passwordHash} and id = (select login_id from mail_tokens where id = ${hash}))`
  const { rows } = await directory.commit([
    sql`update logins set password_hash = ${passwordHash}, email_verified_at = coalesce(email_verified_at, ${now})
      where (id, email) in (select login_id, email from mail_tokens where ${live(hash, 'reset', now)}) returning id`,
    endSessionsOf(sql`login_id = ${owner}`, 'password reset', now),
    dropResetLinks(owner, sql`true`, now),
  ])
  const loginId = rows[0]?.[0]?.['id'] as string | undefined
  return loginId === undefined ? null : { loginId, ended: rows[1] as unknown as EndedSession[] }
}

function live(hash: string, purpose: Purpose, now: number): SQL {
  return sql`id = ${hash} and purpose = ${purpose} and used_at is null and expires_at > ${now}`
}
