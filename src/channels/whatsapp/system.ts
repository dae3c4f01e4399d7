// Reads the system messages that say a person's number or user id changed.
import type { IdentityEvent } from '../../contract/channel.ts'
import { object, text, type Loose } from '../meta/loose.ts'
import { partyOf } from './party.ts'

/** Undefined for other system messages, and when one of the two sides cannot be told. */
export function readChangeOfAddress(message: Loose, base: Pick<IdentityEvent, 'externalId' | 'at' | 'raw'>): IdentityEvent | undefined {
  const system = object(message.system)
  if (system === undefined) return undefined
  const kind = text(system.type)
  if (kind === 'user_changed_user_id') {
    const before = partyOf([system.previous_user_id, message.from])
    const after = partyOf([system.user_id, message.from])
    return whole(before, after, text(system.body) ?? 'Their WhatsApp user id changed', base)
  }
  if (kind !== 'user_changed_number' && kind !== 'customer_changed_number') return undefined
  const before = partyOf([system.previous_user_id, message.from_user_id, message.from, system.customer, system.previous_wa_id])
  const after = partyOf([system.user_id, system.wa_id, system.new_wa_id])
  return whole(before, after, text(system.body) ?? 'Their phone number changed', base)
}

function whole(
  before: IdentityEvent['before'] | undefined, after: IdentityEvent['after'] | undefined, content: string,
  base: Pick<IdentityEvent, 'externalId' | 'at' | 'raw'>,
): IdentityEvent | undefined {
  return before === undefined || after === undefined ? undefined : { kind: 'identity', ...base, before, after, content }
}
