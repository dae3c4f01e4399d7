// Phone numbers as E.164 with +, one spelling per number, so that one person is one contact.
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min'

/**
 * What a person typed ("0049 30 …", "(030) …" with `country` "DE"), as E.164; null when it cannot be a phone number.
 * Only the length is judged, not the number plan: test numbers such as +1 555 … are numbers here.
 */
export function normalizePhone(typed: string, country?: string): string | null {
  if (typed.length > 40) return null
  const text = typed.normalize('NFKC').trim().replace(/^00(?=[1-9])/, '+')
  // Mexico's old spelling is no longer possible to the number plan, but people and messengers still have it.
  const bare = text.replace(/[\s()./-]/g, '')
  return parsePossible(/^\+521\d{10}$/.test(bare) ? canonicalPhone(bare) : text, country)
}

/** Digits with country code and no + (Meta's `wa_id`), as E.164; undefined for another shape. No look-up: cheap. */
export function phoneOfDigits(digits: string): string | undefined {
  if (/^[1-9]\d{6,14}$/.test(digits)) return `+${digits}`
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : undefined
}

/**
 * The spelling in force of an E.164 number that once had another: Brazilian mobiles got a 9 after the area code
 * (2012–2016), Mexican ones lost the 1 after the country code (2019). Messengers still name some by the old spelling.
 */
export function canonicalPhone(phone: string): string {
  if (phone.startsWith('+55') && /^\+55[1-9][1-9][6-9]\d{7}$/.test(phone)) return `${phone.slice(0, 5)}9${phone.slice(5)}`
  if (phone.startsWith('+521') && /^\+521\d{10}$/.test(phone)) return `+52${phone.slice(4)}`
  return phone
}

/**
 * Every spelling under which the number may be known, the canonical one first. Argentina has no single one:
 * the 9 after +54 marks a mobile, and people leave it out.
 */
export function phoneSpellings(phone: string): string[] {
  const first = canonicalPhone(phone)
  if (/^\+55[1-9][1-9]9[6-9]\d{7}$/.test(first)) return [first, `${first.slice(0, 5)}${first.slice(6)}`]
  if (/^\+52[2-9]\d{9}$/.test(first)) return [first, `+521${first.slice(3)}`]
  if (/^\+549\d{10}$/.test(first)) return [first, `+54${first.slice(4)}`]
  if (/^\+54[1-8]\d{9}$/.test(first)) return [first, `+549${first.slice(3)}`]
  return [first]
}

function parsePossible(text: string, country?: string): string | null {
  const parsed = parsePhoneNumberFromString(text, country as CountryCode | undefined)
  return parsed !== undefined && parsed.isPossible() ? canonicalPhone(parsed.number) : null
}
