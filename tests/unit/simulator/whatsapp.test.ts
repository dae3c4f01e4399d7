// The simulated WhatsApp, called over HTTP as the product calls Meta.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { signatureOf, startSimulator, until, type Running } from './start-simulator.ts'

const number = '106540352242922'
const auth = { authorization: 'Bearer sim-token' }
const messages = `/graph/v26.0/${number}/messages`
let simulator: Running

beforeAll(async () => { simulator = await startSimulator() }, 60_000)
afterAll(() => simulator.stop())
beforeEach(async () => {
  await simulator.call('POST', '/api/reset')
  await simulator.call('PATCH', '/api/settings', { status_delay_ms: [5, 20], webhook_retry_ms: [30, 60] })
  simulator.hooks.length = 0
  simulator.answers.length = 0
})

const send = (text: string, more: object = {}) => simulator.call('POST', messages, { messaging_product: 'whatsapp', to: '+34600111222', type: 'text', text: { body: text }, ...more }, auth)
const inbound = (spec: object) => simulator.call('POST', `/api/whatsapp/${number}/inbound`, { persona: 'ana', ...spec })
const statuses = (id: string) => simulator.hooks.map(hook => JSON.parse(hook.raw).entry[0].changes[0].value.statuses?.[0]).filter(status => status?.id === id)

test('an inbound webhook is signed over its raw bytes and escaped', async () => {
  const sent = await inbound({ text: '¿Hay sitio? 💃 1/2' })
  expect(sent.json).toMatchObject({ webhook: { status: 200 } })
  const hook = simulator.hooks[0]
  expect(hook?.headers['x-hub-signature-256']).toBe(signatureOf(hook?.raw ?? ''))
  expect(hook?.raw).toContain('\\u00bfHay sitio? \\ud83d\\udc83 1\\/2')
  expect(JSON.parse(hook?.raw ?? '').entry[0].changes[0].value.messages[0]).toMatchObject({ id: sent.json.wamid, from: '34600111222', type: 'text' })
})

test('a send is accepted, listed with its tag, and reported sent and delivered with one price', async () => {
  await inbound({ text: 'hi' })
  const sent = await send('hello', { biz_opaque_callback_data: 'msg_1' })
  const id = String(sent.json.messages?.[0]?.id)
  await until(() => statuses(id).length === 2)
  expect(statuses(id).map(status => status.status)).toEqual(['sent', 'delivered'])
  expect(statuses(id).every(status => status.biz_opaque_callback_data === 'msg_1' && status.recipient_id === '34600111222')).toBe(true)
  expect(statuses(id).filter(status => status.pricing)).toHaveLength(1)
  expect((await simulator.call('GET', '/api/sends?tag=msg_1')).json).toMatchObject({ total: 1, by_tag: { msg_1: 1 }, doubles: {} })
})

test('read comes when the customer opens the chat', async () => {
  await inbound({ text: 'hi' })
  const id = String((await send('hello')).json.messages?.[0]?.id)
  await until(() => statuses(id).length === 2)
  await simulator.call('POST', `/api/whatsapp/${number}/chat/ana/open`)
  await until(() => statuses(id).some(status => status.status === 'read'))
})

test('an answer lost after accepting leaves one send, and the repeat shows as a double', async () => {
  await inbound({ text: 'hi' })
  await simulator.call('POST', '/api/faults', { match: { provider: 'whatsapp', kind: 'text' }, effect: { drop: '500' } })
  expect((await send('once', { biz_opaque_callback_data: 'm2' })).status).toBe(500)
  expect((await send('again', { biz_opaque_callback_data: 'm2' })).status).toBe(200)
  expect((await simulator.call('GET', '/api/sends')).json).toMatchObject({ total: 2, doubles: { m2: 2 } })
})

test('faults: an error code once with Retry-After, then all is well', async () => {
  await inbound({ text: 'hi' })
  await simulator.call('POST', '/api/faults', { match: { kind: 'text' }, effect: { error: { code: 130429 }, retry_after: 2 } })
  const refused = await send('one')
  expect([refused.status, refused.headers.get('retry-after'), refused.json.error?.code]).toEqual([429, '2', 130429])
  expect((await send('two')).status).toBe(200)
})

test('duplicates and reordering of webhooks on demand', async () => {
  const twice = await inbound({ text: 'hi', duplicate: 2 })
  expect(simulator.hooks.filter(hook => hook.raw.includes(String(twice.json.wamid)))).toHaveLength(3)
  await simulator.call('POST', '/api/faults', { match: { kind: 'text' }, effect: { reorder: true } })
  const id = String((await send('hello')).json.messages?.[0]?.id)
  await until(() => statuses(id).length === 2)
  expect(statuses(id).map(status => status.status)).toEqual(['delivered', 'sent'])
})

test('a webhook answered with 500 comes again, byte for byte', async () => {
  simulator.answers.push(500, 503)
  await inbound({ text: 'patience' })
  await until(() => simulator.hooks.length === 3)
  expect(new Set(simulator.hooks.map(hook => hook.raw)).size).toBe(1)
})

test('outside the window a free-form message fails by status or by HTTP, a template does not', async () => {
  const id = String((await send('too late')).json.messages?.[0]?.id)
  await until(() => statuses(id).some(status => status.status === 'failed' && status.errors[0].code === 131047))
  await simulator.call('PATCH', '/api/settings', { window_error: 'http' })
  expect((await send('too late')).json.error?.code).toBe(131047)
  const template = { name: 'class_reminder', language: { code: 'en_US' }, components: [{ type: 'body', parameters: ['Ana', 'Salsa', '18:30'].map(text => ({ type: 'text', text })) }] }
  expect((await send('', { type: 'template', template })).json.messages?.[0]).toMatchObject({ message_status: 'accepted' })
})

test('media: up, down in two steps with the Bearer, gone after its time', async () => {
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', 'image/png')
  form.set('file', new Blob([new Uint8Array([1, 2, 3, 250])], { type: 'image/png' }), 'a.png')
  const { json: { id } } = await simulator.call('POST', `/graph/v26.0/${number}/media`, form, auth)
  const record = (await simulator.call('GET', `/graph/v26.0/${String(id)}?phone_number_id=${number}`, undefined, auth)).json
  expect(record).toMatchObject({ mime_type: 'image/png', file_size: '4' })
  const url = String(record.url)
  expect(new URL(url).pathname).toMatch(/^\/simulator\/graph\/media-bytes\//)
  expect((await fetch(url)).status).toBe(401)
  expect(new Uint8Array(await (await fetch(url, { headers: auth })).arrayBuffer())).toEqual(new Uint8Array([1, 2, 3, 250]))
  expect(Number(new URL(url).searchParams.get('ext')) - Date.now() / 1000).toBeGreaterThan(295)
  await simulator.call('PATCH', '/api/settings', { media_url_ms: 1 })
  const brief = (await simulator.call('GET', `/graph/v26.0/${String(id)}`, undefined, auth)).json
  await new Promise(resolve => setTimeout(resolve, 20))
  expect((await fetch(String(brief.url), { headers: auth })).status).toBe(404)
})

test('subscribing does the handshake first', async () => {
  const url = `${simulator.receiver}/hook/i_1`
  const wrong = await simulator.call('POST', '/graph/v26.0/2001234/subscribed_apps', { override_callback_uri: url, verify_token: 'wrong' }, auth)
  expect(wrong.status).toBe(400)
  expect((await simulator.call('POST', '/graph/v26.0/2001234/subscribed_apps', { override_callback_uri: url, verify_token: 'right' }, auth)).json).toEqual({ success: true })
  await simulator.call('PUT', `/api/whatsapp/${number}`, { waba_id: '2001234' })
  await inbound({ text: 'hi' })
  expect(simulator.hooks[0]?.path).toBe('/hook/i_1')
})

test('every kind of inbound can be sent', async () => {
  const kinds = (await simulator.call('GET', '/api/whatsapp/kinds')).json
  for (const kind of [...(kinds.messages ?? []), ...(kinds.events ?? [])].map(String)) {
    expect((await inbound({ kind })).json, kind).toMatchObject({ webhook: { status: 200 } })
  }
  expect(simulator.hooks.every(hook => hook.headers['x-hub-signature-256'] === signatureOf(hook.raw))).toBe(true)
})

test('the world survives a restart, pending statuses included', async () => {
  await inbound({ text: 'hi' })
  await simulator.call('PATCH', '/api/settings', { status_delay_ms: [1500, 1500] })
  const id = String((await send('hello')).json.messages?.[0]?.id)
  await simulator.restart()
  await until(() => statuses(id).some(status => status.status === 'sent'), 8000)
  expect((await simulator.call('GET', '/api/sends')).json).toMatchObject({ total: 1 })
}, 30_000)
