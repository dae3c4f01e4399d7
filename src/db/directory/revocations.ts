// Sessions and memberships that changed lately: what hubs must be told even when the first telling was lost.
import { sql } from 'drizzle-orm'
import type { Bindings } from '../../platform/bindings.ts'
import { openDirectory } from './directory.ts'

export interface Revocation { studio_id: string; session_id: string | null; member_id: string | null; /** When it ended or changed, ms. */ at: number }

/** Revoked sessions and changed members since `after` (ms), of studios on one shard. */
export async function revocationsSince(env: Bindings, shard: number, after: number): Promise<Revocation[]> {
  return openDirectory(env).all<Revocation>(recent, { after, shard })
}

const recent = sql`select s.studio_id, s.id as session_id, null as member_id, s.revoked_at as at from sessions s join studios t on t.id = s.studio_id
    where s.revoked_at > ${sql.placeholder('after')} and t.shard = ${sql.placeholder('shard')}
  union all select m.studio_id, null, m.id, m.changed_at from memberships m join studios t on t.id = m.studio_id
    where m.changed_at > ${sql.placeholder('after')} and m.changed_at > m.created_at and t.shard = ${sql.placeholder('shard')}`
