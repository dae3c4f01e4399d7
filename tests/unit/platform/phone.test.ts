// One number, one spelling: however it was typed or named by a messenger.
import { describe, expect, it } from 'vitest'
import { canonicalPhone, normalizePhone, phoneOfDigits, phoneSpellings } from '../../../src/platform/phone.ts'

describe('normalizePhone (W26)', () => {
  it.each(['+4915112345678', '004915112345678', '+49 151 12345678', '+49 (0)151 1234-5678', '0049 151/12345678', ' +49.151.12345678 ', '＋４９ １５１ １２３４５６７８'])('%s', typed => {
    expect(normalizePhone(typed)).toBe('+4915112345678')
  })
  it('a number without country code needs the studio\'s country', () => {
    expect(normalizePhone('0151 12345678', 'DE')).toBe('+4915112345678')
    expect(normalizePhone('(415) 555-0132', 'US')).toBe('+14155550132')
    expect(normalizePhone('0151 12345678')).toBeNull()
  })
  it('test numbers pass: only the length is judged', () => {
    expect(normalizePhone('+1 555 010 0001')).toBe('+15550100001')
  })
  it.each(['', 'abc', '+', '12', '+1', '+49', 'tel:', '+999999999999999999', '1'.repeat(41), `+49${' '.repeat(40)}15112345678`, '+1'.repeat(5000)])('%s is no number', typed => {
    expect(normalizePhone(typed, 'US')).toBeNull()
  })
  it('hostile text costs no time (H16)', () => {
    const before = performance.now()
    for (const text of ['('.repeat(40), '+'.repeat(100_000), '0'.repeat(39), 'x'.repeat(1_000_000), '1-'.repeat(20)]) normalizePhone(text, 'DE')
    expect(performance.now() - before).toBeLessThan(50)
  })
})

describe('spellings', () => {
  it('a messenger\'s digits become E.164 without a look-up', () => {
    expect(['16505551234', '+16505551234', '0049151', '123', '1650555123412345', 'US.134', ''].map(phoneOfDigits))
      .toEqual(['+16505551234', '+16505551234', undefined, undefined, undefined, undefined, undefined])
  })
  it.each([
    ['+551187654321', '+5511987654321'], ['+5511987654321', '+5511987654321'], ['+551133334444', '+551133334444'],
    ['+5215512345678', '+525512345678'], ['+525512345678', '+525512345678'], ['+4915112345678', '+4915112345678'],
  ])('%s is written %s', (given, canonical) => {
    expect(canonicalPhone(given)).toBe(canonical)
    expect(phoneSpellings(given)[0]).toBe(canonical)
  })
  it('typed and named by WhatsApp meet', () => {
    expect(normalizePhone('+55 11 8765-4321')).toBe(canonicalPhone('+551187654321'))
    expect(normalizePhone('+52 1 55 1234 5678')).toBe(canonicalPhone('+5215512345678'))
    expect(phoneSpellings('+5491123456789')).toContain('+541123456789')
    expect(phoneSpellings('+541123456789')).toContain('+5491123456789')
    expect(phoneSpellings('+5511987654321')).toEqual(['+5511987654321', '+551187654321'])
  })
})
