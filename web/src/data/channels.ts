// What the screens say about channels: their names, their drawings, their reply windows.
import type { ChannelType } from '../../../src/contract/channel.ts'
import { windowHours } from '../../../src/contract/window.ts'
import type { IconName } from '../ui/icon.tsx'

const names: Record<ChannelType, { label: string; icon: IconName }> = {
  whatsapp: { label: 'WhatsApp', icon: 'whatsapp' },
  instagram: { label: 'Instagram', icon: 'image' },
  gmail: { label: 'Gmail', icon: 'mail' },
  sms: { label: 'SMS', icon: 'phone' },
  email: { label: 'E-mail', icon: 'mail' },
  webchat: { label: 'Web chat', icon: 'chat' },
  form: { label: 'Web form', icon: 'list' },
}

export function channelLabel(channel: ChannelType): string {
  return names[channel].label
}
export function isChannel(word: string): word is ChannelType {
  return Object.hasOwn(names, word)
}
export function channelIcon(channel: ChannelType): IconName {
  return names[channel].icon
}
/** Whether free replies end some hours after the person's last message. */
export function hasWindow(channel: ChannelType): boolean {
  return windowHours[channel] !== null
}
export function windowLength(channel: ChannelType): number | null {
  return windowHours[channel]
}
