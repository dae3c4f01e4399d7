// Whatever the provider answers, no method throws, and no answer without an id counts as sent.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { whatsapp } from '../../../../src/channels/whatsapp/index.ts'
import { account, hello, world } from './world.ts'

const json = fc.jsonValue({ maxDepth: 4 })
const items = fc.array(fc.oneof(json, fc.record({ id: json, name: json, language: json, components: json }, { requiredKeys: [] })), { maxLength: 3 })
const body = fc.oneof(json, fc.record({
  error: fc.oneof(json, fc.record({ code: json, message: json, error_data: json }, { requiredKeys: [] })), data: items, messages: items, contacts: items, id: json, url: json,
  paging: fc.oneof(json, fc.record({ cursors: fc.record({ after: json }), next: json })), status: json, quality_rating: json, display_phone_number: json, file_size: json, mime_type: json,
}, { requiredKeys: [] }))
const status = fc.constantFrom(200, 201, 204, 301, 302, 400, 401, 404, 408, 413, 429, 500, 502, 503)

it('any answer to any question (property)', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(status, body), { minLength: 1, maxLength: 3 }), json, async (answers, stored) => {
    const responses = answers.map(([code, value]) => () => new Response(code === 204 ? null : JSON.stringify(value), { status: code, headers: { location: 'https://evil.example/', 'retry-after': 'soon' } }))
    const { context, calls } = world(...responses)
    const outcome = await whatsapp.send(hello, account, context)
    expect(calls).toHaveLength(1)
    if (outcome.outcome === 'sent') expect(outcome.externalId).toMatch(/./s)
    if (outcome.outcome === 'rejected') expect(outcome.error.next).toMatch(/\.$/)
    const template = { name: 't', language: 'en', variables: ['a'], buttons: [{ index: 0, value: 'x' }] }
    await whatsapp.send({ ...hello, type: 'template', template, templateComponents: stored }, account, world(...responses).context)
    await whatsapp.health(account, world(...responses).context)
    await whatsapp.templates?.(account, world(...responses).context)
    await whatsapp.acknowledge?.('wamid.1', true, account, world(...responses).context)
    await whatsapp.disconnect?.(account, world(...responses).context)
    const media = await whatsapp.media?.({ mediaId: '1' }, account, world(...responses).context)
    if (media?.ok) expect(media.source.url).toMatch(/^https:\/\/lookaside\.fbsbx\.com\/|^http:\/\/127\.0\.0\.1:8787\//)
    await whatsapp.connect({ phone_number_id: '200000000000001', waba_id: '300000000000001', access_token: 'EAAtestTokenTestToken' }, { url: 'https://s.example/', verifyToken: 'v' }, world(...responses).context)
  }), { numRuns: 150 })
})
