// Disconnects an account: secrets and routes go, the history stays.
import { eq, sql } from 'drizzle-orm'
import { releaseRoutes, reserveRoutes } from '../../db/directory/channel-routes.ts'
import { cancelJobs } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { update } from '../../db/statement.ts'
import type { Bindings } from '../../platform/bindings.ts'
import { describe, log } from '../../platform/log.ts'
import { invalid, notFound } from '../../platform/problem.ts'
import { openAccount } from './account.ts'
import { tellIntegration } from './health.ts'
import { integrations } from './integrations.sql.ts'
import type { Provider } from './provider.ts'
import { sweepJob } from './sweep-integration.ts'
import { wakeSends } from './wake-sends.ts'

type Row = typeof integrations.$inferSelect

/** Without an id, the only account of that provider. Waiting sends end as failed, with the reason. Throws NOT_FOUND, VALIDATION_ERROR when there are several. */
export async function disconnectAccount(env: Bindings, scope: Scope, provider: Provider, wanted: string | undefined): Promise<void> {
  const connected = await scope.db.select(integrations, { where: sql`${integrations.channelType} = ${provider.channelType} and ${integrations.disconnectedAt} is null and ${integrations.isActive} = 1` })
  const row = wanted === undefined ? connected[0] : connected.find(one => one.id === wanted)
  if (row === undefined) throw notFound('integration')
  if (wanted === undefined && connected.length > 1) throw invalid('integration_id', 'Several accounts of this provider are connected: say which.')
  const sibling = connected.find(other => other.id !== row.id && sharedRoutes(row, other).length > 0)
  if (sibling === undefined) await unsubscribe(scope, provider, row)
  await scope.db.commit([
    update(integrations, { isActive: false, credentials: '{}', health: JSON.stringify({ state: 'unknown', reason: 'Disconnected.' }), disconnectedAt: scope.now }, eq(integrations.id, row.id)),
    tellIntegration(row.id),
    cancelJobs(sql`kind in ('health.check', 'templates.sync') and subject = ${row.id}`, 'disconnected'),
    wakeSends(row.id, scope.now),
    sweepJob(row.id, scope.now),
  ])
  await releaseRoutes(env, row.id)
  if (sibling !== undefined) await reserveRoutes(env, provider.name, sharedRoutes(row, sibling).map(account => ({ account, studioId: scope.studio.id, integrationId: sibling.id })), scope.now)
}

/** Best effort: a provider that cannot be asked, or secrets that no longer open, must not keep anybody connected. */
async function unsubscribe(scope: Scope, provider: Provider, row: Row): Promise<void> {
  try {
    const account = await openAccount(scope, row.id)
    if (account !== undefined) await provider.disconnect(account)
  } catch (error) {
    log('warn', 'integration.unsubscribe_failed', { error: describe(error) })
  }
}

/** Numbers of one WhatsApp account share its route and its subscription. */
function sharedRoutes(one: Row, other: Row): string[] {
  const theirs = routesIn(other)
  return routesIn(one).filter(route => theirs.includes(route))
}

function routesIn(row: Row): string[] {
  return (JSON.parse(row.details ?? '{}') as { routes?: string[] }).routes ?? []
}
