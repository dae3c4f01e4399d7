// What we know of an account's health, told when it changes.
import { eq, sql } from 'drizzle-orm'
import type { Health } from '../../contract/channel.ts'
import { change } from '../../db/changes.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { iso } from '../../platform/clock.ts'
import { integrations } from './integrations.sql.ts'

/** Writes for a newly seen health; `since` stays while the state stays. */
export async function healthWrites(scope: Scope, id: string, seen: Health): Promise<Write[]> {
  const row = await scope.db.get(integrations, eq(integrations.id, id))
  if (row === undefined) return []
  const before = JSON.parse(row.health) as Health
  const same = before.state === seen.state && before.reason === seen.reason
  const health: Health = { ...seen, since: same && before.since !== undefined ? before.since : iso(scope.now), checked_at: iso(scope.now) }
  const write = update(integrations, { health: JSON.stringify(health) }, eq(integrations.id, id))
  return same ? [write] : [write, tellIntegration(id)]
}

export function tellIntegration(id: string): Write {
  return change('integration.updated', id, sql`json_object('id', ${integrations.id}, 'channel_type', ${integrations.channelType}, 'name', ${integrations.name},
    'is_active', json(case when ${integrations.isActive} then 'true' else 'false' end), 'health', json(${integrations.health}))`, sql`from ${own(integrations)} where ${integrations.id} = ${id}`)
}
