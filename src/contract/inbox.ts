// Conversations, messages, contacts, labels, drafts: the shapes of the inbox, the same over HTTP and live.
import { z } from 'zod'
import { channelTypes, messageStatuses, messageTypes, templateUse } from './channel.ts'
import { email, id, line, nullableTime, pageQuery, text, time } from './common.ts'

export const channelType = z.enum(channelTypes)
export const conversationStatus = z.enum(['open', 'snoozed', 'closed'])
export const temperatures = ['NEW', 'ENGAGED', 'WARM', 'HOT'] as const
export const temperature = z.enum(temperatures)
export const stages = ['new', 'contacted', 'qualified', 'trial_booked', 'won', 'lost'] as const
export const stage = z.enum(stages)

export const author = z.object({
  kind: z.enum(['contact', 'member', 'assistant', 'system', 'phone_app', 'other_app']),
  id: id.nullable(),
  name: z.string().nullable(),
})

export const attachment = z.object({
  id,
  kind: z.enum(['image', 'video', 'audio', 'voice', 'document', 'sticker', 'file']),
  mime: z.string().nullable(),
  filename: z.string().nullable(),
  size: z.number().int().nullable(),
  state: z.enum(['pending', 'stored', 'failed']),
  reason: z.string().nullable(),
})

export const deliveryError = z.object({ code: z.string(), reason: z.string(), next: z.string() })

export const message = z.object({
  id,
  conversation_id: id,
  /** The number of the change that made it: the tie-break of a thread. */
  seq: z.number().int(),
  type: z.enum(messageTypes),
  content: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  channel: channelType,
  status: z.enum(messageStatuses),
  external_id: z.string().nullable(),
  author,
  attachments: z.array(attachment),
  reply_to: z.object({ id: id.nullable(), content: z.string(), author: z.string().nullable() }).nullable(),
  reactions: z.array(z.object({ by: z.enum(['contact', 'us']), emoji: z.string() })),
  details: z.record(z.string(), z.unknown()).nullable(),
  error: deliveryError.nullable(),
  origin: z.enum(['live', 'echo', 'history', 'standby']),
  /** Provider's time, clamped to ours: the order of a thread. */
  sent_at: time,
  created_at: time,
  edited_at: nullableTime,
  deleted_at: nullableTime,
  /** When a message of status `scheduled` goes out. */
  send_at: nullableTime,
})

export const conversation = z.object({
  id,
  contact: z.object({ id, name: z.string(), phone: z.string().nullable(), lead_status: temperature, lead_score: z.number().int() }),
  channel: channelType,
  account_id: id,
  status: conversationStatus,
  assignee_id: id.nullable(),
  snoozed_until: nullableTime,
  labels: z.array(id),
  last_message_at: time,
  /** Head of the thread: seq of its newest message; read marks are compared with it. */
  last_seq: z.number().int(),
  last_inbound_seq: z.number().int(),
  last_inbound_at: nullableTime,
  preview: z.string(),
  preview_direction: z.enum(['inbound', 'outbound']),
  /** Since when a person waits for our first word; null when nobody does. */
  waiting_since: nullableTime,
  /** When free-form replies end; null where the channel has no window or it never opened. */
  window_ends_at: nullableTime,
  created_at: time,
})
/** What the list adds for the caller; live frames carry none of it. */
export const conversationForMember = conversation.extend({ unread_count: z.number().int(), read_seq: z.number().int() })

export const conversationQuery = pageQuery.extend({
  status: z.enum(['open', 'snoozed', 'closed', 'all']).optional(),
  channel: channelType.optional(),
  assignee: z.union([z.enum(['me', 'none']), id]).optional(),
  label: id.optional(),
  unread: z.enum(['true', 'false']).optional(),
  contact_id: id.optional(),
  sort: z.enum(['newest', 'oldest', 'waiting']).optional(),
})
export const counts = z.object({ open: z.number().int(), mine: z.number().int(), unassigned: z.number().int(), unread: z.number().int(), waiting: z.number().int(), snoozed: z.number().int(), closed: z.number().int(), by_label: z.record(z.string(), z.number().int()), by_channel: z.record(z.string(), z.number().int()) })
/** Thread pages go backwards from the newest, by `cursor` and `per_page` as everywhere; `before` and `limit` are other names of the two. */
export const threadQuery = pageQuery.omit({ page: true }).extend({ before: pageQuery.shape.cursor, limit: pageQuery.shape.per_page })

export const sendBody = z.strictObject({
  id: z.string().regex(/^msg_[A-Za-z0-9]{16,40}$/).optional(),
  content: text(16_000).default(''),
  type: z.enum(['text', 'image', 'video', 'audio', 'voice', 'document', 'sticker', 'template', 'note']).optional(),
  attachments: z.array(id).max(1, 'one file a message').optional(),
  reply_to: id.optional(),
  template: templateUse.optional(),
  send_at: time.optional(),
  /** Members named in a note. */
  mentions: z.array(id).max(20).optional(),
})
/** One emoji: a flag, a keycap, or a picture with its skin tone, tags and joined parts. (\p{RGI_Emoji} would say it exactly, and takes long to compile.) */
const picture = String.raw`\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?`
const oneEmoji = new RegExp(String.raw`^(?:\p{RI}{2}|[0-9#*]\ufe0f?\u20e3|${picture}(?:[\u{e0020}-\u{e007e}]{1,8}\u{e007f}|(?:\u200d${picture})*))$`, 'u')
export const reactionBody = z.strictObject({ emoji: z.union([z.literal(''), z.string().max(32).regex(oneEmoji, 'one emoji, or nothing')]) })
export const assignmentBody = z.strictObject({ assignee_id: id.nullable() })
export const statusBody = z.strictObject({ status: conversationStatus, until: time.optional() })
export const labelsBody = z.strictObject({ labels: z.array(id).max(50) })
export const readBody = z.strictObject({ seq: z.number().int().min(0).optional(), unread: z.boolean().optional() })

export const label = z.object({ id, name: z.string(), color: z.string() })
export const labelBody = z.strictObject({ name: line(40), color: z.string().regex(/^#[0-9a-fA-F]{6}$/) })
export const snippet = z.object({ id, title: z.string(), content: z.string() })
export const snippetBody = z.strictObject({ title: line(80), content: text(4000).min(1) })
export const template = z.object({ id, account_id: id, name: z.string(), language: z.string(), category: z.string(), status: z.string(), body: z.string(), variables: z.array(z.string()), components: z.array(z.unknown()), synced_at: time })

export const identity = z.object({ channel: channelType, key: z.string(), display: z.string(), verified: z.boolean() })
export const contact = z.object({
  id,
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  lead_status: temperature,
  /** Set by hand with a reason until cleared; null: follows the score. */
  lead_status_by_hand: z.object({ status: temperature, reason: z.string() }).nullable(),
  lead_stage: stage,
  lead_score: z.number().int(),
  source: z.string(),
  first_touch: z.record(z.string(), z.unknown()).nullable(),
  notes: z.string(),
  created_at: time,
  updated_at: time,
})
export const factorNames = ['interest', 'urgency', 'budget', 'fit'] as const
/** Largest points per factor; they add up to 100. */
export const factorLimits = { interest: 30, urgency: 25, budget: 25, fit: 20 } as const
export const evidence = z.object({ factor: z.enum(factorNames), fact: z.string(), points: z.number().int(), message_id: id.nullable(), quote: z.string() })
export const factors = z.object({ interest: z.number().int(), urgency: z.number().int(), budget: z.number().int(), fit: z.number().int() })
export const leadScore = z.object({ score: z.number().int(), factors, evidence: z.array(evidence), lead_status: temperature, at: nullableTime })
export const contactDetail = contact.extend({
  identities: z.array(identity),
  score: leadScore.nullable(),
  history: z.array(z.object({ id, what: z.string(), from: z.string().nullable(), to: z.string(), why: z.string(), by: z.string().nullable(), at: time })),
  conversations: z.array(z.object({ id, channel: channelType, status: conversationStatus, last_message_at: time, preview: z.string() })),
})
export const contactQuery = pageQuery.extend({ q: z.string().max(200).optional(), stage: stage.optional(), lead_status: temperature.optional(), sort: z.enum(['created_at', 'name', 'score']).optional() })
export const contactBody = z.strictObject({ name: line(120), phone: z.string().max(40).nullable().optional(), email: email.nullable().optional(), source: line(60).optional(), notes: text(4000).optional() })
export const contactPatch = contactBody.partial().extend({ lead_stage: stage.optional(), lost_reason: text(500).optional() })
export const contactStatusBody = z.union([z.strictObject({ status: temperature, reason: line(300) }), z.strictObject({ status: z.null() })])

export const suggestionSource = z.object({ kind: z.enum(['knowledge', 'live', 'message']), id, title: z.string(), quote: z.string() })
export const suggestion = z.object({ text: z.string(), intent: z.enum(['answer', 'ask', 'offer', 'handoff']), sources: z.array(suggestionSource) })
export const draft = z.object({ id, conversation_id: id, /** The thread's head it was written for; older than the head: stale. */ seen_seq: z.number().int(), suggestions: z.array(suggestion), decision_id: id, created_at: time })

export const searchQuery = z.strictObject({ q: z.string().trim().min(2).max(200), limit: z.coerce.number().int().min(1).max(50).optional() })
export const searchHits = z.object({
  contacts: z.array(z.object({ id, name: z.string(), phone: z.string().nullable(), email: z.string().nullable(), conversation_id: id.nullable(), match: z.string() })),
  messages: z.array(z.object({ id, conversation_id: id, contact_name: z.string(), sent_at: time, excerpt: z.string(), /** [start, end) pairs into `excerpt`. */ marks: z.array(z.tuple([z.number(), z.number()])) })),
})

export type Author = z.infer<typeof author>
export type Attachment = z.infer<typeof attachment>
export type Message = z.infer<typeof message>
export type Conversation = z.infer<typeof conversation>
export type ConversationForMember = z.infer<typeof conversationForMember>
export type Counts = z.infer<typeof counts>
export type SendBody = z.infer<typeof sendBody>
export type Label = z.infer<typeof label>
export type Snippet = z.infer<typeof snippet>
export type Template = z.infer<typeof template>
export type Contact = z.infer<typeof contact>
export type ContactDetail = z.infer<typeof contactDetail>
export type LeadScore = z.infer<typeof leadScore>
export type Evidence = z.infer<typeof evidence>
export type Factors = z.infer<typeof factors>
export type Suggestion = z.infer<typeof suggestion>
export type SuggestionSource = z.infer<typeof suggestionSource>
export type Draft = z.infer<typeof draft>
export type SearchHits = z.infer<typeof searchHits>
export type Temperature = z.infer<typeof temperature>
export type Stage = z.infer<typeof stage>
