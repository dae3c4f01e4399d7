// Webhooks at the edge: verify the raw bytes, split by account, one batch per studio, answer, relay. Nothing else waits here.
import type { Channel, WebhookRequest } from '../channels/channel.ts'
import { channelByProvider } from '../channels/registry.ts'
import type { Parcel } from '../contract/channel.ts'
import { quarantineBody, routeOf, routesOf } from '../db/directory/channel-routes.ts'
import type { ChannelRoute } from '../db/directory/channel-routes.ts'
import { openStudio } from '../db/open-studio.ts'
import type { Scope } from '../db/open-studio.ts'
import { relay } from '../db/relay.ts'
import { isKept, keepForLater } from '../domain/messages/receive-later.ts'
import { receiveTogether } from '../domain/messages/receive-together.ts'
import { sha256Url } from '../platform/digest.ts'
import { log } from '../platform/log.ts'
import { count } from '../platform/metrics.ts'
import { Problem, notFound, unauthenticated } from '../platform/problem.ts'
import type { Call } from './route.ts'
import { webhookSecrets } from './webhook-secrets.ts'

/** More events than this in one body are kept raw and taken apart by a job. */
const atOnce = 50
/** Larger bodies go to R2 instead of a row. */
const rowBytes = 256 * 1024

export async function takeWebhook(call: Call, provider: string, integrationId: string | null, body: Uint8Array<ArrayBuffer>): Promise<{ status: number; body: string; type?: string }> {
  const channel = channelByProvider(provider)
  if (channel === undefined) throw notFound('webhook')
  const routes = integrationId === null ? null : await routesOf(call.env, provider, integrationId)
  const request: WebhookRequest = { method: call.request.method, url: publicUrl(call), headers: call.request.headers, body }
  const signers = await webhookSecrets(call, channel, routes?.[0])
  // The platform's app may still know the address of an account that is gone here; what it says is for its siblings.
  const gone = routes !== null && routes.length === 0
  if (signers.secrets.length === 0) throw gone ? notFound('webhook') : new Problem('UNAVAILABLE', 'This webhook has no secret to verify with.', undefined, 60)
  if (!(await channel.verify(request, signers.secrets))) throw gone ? notFound('webhook') : unauthenticated('The signature does not fit the body.')
  const parcels = channel.parcels(request)
  const whole = parcels.length === 1 ? new TextDecoder().decode(body) : null
  await Promise.all(groupByRoute(await routed({ call, channel, request, own: routes ?? [], platform: signers.platform }, parcels)).map(group => store(call, channel, group, whole)))
  return { status: 200, body: '{"success":true}', type: 'application/json' }
}

/** GET handshake: echoes the challenge as plain text when the token is one of ours. */
export async function greetWebhook(call: Call, provider: string, tokens: string[]): Promise<{ status: number; body: string }> {
  const channel = channelByProvider(provider)
  if (channel?.handshake === undefined) throw notFound('webhook')
  return channel.handshake(new URL(call.request.url).searchParams, tokens)
}

interface Routed { route: ChannelRoute; parcel: Parcel }

/** A verified body: where it came in, and whether the platform's app signed it. */
interface Delivery { call: Call; channel: Channel; request: WebhookRequest; own: ChannelRoute[]; platform: boolean }

/** What belongs to nobody, or to somebody the signature does not speak for, is kept aside and answered 200. */
async function routed(delivery: Delivery, parcels: Parcel[]): Promise<Routed[]> {
  const { call, channel, own } = delivery
  const found: Routed[] = []
  for (const parcel of parcels) {
    const route = own.find(candidate => candidate.account === parcel.account) ?? await routeElsewhere(delivery, parcel)
    if (route !== undefined) found.push({ route, parcel })
    else {
      count('webhooks_unrouted_total', { provider: channel.provider })
      log('warn', 'webhook.unrouted', { provider: channel.provider, request_id: call.requestId })
      await quarantineBody(call.env, channel.provider, parcel.account, 'unknown account', parcel.raw, call.now)
    }
  }
  return found
}

/**
 * Meta keeps one address per business account, so a number's events may come to its sibling's address. Into another studio
 * they go only when the platform's app signed them, or the very secret of that number.
 */
async function routeElsewhere({ call, channel, request, own, platform }: Delivery, parcel: Parcel): Promise<ChannelRoute | undefined> {
  const route = await routeOf(call.env, channel.provider, parcel.account)
  if (route === undefined || platform || route.studioId === own[0]?.studioId) return route
  const { secrets } = await webhookSecrets(call, channel, route)
  return await channel.verify(request, secrets) ? route : undefined
}

function groupByRoute(found: Routed[]): Routed[][] {
  return [...Map.groupBy(found, ({ route }) => route.integrationId).values()]
}

async function store(call: Call, channel: Channel, group: Routed[], whole: string | null): Promise<void> {
  const [first] = group
  if (first === undefined) return
  const scope = await openStudio(call.env, first.route.studioId, { kind: 'contact' }, { requestId: call.requestId, now: call.now })
  const account = { account: first.route.integrationId, channel: channel.type }
  const events = group.flatMap(({ parcel }) => parcel.events)
  const raw = whole ?? `[${group.map(({ parcel }) => parcel.raw).join(',')}]`
  const id = `rcp_${(await sha256Url(`${first.route.integrationId}|${raw}`)).slice(0, 26)}`
  const large = raw.length > rowBytes || events.length > atOnce
  // Put once: a body that an erasure has emptied since must not come back.
  const r2Key = large && !(await isKept(scope, id)) ? await keepLarge(call, scope, id, raw) : null
  if (events.length <= atOnce) await receiveTogether(scope, account, events, { id, raw: large ? null : raw, r2Key })
  else if (r2Key !== null) await keepForLater(scope, account.account, { id, r2Key }, events)
  call.waitUntil(relay(call.env, scope.studio.id, scope.db.takeRelay()))
}

async function keepLarge(call: Call, scope: Scope, id: string, raw: string): Promise<string> {
  const key = `studio/${scope.studio.id}/receipts/${id}`
  await call.env.MEDIA.put(key, raw)
  return key
}

function publicUrl(call: Call): string {
  const { pathname, search } = new URL(call.request.url)
  return `${call.config.PUBLIC_ORIGIN}${pathname}${search}`
}
