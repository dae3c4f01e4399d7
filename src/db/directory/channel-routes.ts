// Which studio a provider's account belongs to, trusted for ten seconds per isolate; and what could not be routed.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
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
    ...routes.filter(route => isShared(route.account)).map(route => sql`insert into channel_routes (provider, account, studio_id, integration_id, created_at)
      select provider, account || '|' || ${route.integrationId}, ${route.studioId}, ${route.integrationId}, ${now} from channel_routes
      where provider = ${provider} and account = ${route.account} and integration_id <> ${route.integrationId} on conflict do nothing`),
    sql`select account, integration_id from channel_routes where provider = ${provider} and account in (${sql.join(routes.map(route => sql`${route.account}`), sql`, `)})`,
  ])
  const taken = (rows.at(-1) as unknown as { account: string; integration_id: string }[]).find(row => row.integration_id !== routes[0]?.integrationId && !isShared(row.account))
  if (taken !== undefined) {
    await releaseRoutes(env, routes[0]?.integrationId ?? '')
    return taken.account
  }
  forgetRoutes()
  return null
}

/** Gives up all routes of an integration; one that others stand in line for goes to the longest waiting. */
export async function releaseRoutes(env: Bindings, integrationId: string): Promise<void> {
  const directory = openDirectory(env)
  const held = await directory.all<{ provider: string; account: string }>(sql`select provider, account from channel_routes where integration_id = ${integrationId}`)
  await directory.commit([
    sql`delete from channel_routes where integration_id = ${integrationId}`,
    ...held.filter(({ account }) => isShared(account)).map(({ provider, account }) => sql`update channel_routes set account = ${account} where provider = ${provider} and account = (
      select account from channel_routes where provider = ${provider} and ${inLine(account)} order by created_at, account limit 1)
      and not exists (select 1 from channel_routes where provider = ${provider} and account = ${account})`),
  ])
  forgetRoutes()
}

/** Everybody, of any studio, who holds one of these shared accounts or stands in line for it, the holder first. */
export async function holdersOf(env: Bindings, provider: string, accounts: string[]): Promise<ChannelRoute[]> {
  const rows = await Promise.all(accounts.filter(isShared).map(account => openDirectory(env).all<Row>(sql`select account, studio_id, integration_id from channel_routes
    where provider = ${provider} and (account = ${account} or (${inLine(account)})) order by account`)))
  return rows.flat().map(routeOfRow)
}

/** A WhatsApp business account may hold several numbers: its route belongs to the first, the others stand in line as `waba:…|integration`. */
function isShared(account: string): boolean {
  return account.startsWith('waba:') && !account.includes('|')
}

/** '}' is the character after '|'. */
function inLine(account: string): SQL {
  return sql`account > ${`${account}|`} and account < ${`${account}}`}`
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
  const routes = (await read()).map(routeOfRow)
  if (cache.size > 20_000) cache.clear()
  cache.set(key, { routes, until: clock() + ttlMs })
  return routes
}

function routeOfRow(row: Row): ChannelRoute {
  return { account: row.account, studioId: row.studio_id, integrationId: row.integration_id }
}

const byAccount = sql`select account, studio_id, integration_id from channel_routes where provider = ${sql.placeholder('provider')} and account = ${sql.placeholder('account')}`
const byIntegration = sql`select account, studio_id, integration_id from channel_routes where integration_id = ${sql.placeholder('integration')} and provider = ${sql.placeholder('provider')}`
