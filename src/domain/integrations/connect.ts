// Connects an account in two databases: row, routes, the provider's yes, then active. A refusal leaves nothing behind.
import { sql } from 'drizzle-orm'
import type { Connected } from '../../contract/channel.ts'
import { releaseRoutes, reserveRoutes } from '../../db/directory/channel-routes.ts'
import { cancelJobs } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insert, remove, update } from '../../db/statement.ts'
import type { Bindings } from '../../platform/bindings.ts'
import { iso, minute } from '../../platform/clock.ts'
import { newId, newSecret } from '../../platform/ids.ts'
import { Problem, conflict } from '../../platform/problem.ts'
import { sealCredentials } from './account.ts'
import { nextRound } from './check-health.ts'
import { tellIntegration } from './health.ts'
import { integrations } from './integrations.sql.ts'
import type { Provider } from './provider.ts'
import { sweepJob } from './sweep-integration.ts'
import { syncJob } from './sync-templates.ts'
import { wakeFiles } from '../attachments/wake-files.ts'
import { wakeSends } from './wake-sends.ts'

type Row = typeof integrations.$inferSelect
interface Attempt { id: string; /** The same for good: isolates remember it for some seconds. */ verifyToken: string; /** Sealed anew each time: marks the row as this attempt's. */ credentials: string; before: Row | undefined; /** Works already: stays untouched until the provider says yes. */ live: boolean }

/** The same number connected again keeps its id. Throws CONFLICT for a number another integration holds, VALIDATION_ERROR with the field the provider refuses. */
export async function connectAccount(env: Bindings, scope: Scope, provider: Provider, credentials: Record<string, string>, webhookUrl: (id: string) => string): Promise<{ id: string; verifyToken: string }> {
  const account = provider.accountOf(credentials)
  const before = (await scope.db.select(integrations, { where: sql`${integrations.channelType} = ${provider.channelType} and ${integrations.externalId} = ${account.externalId}`, orderBy: sql`${integrations.createdAt} desc`, limit: 1 }))[0]
  const id = before?.id ?? newId('integration', scope.now)
  const live = before !== undefined && before.isActive && before.disconnectedAt === null
  const attempt: Attempt = { id, live, before, verifyToken: before?.verifyToken || newSecret(), credentials: await sealCredentials(scope, id, credentials, provider.isSecret) }
  await writeHalf(scope, provider, account.externalId, attempt)
  try {
    await reserve(env, scope, provider, id, account.routes)
    // The provider calls our handshake during this.
    const outcome = await provider.connect(credentials, { url: webhookUrl(id), verifyToken: attempt.verifyToken })
    if (!outcome.ok) throw new Problem('VALIDATION_ERROR', outcome.reason, { field: outcome.field === undefined ? 'credentials' : `credentials.${outcome.field}`, reason: outcome.reason })
    await reserve(env, scope, provider, id, outcome.routes.filter(route => !account.routes.includes(route)))
    await activate(scope, attempt, outcome)
  } catch (error) {
    await undo(env, scope, attempt)
    throw error
  }
  return { id, verifyToken: attempt.verifyToken }
}

/** Written before anything is reserved, with the job that clears it away if we die on the way. */
async function writeHalf(scope: Scope, provider: Provider, externalId: string, { id, verifyToken, credentials, before, live }: Attempt): Promise<void> {
  if (live) return
  const row = { isActive: false, credentials, verifyToken, health: JSON.stringify({ state: 'unknown' }), disconnectedAt: null }
  const { changed } = await scope.db.commit([
    before === undefined
      ? insert(integrations, { id, channelType: provider.channelType, name: provider.name, externalId, details: null, createdAt: scope.now, ...row })
      : update(integrations, row, sql`${integrations.id} = ${id} and ${integrations.isActive} = 0`),
    // A sweep that is due from a disconnection just before must not meet the half-made row.
    cancelJobs(sql`id = ${`integration.sweep:${id}`}`, 'connecting'),
    sweepJob(id, scope.now + 10 * minute),
  ])
  if (changed[0] === 0) throw overtaken()
}

async function reserve(env: Bindings, scope: Scope, provider: Provider, id: string, routes: string[]): Promise<void> {
  if (routes.length === 0) return
  const taken = await reserveRoutes(env, provider.name, routes.map(account => ({ account, studioId: scope.studio.id, integrationId: id })), scope.now)
  if (taken !== null) throw conflict('This account is connected already, here or in another studio. Disconnect it there first.', { reason: 'account_taken' })
}

async function activate(scope: Scope, { id, live, credentials }: Attempt, made: Connected): Promise<void> {
  const health = JSON.stringify({ ...made.health, since: iso(scope.now), checked_at: iso(scope.now) })
  const { changed } = await scope.db.commit([
    update(integrations, { isActive: true, name: made.name, externalId: made.externalId, credentials, health, details: JSON.stringify({ ...made.details, routes: made.routes }), disconnectedAt: null },
      sql`${integrations.id} = ${id} and ${live ? sql`${integrations.isActive} = 1` : sql`${integrations.credentials} = ${credentials}`}`),
    tellIntegration(id),
    cancelJobs(sql`id = ${`integration.sweep:${id}`}`, 'connected'),
    syncJob(id, scope.now),
    nextRound(id, scope.now),
    wakeSends(id, scope.now),
    wakeFiles(id, scope.now),
  ])
  if (changed[0] === 0) throw overtaken()
}

function overtaken() {
  return conflict('Somebody else is connecting this account right now.', { reason: 'overtaken' })
}

/** Puts back what was there; a newer attempt on the same row has sealed its own credentials and is left alone. */
async function undo(env: Bindings, scope: Scope, { id, credentials, before, live }: Attempt): Promise<void> {
  if (live) return
  const mine = sql`${integrations.id} = ${id} and ${integrations.credentials} = ${credentials} and ${integrations.isActive} = 0`
  const wasConnected = before !== undefined && before.disconnectedAt !== null
  const { changed } = await scope.db.commit([
    wasConnected ? update(integrations, { credentials: '{}', disconnectedAt: before.disconnectedAt }, mine) : remove(integrations, mine),
    cancelJobs(sql`id = ${`integration.sweep:${id}`}`, 'refused'),
  ])
  if (changed[0] === 1) await releaseRoutes(env, id)
}
