// The rarer things the simulated WhatsApp does on demand: batches, raw bodies, held statuses, scripts, people who change.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { signatureOf, startSimulator, until, type Answer, type Running } from './start-simulator.ts'

const number = '106540352242922'
let simulator: Running

beforeAll(async () => { simulator = await startSimulator() }, 60_000)
afterAll(() => simulator.stop())
beforeEach(async () => {
  await simulator.call('POST', '/api/reset')
  await simulator.call('PATCH', '/api/settings', { status_delay_ms: [2, 8], webhook_retry_ms: [] })
  simulator.hooks.length = 0
})

const act = (path: string, body: object = {}) => simulator.call('POST', `/api/whatsapp/${number}/${path}`, body)
const send = (more: object, to = '+34600111222') => simulator.call('POST', `/graph/v26.0/${number}/messages`, { messaging_product: 'whatsapp', to, ...more }, { authorization: 'Bearer sim-t' })
const bodies = () => simulator.hooks.map(hook => JSON.parse(hook.raw))
const values = () => bodies().flatMap(body => body.entry.flatMap((entry: { changes: { value: object }[] }) => entry.changes.map(change => change.value)))
const statusesOf = (id: unknown) => values().flatMap(value => value.statuses ?? []).filter(status => status.id === id).map(status => status.status)
const wamidOf = (answer: Answer) => String(answer.json.messages?.[0]?.id)

test.each([['messages', 1, 1, 2], ['changes', 1, 2, 1], ['entries', 2, 1, 1]])('a batch laid out as %s is one POST', async (layout, entries, changes, messages) => {
  const answer = await act('batch', { layout, events: [{ persona: 'ana', text: 'one' }, { persona: 'marco', text: 'two' }] })
  expect(answer.json.wamids).toHaveLength(2)
  const [body, ...others] = bodies()
  expect(others).toEqual([])
  expect([body.entry.length, body.entry[0].changes.length, body.entry[0].changes[0].value.messages.length]).toEqual([entries, changes, messages])
})

test('a raw body goes out as given, signed', async () => {
  const text = '{"object":"whatsapp_business_account","entry":[]}   '
  await act('raw', { text })
  expect(simulator.hooks[0]?.raw).toBe(text)
  expect(simulator.hooks[0]?.headers['x-hub-signature-256']).toBe(signatureOf(text))
})

test('a wrong or missing signature on demand', async () => {
  await simulator.call('POST', '/api/faults', { rules: [{ match: { provider: 'webhook' }, effect: { signature: 'bad' } }, { match: { provider: 'webhook' }, effect: { signature: 'none' } }] })
  await act('inbound', { persona: 'ana', text: 'a' })
  await act('inbound', { persona: 'ana', text: 'b' })
  const [bad, none] = simulator.hooks
  expect(bad?.headers['x-hub-signature-256']).not.toBe(signatureOf(bad?.raw ?? ''))
  expect(none?.headers['x-hub-signature-256']).toBeUndefined()
})

test('an app secret of its own signs the webhooks of a number', async () => {
  await simulator.call('PUT', `/api/whatsapp/${number}`, { app_secret: 'another' })
  await act('inbound', { persona: 'ana', text: 'a' })
  expect(simulator.hooks[0]?.headers['x-hub-signature-256']).not.toBe(signatureOf(simulator.hooks[0]?.raw ?? ''))
})

test('held statuses wait for the release and come reversed in one POST', async () => {
  await act('inbound', { persona: 'ana', text: 'hi' })
  await simulator.call('POST', '/api/faults', { match: { kind: 'text' }, effect: { hold_statuses: true } })
  const id = wamidOf(await send({ text: { body: 'x' } }))
  await new Promise(resolve => setTimeout(resolve, 150))
  expect(statusesOf(id)).toEqual([])
  await act('release', { order: 'reverse', batch: true })
  expect(statusesOf(id)).toEqual(['delivered', 'sent'])
  expect(simulator.hooks).toHaveLength(2)
})

test('a customer who reads at once plays a voice note too', async () => {
  await simulator.call('PUT', '/api/personas/ana', { auto_read: true })
  await act('inbound', { persona: 'ana', text: 'hi' })
  const id = wamidOf(await send({ type: 'audio', audio: { link: 'https://studio.example/hello.ogg', voice: true } }))
  await until(() => statusesOf(id).includes('played'))
  expect(statusesOf(id)).toEqual(['sent', 'delivered', 'read', 'played'])
})

test('a scripted customer answers each message once', async () => {
  await simulator.call('PUT', '/api/personas/marco', { script: [{ text: 'first', delay_ms: 1 }, { text: 'second', delay_ms: 1 }] })
  await act('inbound', { persona: 'marco', text: 'hi' })
  const said = () => values().flatMap(value => value.messages ?? []).map(message => message.text?.body)
  await send({ text: { body: 'a' } }, '+393331234567')
  await until(() => said().includes('first'))
  await send({ text: { body: 'b' } }, '+393331234567')
  await until(() => said().includes('second'))
  const last = wamidOf(await send({ text: { body: 'c' } }, '+393331234567'))
  await until(() => statusesOf(last).includes('delivered'))
  expect(said()).toEqual(['hi', 'first', 'second'])
})

test('a customer with a username hides the phone; a new number and a new user id are remembered', async () => {
  await act('inbound', { persona: 'mei', text: '你好' })
  const [value] = values()
  expect(value.messages[0]).toMatchObject({ from_user_id: 'TW.10000000000000000003' })
  expect([value.messages[0].from, value.contacts[0].wa_id, value.contacts[0].profile.username]).toEqual([undefined, undefined, 'mei.dances'])
  await act('inbound', { persona: 'ana', kind: 'user_changed_number', new_phone: '34600777888' })
  await act('inbound', { persona: 'ana', kind: 'user_changed_user_id', user_id: 'ES.55' })
  const [ana] = ((await simulator.call('GET', '/api/personas')).json.data ?? []).filter(persona => String(persona.id) === 'ana')
  expect(ana).toMatchObject({ phone: '34600777888', user_id: 'ES.55' })
  expect(values().at(-1).messages[0].system).toMatchObject({ previous_user_id: 'ES.10000000000000000001', user_id: 'ES.55' })
})

test('the wa_id of Mexico, Argentina and Brazil differs from what was dialled', async () => {
  for (const [dialled, known] of [['+52 55 1234 5678', '5215512345678'], ['+54 11 2345 6789', '5491123456789'], ['+55 41 98765 4321', '554187654321']]) {
    await act('chat/' + String(known) + '/window', { open: true })
    const answer = await send({ text: { body: 'x' } }, dialled)
    expect(answer.json.contacts?.[0]).toMatchObject({ input: dialled, wa_id: known })
  }
})

test('a number and its business account find each other through the token', async () => {
  const graph = (path: string, token: string) => simulator.call('GET', `/graph/v26.0/${path}`, undefined, { authorization: `Bearer ${token}` })
  await graph('111222333', 'sim-a')
  expect((await graph('900901/phone_numbers', 'sim-a')).json.data?.map(row => row.id)).toEqual(['111222333'])
  await graph('900902/message_templates', 'sim-b')
  await graph('444555666', 'sim-b')
  expect((await graph('900902/phone_numbers', 'sim-b')).json.data?.map(row => row.id)).toEqual(['444555666'])
})
