// Reads news that belongs to no message: templates, quality, restrictions, hand-overs, opt-outs, calls, the phone's address book.
import type { AccountEvent, InboundEvent } from '../../contract/channel.ts'
import { cut, object, plainFacts, text, time, type Loose } from '../meta/loose.ts'
import { idOf, stableId } from '../meta/stable-id.ts'
import { oddity } from './message.ts'
import { contactFor, partyOf, partyOfAny } from './party.ts'

/**
 * A change that held no messages or statuses. There is no id; the entry's time keeps "approved, paused, approved" three
 * events, while a redelivery of the same bytes stays one.
 */
export function readAccountChange(field: string, value: unknown, entryTime: unknown): AccountEvent {
  const facts = plainFacts(value) ?? {}
  const { what, content } = describe(field, facts)
  return { kind: 'account', what, externalId: stableId([field, entryTime, value]), at: time(entryTime), raw: value, content: cut(content, 500), details: { field, ...facts } }
}

export function readPreference(item: unknown, contacts: unknown[]): InboundEvent {
  const wish = object(item)
  const ids = [wish?.user_id, wish?.wa_id]
  const party = partyOf(ids, contactFor(contacts, ids))
  const stopped = wish?.value === 'stop'
  const content = text(wish?.detail) ?? (stopped ? 'Stopped marketing messages' : 'Allowed marketing messages')
  return { kind: 'account', what: 'preferences', externalId: stableId(item), at: time(wish?.timestamp), raw: item, content: cut(content, 500), party, details: plainFacts(wish) }
}

/** An entry of the WhatsApp Business app's address book was added, edited or removed. The line names nobody: it outlives an erasure. */
export function readContactSync(item: unknown): InboundEvent {
  const sync = object(item)
  const contact = object(sync?.contact)
  const party = partyOf([contact?.user_id, contact?.phone_number, contact?.wa_id])
  if (sync === undefined || party === undefined) return oddity(item, 'An entry of the address book that cannot be read')
  const name = text(contact?.full_name) ?? text(contact?.first_name)
  if (name !== undefined) party.name = name
  const action = text(sync.action) ?? 'add'
  const at = time(object(sync.metadata)?.timestamp)
  return { kind: 'account', what: 'contacts', externalId: stableId(item), at, raw: item, content: `Address book: ${cut(action, 20)}`, party, details: { action } }
}

/** A call begins and ends under one id, so the stage is part of ours. */
export function readCall(item: unknown, contacts: unknown[]): InboundEvent {
  const call = object(item)
  if (call === undefined) return oddity(item, 'A call that cannot be read')
  const outbound = text(call.direction) === 'BUSINESS_INITIATED'
  const ids = outbound ? [call.to_user_id, call.to] : [call.from_user_id, call.from]
  const party = partyOfAny(ids, contactFor(contacts, ids))
  const stage = text(call.event) ?? 'unknown'
  const externalId = `${idOf(call.id) ?? stableId(call)}:${cut(stage, 40)}`
  const at = time(call.timestamp)
  const content = callLine(stage, call)
  if (party === undefined) return { ...oddity(item, content), externalId, at }
  const { session: _media, ...facts } = call
  return {
    kind: 'message', externalId, party, direction: outbound ? 'outbound' : 'inbound', origin: 'live', type: 'system', content,
    attachments: [], at, raw: item, details: { call: plainFacts(facts), generated: true },
  }
}

function callLine(stage: string, call: Loose): string {
  if (stage === 'connect') return 'WhatsApp call'
  const seconds = text(call.duration)
  if (stage === 'terminate') return seconds === undefined || text(call.status)?.toUpperCase() === 'FAILED' ? 'WhatsApp call not answered' : `WhatsApp call ended after ${cut(seconds, 10)} s`
  return `WhatsApp call: ${cut(stage, 40)}`
}

const bad = new Set(['DISABLED_UPDATE', 'ACCOUNT_RESTRICTION', 'ACCOUNT_VIOLATION', 'ACCOUNT_DELETED', 'PARTNER_REMOVED', 'PARTNER_APP_UNINSTALLED', 'ACCOUNT_OFFBOARDED'])

function describe(field: string, facts: Loose): { what: AccountEvent['what']; content: string } {
  const word = (name: string) => text(facts[name])
  const name = `Template "${word('message_template_name') ?? word('message_template_id') ?? '?'}"`
  const event = word('event') ?? word('decision') ?? ''
  switch (field) {
    case 'message_template_status_update':
      return { what: 'template', content: `${name}: ${event.toLowerCase()}${word('reason') === undefined || word('reason') === 'NONE' ? '' : ` (${word('reason')})`}` }
    case 'message_template_quality_update':
      return { what: 'template', content: `${name}: quality ${word('previous_quality_score') ?? '?'} → ${word('new_quality_score') ?? '?'}` }
    case 'template_category_update':
      return { what: 'template', content: `${name}: category ${word('previous_category') ?? '?'} → ${word('new_category') ?? word('correct_category') ?? '?'}` }
    case 'message_template_components_update':
      return { what: 'template', content: `${name}: text changed` }
    case 'phone_number_quality_update':
      return { what: 'quality', content: `Quality of the number: ${event.toLowerCase()} (${word('current_limit') ?? word('max_daily_conversations_per_business') ?? 'limit unknown'})` }
    case 'business_capability_update':
      return { what: 'quality', content: 'The messaging limit changed' }
    case 'account_update': case 'account_review_update':
      return { what: bad.has(event) || event === 'REJECTED' ? 'restriction' : 'other', content: `WhatsApp account: ${event.toLowerCase().replaceAll('_', ' ')}` }
    case 'account_alerts':
      return { what: word('alert_severity') === 'CRITICAL' ? 'restriction' : 'other', content: `WhatsApp alert: ${word('alert_description') ?? word('alert_type') ?? '?'}` }
    case 'messaging_handovers':
      return { what: 'handover', content: 'Control of a conversation changed' }
    case 'security': case 'phone_number_name_update':
      return { what: 'other', content: `WhatsApp number: ${event.toLowerCase().replaceAll('_', ' ') || field}` }
    default:
      return { what: 'other', content: `WhatsApp event "${cut(field, 100)}"` }
  }
}
