// Disconnects an account: secrets and routes go, the history stays, and who shares its subscription keeps it.
import { eq, sql } from 'drizzle-orm'
import { holdersOf, releaseRoutes } from '../../db/directory/channel-routes.ts'
import { cancelJobs } from '../../db/jobs.ts'
import { openStudio } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import { update } from '../../db/statement.ts'
import type { Bindings } from '../../platform/bindings.ts'
import { describe, log } from '../../platform/log.ts'
import { invalid, notFound } from '../../platform/problem.ts'
import { openAccount } from './account.ts'
import type { OpenedAccount } from './account.ts'
import { tellIntegration } from './health.ts'
import { integrations } from './integrations.sql.ts'
import type { Provider } from './provider.ts'
import { sweepJob } from './sweep-integration.ts'
import { wakeSends } from './wake-sends.ts'

type Row = typeof integrations.$inferSelect

/** Without an id, the only account of that provider. Waiting sends end as failed, with the reason. Answers its id. Throws NOT_FOUND, VALIDATION_ERROR when there are several. */
export async function disconnectAccount(env: Bindings, scope: Scope, provider: Provider, wanted: string | undefined, webhookUrl: (id: string) => string): Promise<string> {
  const connected = await scope.db.select(integrations, { where: sql`${integrations.channelType} = ${provider.channelType} and ${integrations.disconnectedAt} is null and ${integrations.isActive} = 1` })
  const row = wanted === undefined ? connected[0] : connected.find(one => one.id === wanted)
  if (row === undefined) throw notFound('integration')
  if (wanted === undefined && connected.length > 1) throw invalid('integration_id', 'Several accounts of this provider are connected: say which.')
  const account = await opened(scope, row.id)
  await scope.db.commit([
    update(integrations, { isActive: false, credentials: '{}', health: JSON.stringify({ state: 'unknown', reason: 'Disconnected.' }), disconnectedAt: scope.now }, eq(integrations.id, row.id)),
    tellIntegration(row.id),
    cancelJobs(sql`kind in ('health.check', 'templates.sync') and subject = ${row.id}`, 'disconnected'),
    wakeSends(row.id, scope.now),
    sweepJob(row.id, scope.now),
  ])
  await releaseRoutes(env, row.id)
  if (account !== undefined) await leaveSubscription(env, scope, provider, account, routesIn(row), webhookUrl)
  return row.id
}

/**
 * Numbers of one WhatsApp account, of this studio or another, share the subscription of their app: the last one ends it,
 * else it is pointed at one that stays. Best effort: a provider that cannot be asked must not keep anybody connected.
 */
async function leaveSubscription(env: Bindings, scope: Scope, provider: Provider, account: OpenedAccount, routes: string[], webhookUrl: (id: string) => string): Promise<void> {
  try {
    const others = await Promise.all((await holdersOf(env, provider.name, routes)).map(async route => {
      const theirs = route.studioId === scope.studio.id ? scope : await openStudio(env, route.studioId, { kind: 'system' }, { requestId: scope.requestId })
      return opened(theirs, route.integrationId)
    }))
    // The subscription is each app's own, and an app is known by its secret; none: the platform's app.
    const staying = others.filter(other => other !== undefined && (other.credentials.app_secret ?? '') === (account.credentials.app_secret ?? ''))
    for (const other of staying) if (other !== undefined && await provider.subscribe(other, { url: webhookUrl(other.id), verifyToken: other.verifyToken })) return
    if (staying.length === 0 && !others.includes(undefined)) await provider.disconnect(account)
    else log('warn', 'integration.subscription_not_handed_over', { integration_id: account.id })
  } catch (error) {
    log('warn', 'integration.unsubscribe_failed', { error: describe(error) })
  }
}

/** Undefined also when its secrets no longer open. */
async function opened(scope: Scope, id: string): Promise<OpenedAccount | undefined> {
  try {
    return await openAccount(scope, id)
  } catch (error) {
    log('warn', 'integration.secrets_do_not_open', { integration_id: id, error: describe(error) })
    return undefined
  }
}

function routesIn(row: Row): string[] {
  return (JSON.parse(row.details ?? '{}') as { routes?: string[] }).routes ?? []
}
