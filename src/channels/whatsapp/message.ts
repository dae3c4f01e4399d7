// Turns one object of `messages[]` or `message_echoes[]` into one event.
import type { AccountEvent, InboundEvent, MessageEvent, Party } from '../../contract/channel.ts'
import { cut, list, object, plainFacts, text, time, type Loose } from '../meta/loose.ts'
import { idOf, stableId } from '../meta/stable-id.ts'
import { readContent, typeOf } from './content.ts'
import { reasonOf } from './errors.ts'
import { contactFor, partyOfAny } from './party.ts'
import { readChangeOfAddress } from './system.ts'

export interface Setting {
  direction: MessageEvent['direction']
  origin: MessageEvent['origin']
  /** `value.contacts`. */
  contacts: unknown[]
  /** Further ids of the person, for history: the thread's. */
  ids?: unknown[]
}

export function readMessage(item: unknown, setting: Setting): InboundEvent {
  const message = object(item)
  if (message === undefined) return oddity(item, 'A message that is not an object')
  const type = typeOf(message)
  const ids = setting.ids ?? (setting.direction === 'outbound'
    ? [message.to_user_id, message.to, message.recipient_user_id, message.recipient_id]
    : [message.from_user_id, message.from])
  const contact = contactFor(setting.contacts, ids)
  const base = { externalId: idOf(message.id) ?? stableId(message), at: time(message.timestamp), raw: item }
  if (type === 'system') {
    const moved = readChangeOfAddress(message, base)
    if (moved !== undefined) return moved
  }
  const party = partyOfAny(ids, contact)
  if (party === undefined) return { ...oddity(item, 'A message without a sender'), ...base }
  return readAct(type, message, { ...base, party }, setting.direction) ?? readWords(message, { ...base, party }, setting)
}

/** What could not be made a message is still news of the account, with its raw. */
export function oddity(raw: unknown, content: string): AccountEvent {
  return { kind: 'account', what: 'other', externalId: idOf(object(raw)?.id) ?? stableId(raw), at: time(object(raw)?.timestamp), raw, content }
}

type Base = { externalId: string; at: number; raw: unknown; party: Party }

/** Reaction, edit and revoke act on another message; without a target they fall through and read as unsupported. */
function readAct(type: string, message: Loose, base: Base, direction: MessageEvent['direction']): InboundEvent | undefined {
  if (type === 'reaction') {
    const reaction = object(message.reaction)
    const target = idOf(reaction?.message_id)
    return target === undefined ? undefined : { kind: 'reaction', ...base, direction, target, emoji: text(reaction?.emoji) ?? '' }
  }
  if (type === 'edit') {
    const edit = object(message.edit)
    const target = idOf(edit?.original_message_id)
    const inner = object(edit?.message)
    return target === undefined || inner === undefined ? undefined : { kind: 'edit', ...base, target, content: readContent(inner).content }
  }
  if (type === 'revoke') {
    const target = idOf(object(message.revoke)?.original_message_id)
    return target === undefined ? undefined : { kind: 'revoke', ...base, target }
  }
  return undefined
}

function readWords(message: Loose, base: Base, setting: Setting): MessageEvent {
  const { type, content, attachments = [], details, generated } = readContent(message)
  const event: MessageEvent = {
    kind: 'message', externalId: base.externalId, party: base.party, direction: setting.direction, origin: groupOf(message) === undefined || setting.origin === 'history' ? setting.origin : 'standby',
    type, content, attachments, at: base.at, raw: base.raw,
  }
  const context = object(message.context)
  const replyTo = idOf(context?.id)
  if (replyTo !== undefined) event.replyTo = replyTo
  const facts = factsOf(message, context, generated === true, details)
  if (facts !== undefined) event.details = facts
  const referral = plainFacts(message.referral)
  if (referral !== undefined) event.referral = referral
  return event
}

/** Words to a group are no part of the talk with the one who said them: shown, never answered. */
function groupOf(message: Loose): string | undefined {
  return idOf(message.group_id) ?? idOf(object(message.context)?.group_id)
}

function factsOf(message: Loose, context: Loose | undefined, generated: boolean, details: Loose | undefined): Loose | undefined {
  const facts: Loose = { ...details }
  if (generated) facts.generated = true
  if (context?.forwarded === true || context?.frequently_forwarded === true) facts.forwarded = context.frequently_forwarded === true ? 'often' : 'once'
  if (context?.referred_product !== undefined) facts.product = plainFacts(context.referred_product)
  const group = groupOf(message)
  if (group !== undefined) facts.group_id = group
  const errors = message.errors === undefined ? [] : list(message.errors)
  if (errors.length > 0) facts.errors = errors.slice(0, 5).map(error => ({ code: text(object(error)?.code), reason: reasonOf(object(error) ?? {}) }))
  for (const _ in facts) return facts
  return undefined
}
