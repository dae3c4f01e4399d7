// Unread is derived: live inbound messages after my read mark. HTTP gives the start, frames the rest.
import type { Conversation, ConversationForMember, Message } from '../../../src/contract/inbox.ts'
import type { Head } from './facts.ts'

/** A row as a frame carries it, laid over what we know of its unread part. */
export function fromFrame(row: Conversation, before: Head | undefined, seq: number): Head {
  return { ...row, unread_count: before?.unread_count ?? 0, read_seq: before?.read_seq ?? null, unseen: before?.unseen ?? [], counted: before?.counted ?? 0, touched: seq }
}

/** A row as HTTP gave it; `asked` is the seq we had when the request began. Live changes since then win. */
export function fromHttp(row: ConversationForMember, before: Head | undefined, asked: number): Head {
  const newer = before !== undefined && before.touched > asked
  const readSince = newer && before.read_seq !== null && before.read_seq > row.read_seq
  const read_seq = readSince ? before.read_seq! : row.read_seq
  const unseen = (before?.unseen ?? []).filter(seq => seq > read_seq)
  const later = unseen.filter(seq => seq > row.last_inbound_seq).length
  const unread_count = readSince ? unseen.length : row.unread_count + later
  return { ...(newer ? before : row), unread_count, read_seq, unseen, counted: Math.max(row.last_inbound_seq, before?.counted ?? 0), touched: before?.touched ?? 0 }
}

/** Counts a message that came over the line: only live inbound ones are unread. The frame's own `last_inbound_seq` tells nothing: all messages of one delivery carry the same row. */
export function withArrival(head: Head, message: Pick<Message, 'direction' | 'origin' | 'seq'>): Head {
  if (message.direction !== 'inbound' || message.origin !== 'live') return head
  if (message.seq <= Math.max(head.read_seq ?? 0, head.counted) || head.unseen.includes(message.seq)) return head
  return { ...head, unread_count: head.unread_count + 1, unseen: [...head.unseen, message.seq] }
}

/** My read mark moved, forwards by reading or backwards by "mark unread". */
export function withReadMark(head: Head, seq: number): Head {
  const unseen = head.unseen.filter(each => each > seq)
  if (seq >= head.last_inbound_seq) return { ...head, read_seq: seq, unread_count: 0, unseen: [] }
  return { ...head, read_seq: seq, unread_count: Math.max(1, unseen.length), unseen }
}
