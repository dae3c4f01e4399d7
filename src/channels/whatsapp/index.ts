// The WhatsApp Cloud API as a channel.
import type { ChannelAccount } from '../../contract/channel.ts'
import { windowHours } from '../../contract/window.ts'
import type { Channel, ChannelContext } from '../channel.ts'
import { callGraph, graphOrigins } from '../meta/graph.ts'
import { metaHandshake } from '../meta/handshake.ts'
import { signedByMeta } from '../meta/signature.ts'
import { accountOf, connect, disconnect, subscribe } from './connect.ts'
import { credentials, simulated } from './credentials.ts'
import { health } from './health.ts'
import { limits } from './limits.ts'
import { media, mediaHosts } from './media.ts'
import { parcels } from './parcels.ts'
import { send } from './send.ts'
import { checkTemplate } from './template.ts'
import { templates } from './templates.ts'

export const whatsapp: Channel = {
  type: 'whatsapp',
  provider: 'whatsapp',
  label: 'WhatsApp',
  credentials,
  window: { hours: windowHours.whatsapp, after: 'template' },
  limits,
  mediaHosts,
  origins: graphOrigins,
  accountOf,
  simulated,
  handshake: metaHandshake,
  verify: signedByMeta,
  parcels,
  connect,
  health,
  disconnect,
  subscribe,
  send,
  media,
  acknowledge,
  checkTemplate,
  templates,
}

/** Typing lasts up to 25 s or until a message is sent, and cannot be shown without marking as read. */
async function acknowledge(externalId: string, typing: boolean, account: ChannelAccount, context: ChannelContext): Promise<void> {
  const json = { messaging_product: 'whatsapp', status: 'read', message_id: externalId, ...(typing ? { typing_indicator: { type: 'text' } } : {}) }
  await callGraph({ method: 'POST', path: `${encodeURIComponent(account.externalId)}/messages`, token: account.credentials.access_token ?? '', json }, context)
}
