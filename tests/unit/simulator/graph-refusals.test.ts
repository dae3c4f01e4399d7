// What the simulated Graph refuses, with Meta's codes.

import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appSecret, startSimulator, type Running } from './start-simulator.ts'

let simulator: Running
beforeAll(async () => {
  simulator = await startSimulator()
  await simulator.call('POST', '/api/whatsapp/1065/inbound', { persona: 'ana', text: 'hi' })
}, 60_000)
afterAll(() => simulator.stop())

const text = (value: object) => ({ type: 'text', ...value })
const template = (name: string, components: object[] = [], code = 'en_US') => ({ type: 'template', template: { name, language: { code }, components } })
const body = (...parameters: object[]) => ({ type: 'body', parameters })
const buttons = (count: number, title = 'Yes') => ({ type: 'interactive', interactive: { type: 'button', body: { text: 'Choose' }, action: { buttons: Array.from({ length: count }, (_, at) => ({ type: 'reply', reply: { id: `b${at}`, title: `${title}${at}` } })) } } })

test.each([
  ['text without a body', text({ text: {} }), 131008],
  ['text of 4097 characters', text({ text: { body: 'x'.repeat(4097) } }), 131009],
  ['no recipient', { ...text({ text: { body: 'x' } }), to: undefined }, 131008],
  ['a recipient that is no number', { ...text({ text: { body: 'x' } }), to: 'ana' }, 131009],
  ['a BSUID that is none', { ...text({ text: { body: 'x' } }), to: undefined, recipient: '123' }, 131009],
  ['a tag of 513 characters', text({ text: { body: 'x' }, biz_opaque_callback_data: 'x'.repeat(513) }), 131009],
  ['an unknown type', { type: 'hologram', hologram: {} }, 131051],
  ['an image with neither id nor link', { type: 'image', image: {} }, 131008],
  ['an unknown media id', { type: 'image', image: { id: '77' } }, 131009],
  ['four buttons', buttons(4), 131009],
  ['a button title of 21 characters', buttons(1, 'x'.repeat(20)), 131009],
  ['a template that does not exist', template('nope'), 132001],
  ['a template in another language', template('hello_world', [], 'fr'), 132001],
  ['a paused template', template('winter_sale', [body({ type: 'text', text: 'Ana' })]), 132015],
  ['a rejected template', template('free_lessons'), 132001],
  ['too few parameters', template('class_reminder', [body({ type: 'text', text: 'Ana' })]), 132000],
  ['positional parameters for named ones', template('trial_welcome', [body({ type: 'text', text: 'Ana' }, { type: 'text', text: 'Salsa' })]), 132012],
  ['a parameter with a line break', template('winter_sale', [body({ type: 'text', text: 'a\nb' })]), 132015],
  ['a text where an image header is asked for', template('show_invitation', [{ type: 'header', parameters: [{ type: 'text', text: 'x' }] }, body({ type: 'text', text: 'A' }, { type: 'text', text: 'B' })]), 132012],
])('%s', async (_name, message, code) => {
  const answer = await simulator.call('POST', '/graph/v26.0/1065/messages', { messaging_product: 'whatsapp', to: '+34600111222', ...message }, { authorization: 'Bearer sim-x' })
  expect(answer.json.error).toMatchObject({ code, type: 'OAuthException' })
})

test('three buttons and a named template are taken', async () => {
  const named = template('trial_welcome', [body({ type: 'text', parameter_name: 'first_name', text: 'Ana' }, { type: 'text', parameter_name: 'class_name', text: 'Salsa' })])
  for (const message of [buttons(3), named]) {
    expect((await simulator.call('POST', '/graph/v26.0/1065/messages', { messaging_product: 'whatsapp', to: '+34600111222', ...message }, { authorization: 'Bearer sim-x' })).status).toBe(200)
  }
})

test('a token that is not ours gets error 190', async () => {
  const answer = await simulator.call('GET', '/graph/v26.0/1065', undefined, { authorization: 'Bearer EAAB' })
  expect([answer.status, answer.json.error?.code]).toEqual([401, 190])
})

test('a proof made with a wrong app secret is refused, with the right one it is not', async () => {
  const ask = (secret: string) => simulator.call('GET', `/graph/v26.0/1065?appsecret_proof=${createHmac('sha256', secret).update('sim-x').digest('hex')}`, undefined, { authorization: 'Bearer sim-x' })
  expect((await ask('wrong')).json.error?.message).toMatch(/appsecret_proof/)
  expect((await ask(appSecret)).status).toBe(200)
})

test('rates, when asked for: so many a second for a number, so many in six seconds for a customer', async () => {
  const send = () => simulator.call('POST', '/graph/v26.0/1065/messages', { messaging_product: 'whatsapp', to: '+393331234567', text: { body: 'x' } }, { authorization: 'Bearer sim-x' })
  await simulator.call('PATCH', '/api/settings', { pair_burst: 2 })
  expect([(await send()).status, (await send()).status, (await send()).json.error?.code]).toEqual([200, 200, 131056])
  await simulator.call('PATCH', '/api/settings', { pair_burst: 0, throughput_per_second: 1 })
  expect((await send()).json.error?.code).toBe(130429)
  await simulator.call('PATCH', '/api/settings', { throughput_per_second: 0 })
})

test('a BSUID gets the message and the answer names it by user_id', async () => {
  const answer = await simulator.call('POST', '/graph/v26.0/1065/messages', { messaging_product: 'whatsapp', recipient: 'TW.10000000000000000003', text: { body: 'hi' } }, { authorization: 'Bearer sim-x' })
  expect(answer.json.contacts?.[0]).toEqual({ input: 'TW.10000000000000000003', user_id: 'TW.10000000000000000003' })
})

test('templates are paged by cursor', async () => {
  const first = (await simulator.call('GET', '/graph/v26.0/777/message_templates?limit=5', undefined, { authorization: 'Bearer sim-x' })).json
  const next = new URL(String(first.paging?.next))
  const second = (await simulator.call('GET', `${next.pathname.replace('/simulator', '')}${next.search}`, undefined, { authorization: 'Bearer sim-x' })).json
  expect([first.data?.length, second.data?.length, second.paging?.next]).toEqual([5, 4, undefined])
})
