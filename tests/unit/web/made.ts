// Made-up rows for the tests of the browser's data layer.
import type { Conversation, ConversationForMember, Message } from '../../../src/contract/inbox.ts'
import type { ChangeFrame, ServerFrame } from '../../../src/contract/live.ts'

export const me = { member_id: 'mem_me' }

export function time(n: number): string {
  return new Date(Date.UTC(2026, 10, 2, 9) + n * 1000).toISOString()
}

export function conversation(n: number, over: Partial<Conversation> = {}): Conversation {
  return {
    id: `cnv_${n}`,
    contact: { id: `ctc_${n}`, name: `Person ${n}`, phone: null, lead_status: 'NEW', lead_score: 0 },
    channel: 'whatsapp', account_id: 'int_1', status: 'open', assignee_id: null, snoozed_until: null, labels: [],
    last_message_at: time(0), last_seq: 0, last_inbound_seq: 0, last_inbound_at: null, preview: '', preview_direction: 'inbound',
    waiting_since: null, window_ends_at: null, created_at: time(0), ...over,
  }
}

export function forMember(n: number, over: Partial<ConversationForMember> = {}): ConversationForMember {
  return { ...conversation(n, over), unread_count: over.unread_count ?? 0, read_seq: over.read_seq ?? 0 }
}

export function message(seq: number, n: number, over: Partial<Message> = {}): Message {
  return {
    id: `msg_${seq}`, conversation_id: `cnv_${n}`, seq, type: 'text', content: `m${seq}`, direction: 'inbound', channel: 'whatsapp', status: 'received',
    external_id: null, author: { kind: 'contact', id: null, name: null }, attachments: [], reply_to: null, reactions: [], details: null, error: null,
    origin: 'live', sent_at: time(seq), created_at: time(seq), edited_at: null, deleted_at: null, send_at: null, ...over,
  }
}

export function arrival(seq: number, n: number, over: Partial<Message> = {}): ChangeFrame<'message.created'> {
  const m = message(seq, n, over)
  return {
    type: 'change', seq, at: time(seq), kind: 'message.created', actor: 'contact',
    data: { message: m, conversation: conversation(n, { last_seq: seq, last_inbound_seq: m.direction === 'inbound' ? seq : 0, last_message_at: time(seq), preview: m.content }) },
  }
}

export function readMark(seq: number, n: number, upTo: number, member = me.member_id): ChangeFrame<'read.marked'> {
  return { type: 'change', seq, at: time(seq), kind: 'read.marked', actor: `member:${member}`, data: { member_id: member, conversation_id: `cnv_${n}`, seq: upTo } }
}

export function replay(changes: ChangeFrame[], epoch = 'e1'): ServerFrame {
  return { type: 'replay', epoch, changes }
}
