// The reducer: one change of the studio's log becomes patches. Pure; own and foreign changes take the same way.
import type { ChangeBodies, ChangeFrame, ChangeKind } from '../../../src/contract/live.ts'
import type { Contact } from '../../../src/contract/inbox.ts'
import { type Facts, type Head, type Patch, withContact } from './facts.ts'
import { fromFrame, withArrival, withReadMark } from './unread.ts'

/** Which member reads here: only their own read marks count. */
export interface Reader { member_id: string }

type Rule<K extends ChangeKind> = (facts: Facts, body: ChangeBodies[K], seq: number, reader: Reader) => Patch[]

const rules: { [K in ChangeKind]?: Rule<K> } = {
  'message.created': (facts, { message, conversation }, seq) => {
    const head = withArrival(fromFrame(conversation, facts.conversations.get(conversation.id), seq), message)
    return [{ at: 'conversation', id: head.id, value: head }, { at: 'message', value: message, seq }]
  },
  'message.updated': (_facts, { message }, seq) => [{ at: 'message', value: message, seq }],
  'conversation.updated': (facts, { conversation }, seq) => {
    return [{ at: 'conversation', id: conversation.id, value: fromFrame(conversation, facts.conversations.get(conversation.id), seq) }]
  },
  'contact.updated': (facts, { contact }, seq) => contactPatches(facts, contact, seq),
  'contact.erased': (facts, { contact_id }) => erasure(facts, contact_id),
  'lead.scored': (facts, { contact, score }, seq) => {
    const patches = contactPatches(facts, contact, seq)
    return patches.map(patch => patch.at === 'contact' && patch.value ? { ...patch, value: { ...patch.value, score } } : patch)
  },
  'draft.created': (_facts, { draft }) => [{ at: 'draft', id: draft.conversation_id, value: draft }],
  'draft.settled': (facts, { draft_id, conversation_id }) => {
    return facts.drafts.get(conversation_id)?.id === draft_id ? [{ at: 'draft', id: conversation_id, value: null }] : []
  },
  'read.marked': (facts, { member_id, conversation_id, seq }, at, reader) => {
    const head = facts.conversations.get(conversation_id)
    if (!head || member_id !== reader.member_id) return []
    return [{ at: 'conversation', id: conversation_id, value: { ...withReadMark(head, seq), touched: at } }]
  },
  'label.updated': (_facts, { label }) => [{ at: 'label', id: label.id, value: label }],
  'label.deleted': (facts, { label_id }, seq) => [{ at: 'label', id: label_id, value: null }, ...withoutLabel(facts, label_id, seq)],
  'snippet.updated': (_facts, { snippet }) => [{ at: 'snippet', id: snippet.id, value: snippet }],
  'snippet.deleted': (_facts, { snippet_id }) => [{ at: 'snippet', id: snippet_id, value: null }],
}

/** What a change does to the facts. An erased body (null) and a kind without a rule change nothing. */
export function apply(facts: Facts, change: ChangeFrame, reader: Reader): Patch[] {
  if (change.data === null) return []
  const rule = rules[change.kind] as Rule<ChangeKind> | undefined
  return rule ? rule(facts, change.data, change.seq, reader) : []
}

function contactPatches(facts: Facts, contact: Contact, seq: number): Patch[] {
  const brief = { id: contact.id, name: contact.name, phone: contact.phone, lead_status: contact.lead_status, lead_score: contact.lead_score }
  const patches: Patch[] = headsOf(facts, contact.id).map(head => ({ at: 'conversation', id: head.id, value: { ...head, contact: brief, touched: seq } }))
  const detail = facts.contacts.get(contact.id)
  if (detail) patches.push({ at: 'contact', id: contact.id, value: withContact(detail, contact) })
  return patches
}

function erasure(facts: Facts, contactId: string): Patch[] {
  return [
    ...headsOf(facts, contactId).map(head => ({ at: 'conversation', id: head.id, value: null }) as const),
    { at: 'contact', id: contactId, value: null },
  ]
}

function withoutLabel(facts: Facts, labelId: string, seq: number): Patch[] {
  const patches: Patch[] = []
  for (const head of facts.conversations.values()) {
    if (head.labels.includes(labelId)) patches.push({ at: 'conversation', id: head.id, value: { ...head, labels: head.labels.filter(id => id !== labelId), touched: seq } })
  }
  return patches
}

function headsOf(facts: Facts, contactId: string): Head[] {
  const heads: Head[] = []
  for (const head of facts.conversations.values()) if (head.contact.id === contactId) heads.push(head)
  return heads
}
