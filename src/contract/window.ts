// For how long a customer's message allows free-form replies, per channel: the one table everybody asks.
import type { ChannelType } from './channel.ts'

/** Hours after the last inbound message; null: no window. Source: WhatsApp and Instagram messaging policies. */
export const windowHours: Record<ChannelType, number | null> = {
  whatsapp: 24, instagram: 24, gmail: null, sms: null, email: null, webchat: null, form: null,
}

/** ms since epoch when free-form replies end; null where there is no window, 0 where it never opened. */
export function windowEnd(channel: ChannelType, lastInboundAt: number | null): number | null {
  const hours = windowHours[channel]
  if (hours === null) return null
  return lastInboundAt === null ? 0 : lastInboundAt + hours * 3_600_000
}
