// Who is at the other end: reads ids by their shape, since phones and user ids have turned up in each other's fields.
import type { Party } from '../../contract/channel.ts'
import { canonicalPhone, phoneOfDigits, phoneSpellings } from '../../platform/phone.ts'
import { object, text, type Loose } from '../meta/loose.ts'

/** Business-scoped user id: country, dot, up to 128 letters and digits; "US.ENT.…" is a parent's. */
const userId = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/

/**
 * Keys of whoever the given ids name, user id first because it outlives a change of number; undefined when no id has a
 * known shape. Argentina's two spellings are two keys.
 */
export function partyOf(ids: unknown[], contact?: Loose): Party | undefined {
  let user: string | undefined
  let phone: string | undefined
  for (const given of contact === undefined ? ids : [...ids, contact.user_id, contact.wa_id]) {
    const id = text(given)?.trim()
    if (id === undefined) continue
    if (user === undefined && userId.test(id)) user = id
    else phone ??= phoneOfDigits(id)
  }
  if (user === undefined && phone === undefined) return undefined
  const keys = user === undefined ? [] : [`bsuid:${user}`]
  if (phone !== undefined) keys.push(...phoneKeys(phone))
  const party: Party = { keys }
  if (phone !== undefined) party.phone = phone
  return named(party, contact)
}

/** As `partyOf`, but an id of no known shape still makes a key, so that its message has an owner. */
export function partyOfAny(ids: unknown[], contact?: Loose): Party | undefined {
  const known = partyOf(ids, contact)
  if (known !== undefined) return known
  const odd = ids.map(text).find(id => id !== undefined)
  return odd === undefined ? undefined : named({ keys: [`wa:${odd.slice(0, 200)}`] }, contact)
}

/** The entry of `contacts[]` that speaks of one of these ids; never by position. A lone one stands in when there are no ids. */
export function contactFor(contacts: unknown[], ids: unknown[]): Loose | undefined {
  const wanted = ids.map(text).filter(id => id !== undefined)
  for (const one of contacts) {
    const contact = object(one)
    if (contact !== undefined && wanted.some(id => sameId(id, contact.wa_id) || id === contact.user_id)) return contact
  }
  return wanted.length === 0 && contacts.length === 1 ? object(contacts[0]) : undefined
}

function sameId(id: string, other: unknown): boolean {
  return id === other || (typeof other === 'string' && other !== '' && id.replace(/^\+/, '') === other.replace(/^\+/, ''))
}

function phoneKeys(phone: string): string[] {
  return phone.startsWith('+54') ? phoneSpellings(phone).map(one => `phone:${one}`) : [`phone:${canonicalPhone(phone)}`]
}

function named(party: Party, contact: Loose | undefined): Party {
  const profile = object(contact?.profile)
  const name = text(profile?.name)?.trim()
  const username = text(profile?.username)?.trim()
  if (name !== undefined && name !== '') party.name = name
  if (username !== undefined && username !== '') party.username = username
  return party
}
