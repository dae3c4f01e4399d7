// Every kind of inbound message reads as one event that a person can read.
import { describe, expect, it } from 'vitest'
import type { MessageEvent } from '../../../../src/contract/channel.ts'
import { eventsOf, fixture, fixtureNames, request } from './world.ts'
import { parcels } from '../../../../src/channels/whatsapp/parcels.ts'

const only = (name: string) => {
  const events = eventsOf(name)
  expect(events).toHaveLength(1)
  return events[0] as MessageEvent
}

describe('content', () => {
  it.each([
    ['text', 'text', 'Is there a trial class on Monday? 💃'],
    ['image-with-url', 'image', 'My shoes'],
    ['image-download-failed', 'image', 'Photo'],
    ['voice-note', 'voice', 'Voice message'],
    ['audio-file', 'audio', 'Audio'],
    ['document-accents', 'document', 'Document ../Anmeldung für Zoë.pdf'],
    ['sticker', 'sticker', 'Sticker'],
    ['video-with-caption', 'video', 'Our show'],
    ['location-current', 'location', 'Location: (52.52, 13.405)'],
    ['location-place', 'location', 'Location: Studio, Torstr. 1 (52.5, 13.4)'],
    ['contacts-two', 'contacts', 'Contact: Ada L. +49 30 1234; Ben Okri 030 9 ben@mail.example'],
    ['button-reply', 'interactive', 'Yes, book it'],
    ['list-reply', 'interactive', 'Bachata, Tue'],
    ['form-reply', 'interactive', 'Form: Sent'],
    ['form-reply-array', 'interactive', 'Form: Sent'],
    ['form-reply-words', 'interactive', 'Form: sent'],
    ['call-permission', 'interactive', 'Calls allowed'],
    ['interactive-empty-with-error', 'unsupported', 'Unsupported message (interactive): Something went wrong: Could not be shown'],
    ['template-button-without-context', 'button', 'Stop promotions'],
    ['order', 'order', 'Order: 1 item, 90.00 EUR'],
    ['unsupported-poll', 'unsupported', 'Unsupported message (poll): Message type unknown: Message type is currently not supported.'],
    ['unknown-type', 'unsupported', 'Unsupported message (hologram)'],
    ['type-from-prototype', 'unsupported', 'Unsupported message (constructor)'],
    ['without-type', 'text', 'no type here'],
    ['without-type-or-object', 'unsupported', 'Unsupported message'],
    ['request-welcome', 'event', 'Opened the chat'],
    ['system-identity-changed', 'system', 'Their WhatsApp security code changed'],
  ])('%s reads as %s', (name, type, content) => {
    expect(only(name)).toMatchObject({ kind: 'message', direction: 'inbound', origin: 'live', type, content })
  })

  it.each([
    ['form-reply', { interactive: { type: 'nfm_reply', response: { flow_token: 't1', level: 'beginner' } } }],
    ['form-reply-array', { interactive: { response: '[1,2]' } }],
    ['form-reply-words', { interactive: { response: 'not json' } }],
    ['list-reply', { interactive: { type: 'list_reply', id: 'cls-7', description: '19:00' } }],
    ['template-button-without-context', { button: { payload: 'STOP' } }],
    ['text-forwarded-often', { forwarded: 'often' }],
    ['text-about-product', { product: { product_retailer_id: 'shoes-38' } }],
    ['group-message', { group_id: 'Y2FwaV9ncm91cDox' }],
    ['order', { order: { items: [{ quantity: 2, item_price: 45 }] } }],
    ['unsupported-poll', { errors: [{ code: '131051' }], generated: true }],
    ['voice-note', { generated: true }],
  ])('%s keeps its facts', (name, details) => {
    expect(only(name).details).toMatchObject(details)
  })

  it('a plain text has no details, an answer names its message, an ad its source', () => {
    expect(only('text').details).toBeUndefined()
    expect(only('text-reply-from-ad')).toMatchObject({ replyTo: 'wamid.ours', referral: { source_type: 'ad', ctwa_clid: 'ARAk', welcome_message: { text: 'Hi!' } } })
    expect(only('text-forwarded-often').replyTo).toBeUndefined()
  })
  it('attachments carry what a download needs', () => {
    expect(only('image-with-url').attachments).toEqual([{ kind: 'image', mediaId: '7001', url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=7001', mime: 'image/jpeg', sha256: 'q1w2e3r4' }])
    expect(only('voice-note').attachments).toMatchObject([{ kind: 'voice', mime: 'audio/ogg' }])
    expect(only('image-download-failed').attachments).toEqual([{ kind: 'image', failed: 'Media download error: Media download failed' }])
  })
})

describe('who wrote', () => {
  it.each([
    ['text', ['bsuid:DE.7700112233445566', 'phone:+4915112345678'], '+4915112345678', 'Mia Tanner'],
    ['username-only', ['bsuid:DE.990011'], undefined, 'Kim'],
    ['user-id-in-from', ['bsuid:DE.990011'], undefined, 'Kim'],
    ['invalid-user-id', ['bsuid:DE.7700112233445566', 'phone:+4915112345678'], '+4915112345678', 'Mia Tanner'],
    ['without-contacts', ['bsuid:DE.7700112233445566', 'phone:+4915112345678'], '+4915112345678', undefined],
    ['without-sender-one-contact', ['bsuid:DE.7700112233445566', 'phone:+4915112345678'], '+4915112345678', 'Mia Tanner'],
    ['odd-sender', ['wa:business-7'], undefined, undefined],
  ])('%s', (name, keys, phone, called) => {
    const { party } = only(name)
    expect(party.keys).toEqual(keys)
    expect(party.phone).toBe(phone)
    expect(party.name).toBe(called)
  })
  it('contacts are matched by id, not by position', () => {
    expect(eventsOf('contacts-in-other-order').map(event => (event as MessageEvent).party.name)).toEqual(['Mia Tanner', 'Noa'])
  })
  it('a lone contact of somebody else does not lend their name or number', () => {
    const body = fixture('without-contacts').replaceAll('4915112345678', '4915100000000').replace('"messages": [', '"contacts": [{"profile": {"name": "Noa"}, "wa_id": "4915199999999"}], "messages": [')
    expect(parcels(request(body))[0]?.events).toMatchObject([{ party: { keys: ['bsuid:DE.7700112233445566', 'phone:+4915100000000'] } }])
    expect(JSON.stringify(parcels(request(body))[0]?.events)).not.toContain('Noa')
  })
  it('a message that names nobody is kept as news of the account', () => {
    expect(eventsOf('without-sender')).toMatchObject([{ kind: 'account', what: 'other', externalId: 'wamid.nofrom', content: 'A message without a sender' }])
  })
})

describe('acts on other messages', () => {
  it.each([['reaction', '❤️'], ['reaction-removed-empty', ''], ['reaction-removed-absent', '']])('%s', (name, emoji) => {
    expect(eventsOf(name)).toMatchObject([{ kind: 'reaction', target: 'wamid.ours', emoji, direction: 'inbound' }])
  })
  it('edit and revoke name their message', () => {
    expect(eventsOf('edit')).toMatchObject([{ kind: 'edit', externalId: 'wamid.edit', target: 'wamid.text', content: 'On Tuesday I mean' }])
    expect(eventsOf('revoke')).toMatchObject([{ kind: 'revoke', externalId: 'wamid.revoke', target: 'wamid.text' }])
  })
})

describe('changes of address', () => {
  it.each([
    ['system-number-changed', ['phone:+4915112345678'], ['bsuid:DE.8800', 'phone:+491607654321']],
    ['system-number-changed-legacy', ['phone:+4915112345678'], ['phone:+491607654321']],
    ['system-user-id-changed', ['bsuid:IN.OLD1'], ['bsuid:IN.NEW1']],
  ])('%s', (name, before, after) => {
    expect(eventsOf(name)).toMatchObject([{ kind: 'identity', before: { keys: before }, after: { keys: after } }])
  })
})

it('the time is in ms, and NaN when absurd (W22)', () => {
  expect(only('text').at).toBe(1795161600000)
  expect(only('invalid-timestamp').at).toBeNaN()
  for (const timestamp of ['0', 0, -5, '253402300799', 1e300, '', null, '1795161600.5', {}]) {
    const body = fixture('text').replace('"1795161600"', JSON.stringify(timestamp))
    expect(parcels(request(body))[0]?.events[0]?.at, String(timestamp)).toBeNaN()
  }
})

it('no fixture throws, and every event has an id, a kind and its raw', () => {
  expect(fixtureNames.length).toBeGreaterThan(60)
  for (const name of fixtureNames) {
    for (const event of eventsOf(name)) {
      expect(event.externalId, name).toMatch(/./)
      expect('raw' in event, name).toBe(true)
      if (event.kind === 'message') expect(event.content, name).toMatch(/./)
      if ('party' in event && event.party !== undefined) expect(event.party.keys.length, name).toBeGreaterThan(0)
    }
  }
})
