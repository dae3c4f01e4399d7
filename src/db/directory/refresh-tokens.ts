// Rotation of refresh tokens: one batch decides which of many callers made the successor.
import { sql } from 'drizzle-orm'
import type { Directory } from './directory.ts'
import type { Client } from './sessions.ts'

export interface Rotated {
  session_id: string
  login_id: string
  studio_id: string
  client: Client
  used_at: number
  /** Sealed by whoever won; only the holder of the old token reads it. */
  successor: string
  /** When the successor was itself used, ms; null while it is the family's live leaf. */
  next_used_at: number | null
  live: 0 | 1
}

/** `successor` is what we would hand out. The answer's `successor` tells whose it became; nothing for an unknown token. */
export async function rotateRefreshToken(directory: Directory, token: { hash: string; successor: string; nextHash: string }, now: number, expiresAt: number): Promise<Rotated | undefined> {
  const won = sql`exists (select 1 from refresh_tokens where id = ${token.hash} and successor = ${token.successor})`
  const { rows } = await directory.commit([
    sql`update refresh_tokens set used_at = ${now}, successor = ${token.successor}, next_id = ${token.nextHash} where id = ${token.hash} and used_at is null
      and exists (select 1 from sessions s where s.id = session_id and s.revoked_at is null and s.expires_at > ${now})`,
    sql`insert into refresh_tokens (id, session_id, created_at) select ${token.nextHash}, session_id, ${now} from refresh_tokens where id = ${token.hash} and ${won}`,
    sql`delete from refresh_tokens where session_id = (select session_id from refresh_tokens where id = ${token.nextHash}) and used_at < ${now - keptMs}`,
    sql`update sessions set seen_at = ${now}, expires_at = min(${expiresAt}, created_at + ${longestMs}) where id = (select session_id from refresh_tokens where id = ${token.nextHash}) and ${won}`,
    sql`select r.session_id, s.login_id, s.studio_id, s.client, r.used_at, r.successor, n.used_at as next_used_at, s.revoked_at is null and s.expires_at > ${now} as live
      from refresh_tokens r join sessions s on s.id = r.session_id left join refresh_tokens n on n.id = r.next_id where r.id = ${token.hash}`,
  ])
  return rows[4]?.[0] as unknown as Rotated | undefined
}

/** The session a token belongs to while that is open; nothing for an unknown or ended one. */
export function sessionOfToken(directory: Directory, hash: string): Promise<{ session_id: string; login_id: string } | undefined> {
  return directory.first(sql`select s.id as session_id, s.login_id from refresh_tokens r join sessions s on s.id = r.session_id where r.id = ${hash} and s.revoked_at is null`)
}

/** Used tokens are kept this long to recognise a reuse; an older one is unknown and refused all the same. */
const keptMs = 30 * 86_400_000
/** However often it is renewed, a session asks for the password again after half a year. */
const longestMs = 182 * 86_400_000
