// Which secrets may sign a webhook: the integration's own, else the platform's. Opened ones are trusted for ten seconds.
import type { Channel } from '../channels/channel.ts'
import type { ChannelRoute } from '../db/directory/channel-routes.ts'
import { openStudio } from '../db/open-studio.ts'
import { openAccount } from '../domain/integrations/account.ts'
import { second } from '../platform/clock.ts'
import type { Call } from './route.ts'

interface Keys { secrets: string[]; verifyToken: string | null }
const ttlMs = 10 * second
const cache = new Map<string, { keys: Keys; until: number }>()

/** `platform`: they are the platform app's, whose word counts for every account; else one integration's. */
export interface Signers { secrets: string[]; platform: boolean }

export async function webhookSecrets(call: Call, channel: Channel, route: ChannelRoute | undefined): Promise<Signers> {
  const own = route === undefined ? [] : (await keysOf(call, route)).secrets
  if (own.length > 0) return { secrets: own, platform: false }
  const platform = channel.provider === 'whatsapp' || channel.provider === 'instagram' ? call.config.META_APP_SECRET : undefined
  return { secrets: platform === undefined ? [] : [platform], platform: true }
}

/** After an account was connected anew or disconnected: its old secrets sign nothing any more. */
export function forgetSecrets(integrationId: string): void {
  cache.delete(integrationId)
}

/** Tokens that a handshake may show: the integration's, and the platform's on its own address. */
export async function handshakeTokens(call: Call, route: ChannelRoute | undefined): Promise<string[]> {
  const token = route === undefined ? call.config.META_VERIFY_TOKEN : (await keysOf(call, route)).verifyToken
  return token === undefined || token === null || token === '' ? [] : [token]
}

async function keysOf(call: Call, route: ChannelRoute): Promise<Keys> {
  const known = cache.get(route.integrationId)
  if (known !== undefined && known.until > call.now) return known.keys
  const scope = await openStudio(call.env, route.studioId, { kind: 'system' }, { now: call.now })
  const account = await openAccount(scope, route.integrationId)
  const secret = account?.credentials.app_secret
  const keys = { secrets: secret === undefined || secret === '' ? [] : [secret], verifyToken: account?.verifyToken ?? null }
  if (cache.size > 10_000) cache.clear()
  cache.set(route.integrationId, { keys, until: call.now + ttlMs })
  return keys
}
