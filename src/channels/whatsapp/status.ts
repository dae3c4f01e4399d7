// Turns one object of `statuses[]` into the next delivery state of a message.
import type { InboundEvent, StatusEvent } from '../../contract/channel.ts'
import { cut, list, object, plainFacts, text, time } from '../meta/loose.ts'
import { idOf } from '../meta/stable-id.ts'
import { errorOf } from './errors.ts'
import { oddity } from './message.ts'
import { contactFor, partyOf } from './party.ts'

const known = new Set<string>(['sent', 'delivered', 'read', 'played', 'failed'] satisfies StatusEvent['status'][])

/** States we do not keep ("deleted", "warning", those of calls) and reports without an id become news of the account. */
export function readStatus(item: unknown, contacts: unknown[]): InboundEvent {
  const status = object(item)
  const externalId = idOf(status?.id)
  const state = text(status?.status)?.toLowerCase()
  if (status === undefined || externalId === undefined || state === undefined || !known.has(state) || status.type === 'call') {
    // The state belongs to the id: one message has several of these.
    const odd = oddity(item, `A report of a kind we do not keep: ${cut(state ?? 'none', 60)}`)
    return externalId === undefined ? odd : { ...odd, externalId: `${externalId}:${cut(state ?? 'none', 60)}` }
  }
  const event: StatusEvent = { kind: 'status', externalId, status: state as StatusEvent['status'], at: time(status.timestamp), raw: item }
  const tag = idOf(status.biz_opaque_callback_data)
  if (tag !== undefined) event.tag = tag
  const errors = list(status.errors)
  if (errors.length > 0 || state === 'failed') event.error = errorOf(errors[0])
  const ids = [status.recipient_user_id, status.recipient_id]
  const recipient = partyOf(ids, contactFor(contacts, ids))
  if (recipient !== undefined) event.recipient = recipient
  const pricing = plainFacts(status.pricing)
  if (pricing !== undefined) event.pricing = pricing
  return event
}
