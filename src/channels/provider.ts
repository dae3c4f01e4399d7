// A channel as a verb is handed it: the provider's calls with the guarded fetch and the settings filled in.
import type { ChannelAccount, ChannelType, MediaSource } from '../contract/channel.ts'
import type { Bindings } from '../platform/bindings.ts'
import { now } from '../platform/clock.ts'
import type { Config } from '../platform/env.ts'
import type { Channel, ChannelContext } from './channel.ts'
import { channelContext } from './context.ts'
import { channelOf } from './registry.ts'

/** Fits `Provider` and `MediaProvider` of the domain, which may not know channels. */
export function providerOf(channel: Channel, env: Bindings, config: Config) {
  const context = (): ChannelContext => channelContext(env, config, now())
  return {
    name: channel.provider,
    channelType: channel.type,
    isSecret: (field: string): boolean => channel.credentials.shape[field]?.meta()?.secret === true,
    accountOf: (credentials: Record<string, string>) => channel.accountOf(credentials),
    connect: (credentials: Record<string, string>, webhook: { url: string; verifyToken: string }) => channel.connect(credentials, webhook, context()),
    health: (account: ChannelAccount) => channel.health(account, context()),
    disconnect: async (account: ChannelAccount) => channel.disconnect?.(account, context()),
    subscribe: async (account: ChannelAccount, webhook: { url: string; verifyToken: string }) => channel.subscribe?.(account, webhook, context()) ?? false,
    /** null where the channel knows no templates. */
    templates: async (account: ChannelAccount) => channel.templates?.(account, context()) ?? null,
    locate: async (ref: { mediaId?: string; url?: string }, account: ChannelAccount) => channel.media?.(ref, account, context()) ?? null,
    /** Opens the bytes; only on the provider's own addresses and media hosts. */
    open(source: MediaSource, rules: { maxBytes: number; deadlineMs: number }): Promise<Response> {
      const at = context()
      return at.fetch(source.url, { headers: source.headers }, { origins: channel.origins(at), hosts: channel.mediaHosts, redirects: 2, ...rules })
    },
  }
}

/** Finds the provider of a stored account; undefined for a channel this version does not have. */
export function providersOf(env: Bindings, config: Config) {
  return (type: ChannelType) => {
    const channel = channelOf(type)
    return channel === undefined ? undefined : providerOf(channel, env, config)
  }
}
