// The one interface every channel fulfils; a new channel is a folder that exports one of these and a line in the registry.
import type { ZodObject } from 'zod'
import type {
  ChannelAccount, ChannelType, ConnectOutcome, Health, MediaOutcome, MessageTemplate, OutboundAttachment, OutboundMessage, Parcel, SendOutcome, TemplateUse,
} from '../contract/channel.ts'
import type { SafeFetch } from '../platform/safe-fetch.ts'

export interface ChannelContext {
  fetch: SafeFetch
  /** ms since epoch. */
  now: number
  /** Provider origins and platform-wide settings, from the environment. */
  config: Record<string, string | undefined>
}

export interface WebhookRequest {
  method: string
  /** The address as the provider knows it (public origin from configuration + path + query). */
  url: string
  headers: Headers
  /** Raw bytes: what was signed. */
  body: Uint8Array<ArrayBuffer>
}

export type Handshake = { status: number; body: string }

/** Free-form replies are allowed for `hours` after the last inbound message; `null`: always. */
export interface WindowRule { hours: number | null; humanAgentHours?: number; after: 'template' | 'nothing' }

export interface ChannelLimits {
  text: number
  caption: number
  /** Largest file in bytes by kind; a kind that is missing cannot be sent. */
  media: Partial<Record<'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker', { bytes: number; mimes: string[] }>>
  reactions: boolean
  replies: boolean
  templates: boolean
}

export interface Channel {
  type: ChannelType
  /** Path segment in /api/integrations/{connect,webhook}/{provider}. */
  provider: string
  label: string
  /** Strict object: drives the connect form. A field with `.meta({ secret: true })` is stored encrypted. */
  credentials: ZodObject
  window: WindowRule
  limits: ChannelLimits
  /** Media hosts `safe-fetch` may reach besides the configured provider origin ("lookaside.fbsbx.com", ".fbcdn.net"). */
  mediaHosts: string[]
  /** Origins of the provider's configured addresses. */
  origins(context: Pick<ChannelContext, 'config'>): string[]
  /** Whom credentials that fit the schema speak of, without asking: what is reserved before `connect`. */
  accountOf(credentials: Record<string, string>): { externalId: string; routes: string[] }
  /** Credentials that the simulator takes for a number of its own. */
  simulated?(): Record<string, string>

  /** GET handshake of a webhook; `verifyTokens` are the ones in force. Wrong token: 403. */
  handshake?(query: URLSearchParams, verifyTokens: string[]): Promise<Handshake>
  /** True only when one of `secrets` signed these very bytes. Never throws; empty secrets are never a match. */
  verify(request: WebhookRequest, secrets: string[]): Promise<boolean>
  /** Splits a body into account shares. Throws Problem 400 only when it is not the provider's format at all (not JSON). */
  parcels(request: WebhookRequest): Parcel[]

  /** Checks credentials against the provider and subscribes the webhook; never throws for a refusal. */
  connect(credentials: Record<string, string>, webhook: { url: string; verifyToken: string }, context: ChannelContext): Promise<ConnectOutcome>
  health(account: ChannelAccount, context: ChannelContext): Promise<Health>
  disconnect?(account: ChannelAccount, context: ChannelContext): Promise<void>
  /** Where accounts share one subscription: points it at this address; false when the provider refuses. The address is called meanwhile. */
  subscribe?(account: ChannelAccount, webhook: { url: string; verifyToken: string }, context: ChannelContext): Promise<boolean>

  /** One try. Network loss after the request left: `unconfirmed`. Never throws for a provider's answer. */
  send(message: OutboundMessage, account: ChannelAccount, context: ChannelContext): Promise<SendOutcome>
  /** Where the bytes of an inbound attachment lie right now, with the headers to fetch them. */
  media?(ref: { mediaId?: string; url?: string }, account: ChannelAccount, context: ChannelContext): Promise<MediaOutcome>
  /** Marks read at the provider and shows typing; best effort. */
  acknowledge?(externalId: string, typing: boolean, account: ChannelAccount, context: ChannelContext): Promise<void>
  /** What is wrong with the values or the file of a template, for the field of the request that holds them; null: it may be sent. */
  checkTemplate?(use: TemplateUse, components: unknown, file: OutboundAttachment['kind'] | undefined): { field: string; reason: string } | null
  /** Approved and other templates of the account. */
  templates?(account: ChannelAccount, context: ChannelContext): Promise<{ ok: true; templates: MessageTemplate[] } | { ok: false; reason: string }>
}
