// Webhook bodies are split by account; nothing in them is dropped, whatever they look like.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parcels } from '../../../../src/channels/whatsapp/parcels.ts'
import { Problem } from '../../../../src/platform/problem.ts'
import { eventsOf, fixture, request } from './world.ts'

const read = (value: unknown) => parcels(request(JSON.stringify(value)))

describe('parcels', () => {
  it('two studios in one body: two shares, each with its own raw only (T10)', () => {
    const shares = parcels(request(fixture('two-accounts')))
    expect(shares.map(share => [share.account, share.events.map(event => event.externalId.slice(0, 8))])).toEqual([
      ['phone:200000000000001', ['wamid.a1']], ['phone:200000000000002', ['wamid.b1']], ['waba:300000000000002', [expect.stringMatching(/^hash:/)]],
    ])
    expect(shares[0]?.raw).toContain('to the first studio')
    expect(shares[0]?.raw).not.toContain('to the second studio')
    expect(shares[1]?.raw).not.toContain('to the first studio')
    expect(parcels(request(shares[1]?.raw ?? ''))).toEqual([{ ...shares[1], raw: shares[1]?.raw }])
  })
  it('one account: the very body text, all entries, changes, messages and statuses', () => {
    const body = fixture('many-in-one')
    const [share, ...others] = parcels(request(body))
    expect(others).toEqual([])
    expect(share?.raw).toBe(body)
    expect(share?.events.filter(event => event.kind === 'message').map(event => event.content)).toEqual(['000', '001', '010', '011', '100', '101', '110', '111'])
    expect(share?.events.filter(event => event.kind === 'status')).toHaveLength(4)
  })
  it.each([
    ['app-echo', [['message', 'outbound', 'echo', 'wamid.echo']]],
    ['standby', [['message', 'inbound', 'standby', 'wamid.stand'], ['message', 'outbound', 'standby', 'wamid.robot']]],
    ['history', [['message', 'inbound', 'history', 'wamid.h1'], ['message', 'outbound', 'history', 'wamid.h2'], ['message', 'inbound', 'history', 'wamid.h3']]],
    ['history-media', [['message', 'outbound', 'history', 'wamid.h4']]],
    ['call', [['message', 'inbound', 'live', 'wacid.1:connect'], ['message', 'inbound', 'live', 'wacid.1:terminate']]],
  ])('%s: who wrote and why we hear of it', (name, expected) => {
    const events = eventsOf(name)
    expect(events.map(event => event.kind === 'message' && [event.kind, event.direction, event.origin, event.externalId])).toEqual(expected)
    for (const event of events) if (event.kind === 'message') expect(event.party.phone).toBe('+4915112345678')
  })
  it('an echo with buttons reads as its question', () => {
    expect(eventsOf('app-echo-buttons')).toMatchObject([{ type: 'interactive', content: 'Shall I book you in?', direction: 'outbound', origin: 'echo' }])
  })
  it('history knows how far our messages came', () => {
    expect(eventsOf('history').map(event => event.kind === 'message' && event.status)).toEqual([undefined, 'delivered', undefined])
  })
  it.each([
    ['handover', 'handover', 'Control of a conversation changed'],
    ['template-rejected', 'template', 'Template "trial_reminder": rejected (INCORRECT_CATEGORY)'],
    ['template-quality', 'template', 'Template "trial_reminder": quality GREEN → YELLOW'],
    ['number-flagged', 'quality', 'Quality of the number: flagged (TIER_1K)'],
    ['account-banned', 'restriction', 'WhatsApp account: disabled update'],
    ['account-alert', 'restriction', 'WhatsApp alert: Pay your bill'],
    ['preferences-stop', 'preferences', 'User requested to stop marketing messages'],
    ['history-declined', 'other', 'The chat history is not shared'],
    ['unknown-field', 'other', 'WhatsApp event "teleportation_update"'],
    ['value-errors', 'other', 'WhatsApp event "messages"'],
    ['value-null', 'other', 'WhatsApp event "messages"'],
    ['no-entries', 'other', 'A webhook without entries'],
  ])('%s is news of the account: %s', (name, what, content) => {
    expect(eventsOf(name)).toMatchObject([{ kind: 'account', what, content }])
  })
  it('an opt-out and the address book name the person', () => {
    expect(eventsOf('preferences-stop')).toMatchObject([{ party: { phone: '+4915112345678' }, details: { value: 'stop' }, at: 1795161600000 }])
    expect(eventsOf('address-book')).toMatchObject([{ what: 'contacts', party: { name: 'Mia Tanner' }, details: { action: 'add' } }, { details: { action: 'remove' } }])
  })
  it('an event without an id gets the same one at a redelivery, another one for another event', () => {
    const [first, again] = [eventsOf('template-rejected')[0], eventsOf('template-rejected')[0]]
    expect(first?.externalId).toBe(again?.externalId)
    const later = parcels(request(fixture('template-rejected').replace('"REJECTED"', '"APPROVED"')))[0]?.events[0]
    expect(later?.externalId).not.toBe(first?.externalId)
  })
  it('nulls and wrong kinds in every place are kept, one event each', () => {
    expect(eventsOf('nulls-everywhere').map(event => event.kind)).toEqual(['account', 'account', 'account', 'account', 'account', 'message'])
    expect(eventsOf('no-changes').map(event => event.kind)).toEqual(['account', 'account', 'account'])
  })
})

describe('statuses', () => {
  it('carry tag, recipient and price', () => {
    expect(eventsOf('status-sent-priced')).toMatchObject([{
      kind: 'status', externalId: 'wamid.ours', status: 'sent', tag: 'msg_01', at: 1795161600000,
      recipient: { keys: ['bsuid:DE.7700112233445566', 'phone:+4915112345678'] }, pricing: { category: 'utility', type: 'regular' },
    }])
    expect(eventsOf('status-bare')).toEqual([expect.objectContaining({ kind: 'status', status: 'delivered', recipient: { keys: ['phone:+4915112345678'], phone: '+4915112345678' } })])
  })
  it('read errors of both shapes', () => {
    expect(eventsOf('status-failed-new-shape')).toMatchObject([{ status: 'failed', error: { code: '131049', verdict: 'wait', retryAfterMs: 86_400_000, reason: 'Not delivered: To keep a healthy ecosystem' } }])
    expect(eventsOf('status-failed-old-shape')).toMatchObject([{ error: { code: '131047', verdict: 'template_needed', reason: 'Re-engagement message: More than 24 hours have passed' } }])
  })
  it('of kinds we do not keep are news of the account', () => {
    expect(eventsOf('status-legacy-and-invalid').map(event => [event.kind, event.externalId.slice(0, 18)])).toEqual([
      ['account', 'wamid.ours:deleted'], ['account', 'wamid.ours:warning'], ['account', expect.stringMatching(/^hash:/)], ['account', expect.stringMatching(/^hash:/)], ['status', 'wamid.ours'],
    ])
  })
})

describe('hostile bodies (W18, W19, W23, W24)', () => {
  it('only what is not JSON is a Problem', () => {
    for (const body of ['', '{', '['.repeat(100_000), 'null,', '\ufeff', 'challenge=1']) {
      expect(() => parcels(request(body)), body.slice(0, 10)).toThrow(Problem)
    }
    for (const body of ['null', '[]', '0', '"x"', '{}']) expect(parcels(request(body))).toMatchObject([{ account: 'unknown', raw: body }])
  })
  it('bottomless nesting is cut, and can be written as JSON again', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    for (const body of [deep, fixture('two-accounts').replace('"to the first studio"', deep), fixture('text').replace('"text": {', `"text": {"deep": ${deep},`)]) {
      const shares = parcels(request(body))
      expect(() => JSON.stringify(shares)).not.toThrow()
      expect(shares[0]?.events.length).toBeGreaterThan(0)
    }
  })
  it('a key __proto__ pollutes nothing', () => {
    const body = fixture('text').replace('"text": {', '"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "text": {"x": "\\ud800", "__proto__": {"polluted": 1},')
    const [event] = parcels(request(body))[0]?.events ?? []
    expect(event).toMatchObject({ kind: 'message', type: 'text' })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
  it('NUL and lone surrogates are made storable, emoji and right-to-left marks stay', () => {
    const body = fixture('text').replace('Is there', '\\u0000a\\ud800b\\ud83d\\udc83\\u202e')
    const [event] = parcels(request(body))[0]?.events ?? []
    expect(event).toMatchObject({ content: expect.stringMatching(/^a\ufffdb💃\u202e/) })
    expect(JSON.stringify(event)).not.toMatch(/\\u0000|\\ud800/)
  })
  it('any text at all comes out well-formed and without NUL, however it was escaped (property)', () => {
    const unit = fc.constantFrom('\\', '"', 'u', 'd83d', '\\ud83d', '\ud83d', '\udc83', '\0', 'a', '💃')
    fc.assert(fc.property(fc.array(unit, { maxLength: 8 }), fc.boolean(), (parts, allEscaped) => {
      const body = fixture('text').replace('"Is there a trial class on Monday? 💃"', () => {
        const json = JSON.stringify(parts.join(''))
        return allEscaped ? json.replace(/[^\x00-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`) : json
      })
      const event = parcels(request(body))[0]?.events[0]
      expect(event?.kind === 'message' && event.content).toBe(parts.join('').replaceAll('\0', '').toWellFormed())
    }), { numRuns: 1000 })
  })
  it('a body of a hundred thousand parts does not overflow', () => {
    const body = `{"entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[${'1,'.repeat(150_000)}1]}}]}]}`
    expect(parcels(request(body))[0]?.events).toHaveLength(150_001)
  })
  it('any JSON value: never throws, and every message id comes out (property)', () => {
    const anyValue = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>
    const known = fc.constantFrom('text', 'image', 'audio', 'document', 'interactive', 'button', 'reaction', 'edit', 'revoke', 'system', 'order', 'contacts', 'location', 'unsupported', 'request_welcome', '__proto__', 'toString')
    const message = fc.record({
      id: fc.stringMatching(/^wamid\.[A-Za-z0-9]{1,12}$/), type: fc.oneof(known, anyValue), from: fc.oneof(fc.constant('4915112345678'), anyValue), timestamp: anyValue,
      text: anyValue, image: anyValue, interactive: fc.oneof(anyValue, fc.record({ type: fc.constantFrom('nfm_reply', 'button_reply', 'x'), nfm_reply: anyValue, button_reply: anyValue, x: anyValue })),
      reaction: anyValue, edit: fc.oneof(anyValue, fc.record({ original_message_id: fc.string(), message: anyValue })), revoke: anyValue,
      system: fc.oneof(anyValue, fc.record({ type: fc.constantFrom('user_changed_number', 'user_changed_user_id'), wa_id: anyValue, user_id: anyValue })),
      order: anyValue, contacts: anyValue, location: anyValue, errors: anyValue, context: anyValue, referral: anyValue, group_id: anyValue,
    }, { requiredKeys: ['id'] })
    const field = fc.oneof(fc.constantFrom('messages', 'standby', 'history', 'smb_message_echoes', 'other'), anyValue)
    fc.assert(fc.property(fc.array(message, { maxLength: 4 }), field, anyValue, anyValue, anyValue, (messages, name, metadata, contacts, extra) => {
      const body = { object: extra, entry: [{ id: extra, changes: [{ field: name, value: { metadata, contacts, messages, message_echoes: messages, statuses: extra, calls: extra, history: [{ threads: [{ id: metadata, messages }] }], errors: extra } }] }] }
      const ids = new Set(read(body).flatMap(share => share.events.map(event => event.externalId)))
      for (const { id } of messages) expect(ids).toContain(id)
      read(extra)
      read({ entry: [extra, { id: '1', changes: [extra, { value: extra }] }] })
    }), { numRuns: 500 })
  })
})
