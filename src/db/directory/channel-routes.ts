// Which studio a provider's account belongs to, trusted for ten seconds per isolate; and what could not be routed.
import { sql } from 'drizzle-orm'
import type { Bindings } from '../../platform/bindings.ts'
import { now as clock } from '../../platform/clock.ts'
import { sha256Url } from '../../platform/digest.ts'
import { openDirectory } from './directory.ts'

export interface ChannelRoute { account: string; studioId: string; integrationId: string }
interface Row { account: string; studio_id: string; integration_id: string }

const ttlMs = 10_000
const cache = new Map<string, { routes: ChannelRoute[]; until: number }>()

/** The account of a platform webhook; undefined when nobody connected it. */
export async function routeOf(env: Bindings, provider: string, account: string): Promise<ChannelRoute | undefined> {
  return (await cached(`${provider}|${account}`, () => openDirectory(env).all<Row>(byAccount, { provider, account })))[0]
}

/** All accounts of one integration; empty when there is no such integration. */
export async function routesOf(env: Bindings, provider: string, integrationId: string): Promise<ChannelRoute[]> {
  return cached(`${provider}||${integrationId}`, () => openDirectory(env).all<Row>(byIntegration, { provider, integration: integrationId }))
}

/** Reserves accounts for an integration; the account already held by another integration comes back, else null. */
export async function reserveRoutes(env: Bindings, provider: string, routes: ChannelRoute[], now: number): Promise<string | null> {
  const directory = openDirectory(env)
  const { rows } = await directory.commit([
    ...routes.map(route => sql`insert into channel_routes (provider, account, studio_id, integration_id, created_at)
      values (${provider}, ${route.account}, ${route.studioId}, ${route.integrationId}, ${now}) on conflict do nothing`),
    sql`select account, integration_id from channel_routes where provider = ${provider} and account in (${sql.join(routes.map(route => sql`${route.account}`), sql`, `)})`,
  ])
  const taken = (rows.at(-1) as unknown as { account: string; integration_id: string }[]).find(row => row.integration_id !== routes[0]?.integrationId)
  // A WhatsApp business account may hold several numbers: its route belongs to the first, and that is no conflict.
  if (taken !== undefined && !taken.account.startsWith('waba:')) {
    await releaseRoutes(env, routes[0]?.integrationId ?? '')
    return taken.account
  }
  forgetRoutes()
  return null
}

export async function releaseRoutes(env: Bindings, integrationId: string): Promise<void> {
  await openDirectory(env).commit([sql`delete from channel_routes where integration_id = ${integrationId}`])
  forgetRoutes()
}

/** Keeps a verified body that no studio could be found for; the same body once. */
export async function quarantineBody(env: Bindings, provider: string, account: string, reason: string, body: string, now: number): Promise<void> {
  const id = `rcp_${(await sha256Url(`${provider}|${account}|${body}`)).slice(0, 26)}`
  await openDirectory(env).commit([sql`insert into quarantine (id, provider, account, reason, body, received_at) values (${id}, ${provider}, ${account}, ${reason}, ${body.slice(0, 500_000)}, ${now}) on conflict do nothing`])
}

export function forgetRoutes(): void {
  cache.clear()
}

async function cached(key: string, read: () => Promise<Row[]>): Promise<ChannelRoute[]> {
  const known = cache.get(key)
  if (known !== undefined && known.until > clock()) return known.routes
  const routes = (await read()).map(row => ({ account: row.account, studioId: row.studio_id, integrationId: row.integration_id }))
  if (cache.size > 20_000) cache.clear()
  cache.set(key, { routes, until: clock() + ttlMs })
  return routes
}

const byAccount = sql`select account, studio_id, integration_id from channel_routes where provider = ${sql.placeholder('provider')} and account = ${sql.placeholder('account')}`
const byIntegration = sql`select account, studio_id, integration_id from channel_routes where integration_id = ${sql.placeholder('integration')} and provider = ${sql.placeholder('provider')}`
