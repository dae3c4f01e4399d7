// What the verbs of this room need of a channel; the edge hands it in.
import type { ChannelAccount, ChannelType, ConnectOutcome, Health, MessageTemplate } from '../../contract/channel.ts'

export interface Provider {
  /** Segment of its addresses ("whatsapp"). */
  name: string
  channelType: ChannelType
  isSecret(field: string): boolean
  accountOf(credentials: Record<string, string>): { externalId: string; routes: string[] }
  connect(credentials: Record<string, string>, webhook: { url: string; verifyToken: string }): Promise<ConnectOutcome>
  health(account: ChannelAccount): Promise<Health>
  disconnect(account: ChannelAccount): Promise<void>
  /** Points a subscription that several accounts share at another address; false when that was refused. */
  subscribe(account: ChannelAccount, webhook: { url: string; verifyToken: string }): Promise<boolean>
  templates(account: ChannelAccount): Promise<{ ok: true; templates: MessageTemplate[] } | { ok: false; reason: string } | null>
}
export type Providers = (type: ChannelType) => Provider | undefined
