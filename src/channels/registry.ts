// The channels there are; a new one is a folder and a line here.
import type { ChannelType } from '../contract/channel.ts'
import type { Channel } from './channel.ts'
import { whatsapp } from './whatsapp/index.ts'

export const channels: readonly Channel[] = [whatsapp]

const byType = new Map(channels.map(channel => [channel.type, channel]))
const byProvider = new Map(channels.map(channel => [channel.provider, channel]))

export function channelOf(type: ChannelType): Channel | undefined {
  return byType.get(type)
}

/** By the segment in /api/integrations/{connect,webhook}/{provider}; any string may be asked for. */
export function channelByProvider(provider: string): Channel | undefined {
  return byProvider.get(provider)
}
