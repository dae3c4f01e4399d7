// Where a login leads: never off our origin.
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { nextPage } from '../../../web/src/shell/next-page.ts'
import { slugOf } from '../../../web/src/pages/settings/places.ts'

beforeAll(() => { vi.stubGlobal('location', { origin: 'https://studio.test' }) })

describe('the page after the login', () => {
  it('is the one that was asked for', () => {
    expect(nextPage('/settings/members?x=1#y')).toBe('/settings/members?x=1#y')
  })

  it.each(['//evil.test', '/\\evil.test', 'https://evil.test', 'javascript:alert(1)', '/\t/evil.test', '', undefined, ['/a']])('is the inbox for %j', next => {
    expect(nextPage(next)).toBe('/inbox')
  })
})

describe('the address made from a studio’s name', () => {
  it.each([['Tänzerhaus Süd', 'tanzerhaus-sud'], ['  Luna’s Ballet & More! ', 'lunas-ballet-more'], ['日本', ''], ['Straße', 'strasse'], ['a'.repeat(59) + ' b', 'a'.repeat(59)]])('%j gives %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug)
  })
})
