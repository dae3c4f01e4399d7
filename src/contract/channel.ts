// What passes between a channel adapter and the product: inbound events, sends, outcomes, accounts.
import { z } from 'zod'

export const channelTypes = ['whatsapp', 'instagram', 'gmail', 'sms', 'email', 'webchat', 'form'] as const
export type ChannelType = (typeof channelTypes)[number]

export const messageTypes = [
  'text', 'image', 'video', 'audio', 'voice', 'document', 'sticker', 'location', 'contacts', 'interactive', 'button',
  'order', 'system', 'template', 'note', 'event', 'unsupported', 'html',
] as const
export type MessageType = (typeof messageTypes)[number]

/** The one order of delivery states; a status never moves to a smaller rank. A later delivery wins over `failed`, a later `sent` does not. */
export const statusRank = { scheduled: 0, queued: 1, sending: 2, unconfirmed: 3, sent: 40, failed: 45, delivered: 50, read: 60, played: 70, canceled: 80 } as const
export const messageStatuses = ['received', 'scheduled', 'queued', 'sending', 'unconfirmed', 'sent', 'delivered', 'read', 'played', 'failed', 'canceled'] as const
export type MessageStatus = (typeof messageStatuses)[number]

/** The person at the other end. `keys` are stable address keys, best first ("bsuid:US.13…", "phone:+1650…", "mail:a@b.c"). */
export interface Party {
  keys: string[]
  name?: string
  /** E.164 with +, when the provider gave a phone. */
  phone?: string
  email?: string
  username?: string
}

/** A file the provider holds for us; bytes come later through a job. */
export interface InboundAttachment {
  kind: 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker' | 'file'
  /** Provider's media id, or the address where it lies. */
  mediaId?: string
  url?: string
  mime?: string
  filename?: string
  /** SHA-256 as base64, as Meta gives it. */
  sha256?: string
  /** Provider already said that these bytes cannot be had. */
  failed?: string
}

interface EventBase {
  /** Provider's time of the event, ms since epoch; NaN when missing or absurd, then ours is used. */
  at: number
  /** The provider's object for this event alone, kept for the record. */
  raw: unknown
}

/** A message in either direction. `origin` says why we hear of it: only `live` inbound ones are unread, scored, answered. */
export interface MessageEvent extends EventBase {
  kind: 'message'
  externalId: string
  party: Party
  direction: 'inbound' | 'outbound'
  origin: 'live' | 'echo' | 'history' | 'standby'
  type: MessageType
  /** Plain text or caption; for other types a short line that a person can read. */
  content: string
  attachments: InboundAttachment[]
  /** External id of the message this one answers. */
  replyTo?: string
  /** Kind-specific facts (location, contacts, order, interactive answer, errors, forwarded, group …), small and JSON. */
  details?: Record<string, unknown>
  /** Ad or post the person came from. */
  referral?: Record<string, unknown>
  /** The state history already knows for an outbound message. */
  status?: MessageStatus
}

export interface StatusEvent extends EventBase {
  kind: 'status'
  /** Provider's message id. */
  externalId: string
  status: Extract<MessageStatus, 'sent' | 'delivered' | 'read' | 'played' | 'failed'>
  /** Our message id, when the provider hands our tag back (biz_opaque_callback_data and the like). */
  tag?: string
  error?: ProviderError
  /** The recipient's address keys as the provider knows them now. */
  recipient?: Party
  pricing?: Record<string, unknown>
}

export interface ReactionEvent extends EventBase {
  kind: 'reaction'
  externalId: string
  party: Party
  direction: 'inbound' | 'outbound'
  /** External id of the message reacted to. */
  target: string
  /** '' removes. */
  emoji: string
}

export interface EditEvent extends EventBase {
  kind: 'edit'
  externalId: string
  party: Party
  target: string
  content: string
}

export interface RevokeEvent extends EventBase {
  kind: 'revoke'
  externalId: string
  party: Party
  target: string
}

/** A person's address changed: the old keys and the new ones are the same person. */
export interface IdentityEvent extends EventBase {
  kind: 'identity'
  externalId: string
  before: Party
  after: Party
  content: string
}

/** News of the account itself: health, template state, hand-over of control. */
export interface AccountEvent extends EventBase {
  kind: 'account'
  externalId: string
  what: 'template' | 'quality' | 'restriction' | 'handover' | 'preferences' | 'contacts' | 'other'
  content: string
  party?: Party
  details?: Record<string, unknown>
}

export type InboundEvent = MessageEvent | StatusEvent | ReactionEvent | EditEvent | RevokeEvent | IdentityEvent | AccountEvent

/** One account's share of a webhook body: what is routed and stored together. */
export interface Parcel {
  /** Provider's account id to route by, with its kind ("phone:1065…", "waba:1022…"). */
  account: string
  events: InboundEvent[]
  /** This account's share of the body; the very body text when there was only one account. */
  raw: string
}

/** What a provider's error means for us. */
export type ErrorVerdict = 'retry' | 'wait' | 'stop' | 'template_needed' | 'reject'
export interface ProviderError {
  code: string
  /** The provider's words, cut to 500 characters, without secrets. */
  reason: string
  verdict: ErrorVerdict
  /** A sentence for the person at the desk: the one next step. */
  next: string
  /** Earliest retry, ms from now, where the provider or its rules say so. */
  retryAfterMs?: number
}

export interface OutboundAttachment {
  kind: 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker'
  mime: string
  filename?: string
  size: number
  /** Opens the bytes; called at most once per try. */
  open(): Promise<ReadableStream<Uint8Array>>
}

export const templateUse = z.strictObject({
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(20),
  /** Values for the body's variables, in order or by name. */
  variables: z.union([z.array(z.string().max(1024)).max(50), z.record(z.string().max(64), z.string().max(1024))]).default([]),
  header: z.strictObject({ variables: z.array(z.string().max(1024)).max(1) }).optional(),
  buttons: z.array(z.strictObject({ index: z.number().int().min(0).max(9), value: z.string().max(2000) })).max(10).optional(),
})
export type TemplateUse = z.infer<typeof templateUse>

export interface OutboundMessage {
  /** Our message id: the tag that comes back in statuses, where the provider has one. */
  id: string
  to: Party
  type: MessageType
  content: string
  attachment?: OutboundAttachment
  /** External id of the message this one answers. */
  replyTo?: string
  template?: TemplateUse
  /** The stored template's components, when `template` is set. */
  templateComponents?: unknown
  reaction?: { target: string; emoji: string }
  /** Which try this is, from 1: lets `retryAfterMs` of an error grow as the provider asks. */
  attempt?: number
}

/** How a send ended. `unconfirmed`: the provider may have taken it; never sent again by guess. */
export type SendOutcome =
  | { outcome: 'sent'; externalId: string; party?: Party; held?: boolean }
  | { outcome: 'rejected'; error: ProviderError }
  | { outcome: 'unconfirmed'; reason: string }

export type { ChannelAccount, Connected, ConnectOutcome, Health, MediaOutcome, MediaSource, MessageTemplate } from './channel-account.ts'
