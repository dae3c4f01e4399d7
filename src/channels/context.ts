// What an adapter is given to work with: guarded fetch, time, provider addresses.
import type { Bindings } from '../platform/bindings.ts'
import type { Config } from '../platform/env.ts'
import { makeSafeFetch } from '../platform/safe-fetch.ts'
import type { ChannelContext } from './channel.ts'

export function channelContext(env: Bindings, config: Config, now: number): ChannelContext {
  const text = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, value === undefined ? undefined : String(value)]))
  return { fetch: makeSafeFetch(outbound(env, config)), now, config: text }
}

/** Where the simulator runs beside the product, its addresses are reached over its binding instead of the network. */
export function outbound(env: Bindings, config: Config): typeof fetch {
  const { SIMULATOR } = env
  if (SIMULATOR === undefined) return (input, init) => fetch(input as string, init)
  const home = `${config.PUBLIC_ORIGIN}/simulator/`
  return ((input: string, init?: RequestInit) => (input.startsWith(home) ? SIMULATOR.fetch(input, init) : fetch(input, init))) as typeof fetch
}
