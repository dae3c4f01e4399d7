// Frames of the live line between hub and browser, and the kinds of change a studio's log knows.
import { z } from 'zod'
import type { Contact, Conversation, Draft, Label, LeadScore, Message, Snippet } from './inbox.ts'

/** What each kind of change carries: the rows as they stand after the write. */
export interface ChangeBodies {
  'message.created': { message: Message; conversation: Conversation }
  'message.updated': { message: Message }
  'conversation.updated': { conversation: Conversation }
  'contact.updated': { contact: Contact }
  'contact.erased': { contact_id: string }
  'lead.scored': { contact: Contact; score: LeadScore }
  'draft.created': { draft: Draft }
  'draft.settled': { draft_id: string; conversation_id: string; outcome: string }
  'read.marked': { member_id: string; conversation_id: string; seq: number }
  'label.updated': { label: Label }
  'label.deleted': { label_id: string }
  'snippet.updated': { snippet: Snippet }
  'snippet.deleted': { snippet_id: string }
  'knowledge.updated': { id: string; title: string }
  'knowledge.deleted': { id: string }
  'integration.updated': { id: string; channel_type: string; name: string; is_active: boolean; health: { state: string; reason?: string } }
  'templates.synced': { account_id: string; count: number }
  'studio.updated': { name: string; timezone: string; locale: string }
  'member.updated': { id: string; name: string; role: string }
  'member.removed': { id: string }
  'invitation.created': { id: string; role: string }
  'invitation.withdrawn': { id: string }
  'password.changed': { member_id: string; how: 'by hand' | 'by link' }
  'sessions.ended': { member_id: string; count: number }
  'settings.updated': { what: string }
  'job.dead': { id: string; kind: string; reason: string }
  'job.replayed': { id: string; kind: string }
  'access.denied': { route: string; permission: string }
  'account.event': { what: string; content: string; integration_id: string }
}
export type ChangeKind = keyof ChangeBodies

export interface ChangeFrame<K extends ChangeKind = ChangeKind> {
  type: 'change'
  seq: number
  /** ISO 8601 UTC. */
  at: string
  kind: K
  /** "member:mem_…", "contact", "assistant", "system". */
  actor: string
  /** null: erased since; apply nothing, keep counting. */
  data: ChangeBodies[K] | null
}

export interface Presence { member_id: string; name: string; conversation_id: string | null; typing: boolean; /** Holds the soft lock of that conversation. */ answering: boolean }

export type ServerFrame =
  | { type: 'snapshot'; epoch: string; seq: number; conversations: Conversation[] }
  | { type: 'replay'; epoch: string; changes: ChangeFrame[] }
  | ChangeFrame
  | { type: 'presence'; members: Presence[] }
  | { type: 'pong' }
  | { type: 'error'; code: string; message: string }

/** Client frames; unknown keys are ignored, so two versions can talk. A hello that cannot be read (seq -1) asks for a snapshot. */
export const clientFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), epoch: z.string().max(64).nullable().catch(null), seq: z.number().int().min(0).catch(-1) }),
  z.object({ type: z.literal('focus'), conversation_id: z.string().max(64).nullable() }),
  z.object({ type: z.literal('typing'), conversation_id: z.string().max(64), on: z.boolean() }),
])
export type ClientFrame = z.infer<typeof clientFrame>

/** The exact bytes answered without waking the hub. */
export const pingFrame = '{"type":"ping"}'
export const pongFrame = '{"type":"pong"}'

export const ticket = z.object({ ticket: z.string() })
