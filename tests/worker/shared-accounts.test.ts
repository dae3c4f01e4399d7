// Two studios with numbers of one WhatsApp business account: Meta keeps one address for both, and neither may lose or take what is the other's.
import { beforeEach, expect, test } from 'vitest'
import { openStudio } from '../../src/db/open-studio.ts'
import { messages } from '../../src/domain/messages/messages.sql.ts'
import { ask, bindings, signUp } from '../support/api.ts'
import type { Person } from '../support/api.ts'
import { fakeGraph } from '../support/fake-graph.ts'
import type { FakeGraph } from '../support/fake-graph.ts'
import { quiet } from '../support/quiet.ts'
import { deliver, textBody } from '../support/whatsapp.ts'

let graph: FakeGraph
let a: Person
let b: Person
let n = Date.now()
const digits = (): string => `1${n += 1}00`

interface Given { phone_number_id: string; waba_id: string; access_token: string; app_secret?: string }
interface Made { id: string; phone: string; waba: string }

beforeEach(async () => {
  graph = fakeGraph(quiet(bindings).env)
  ;[a, b] = [await signUp(), await signUp()]
})

async function connect(person: Person, waba: string, secret?: string): Promise<Made> {
  const given: Given = { phone_number_id: digits(), waba_id: waba, access_token: 'sim-a-good-token', ...(secret === undefined ? {} : { app_secret: secret }) }
  const reply = await ask('POST', '/api/integrations/connect/whatsapp', { token: person.token, body: { credentials: given }, env: graph.env })
  expect(reply.status).toBe(201)
  return { id: reply.body.data.id, phone: given.phone_number_id, waba }
}
const leave = (person: Person, made: Made) => ask('DELETE', `/api/integrations/disconnect/whatsapp?integration_id=${made.id}`, { token: person.token, env: graph.env })
const post = (address: string, body: string, secret: string) => deliver(graph.env, { integrationId: address, phone: '', waba: '', secret, verifyToken: '' }, body)
const stored = async (person: Person) => (await (await openStudio(graph.env, person.studioId, { kind: 'system' })).db.select(messages)).map(row => row.externalId)
const quarantined = async (account: string) => (await bindings.DIRECTORY.prepare('select body from quarantine where account = ?').bind(account).all<{ body: string }>()).results.map(row => row.body)
const platform = 'platform-app-secret'

test.each([['the platform’s app', undefined, platform], ['one app of their own', 'their-own-app-secret-1234567890ab', 'their-own-app-secret-1234567890ab']])('events of the first studio that come to the second’s address are stored, signed by %s', async (_, own, secret) => {
  const waba = digits()
  const [first, second] = [await connect(a, waba, own), await connect(b, waba, own)]
  expect((await post(second.id, textBody(first, `wamid.${first.phone}`, '16505550001', 'hi'), secret)).status).toBe(200)
  expect([await stored(a), await stored(b)]).toEqual([[`wamid.${first.phone}`], []])
})

test('what another studio’s own secret says of a number is kept aside, not stored', async () => {
  const first = await connect(a, digits())
  const second = await connect(b, digits(), 'their-own-app-secret-1234567890ab')
  const body = textBody(first, 'wamid.forged', '16505550001', 'hi')
  expect((await post(second.id, body, 'their-own-app-secret-1234567890ab')).status).toBe(200)
  expect((await post(second.id, body, 'their-own-app-secret-1234567890ab')).status).toBe(200)
  expect([await stored(a), await stored(b)]).toEqual([[], []])
  expect(await quarantined(`phone:${first.phone}`)).toEqual([body])
})

test('a body of no known account is kept, whatever address it came to', async () => {
  const made = await connect(a, digits())
  const strange = { phone: digits(), waba: digits() }
  await post(made.id, textBody(strange, 'wamid.x', '16505550001', 'hi'), platform)
  expect(await quarantined(`phone:${strange.phone}`)).toHaveLength(1)
  const empty = JSON.stringify({ object: 'whatsapp_business_account', of: made.id })
  await post(made.id, empty, platform)
  expect(await quarantined('unknown')).toContain(empty)
})

test('the subscription stays while another studio needs it, points at that studio, and ends with the last', async () => {
  const waba = digits()
  const [first, second, third] = [await connect(a, waba), await connect(b, waba), await connect(b, waba)]
  const deleted = () => graph.calls.filter(call => call === `DELETE ${waba}/subscribed_apps`).length
  await leave(b, third)
  await leave(a, first)
  expect(deleted()).toBe(0)
  expect(graph.addresses.get(waba)).toMatch(new RegExp(`/${second.id}$`))
  const held = await bindings.DIRECTORY.prepare('select account, integration_id from channel_routes where account like ?').bind(`waba:${waba}%`).all()
  expect(held.results).toEqual([{ account: `waba:${waba}`, integration_id: second.id }])
  // Late words of Meta to the old address still find their way.
  expect((await post(first.id, textBody(second, `wamid.${second.phone}`, '16505550001', 'hi'), platform)).status).toBe(200)
  expect(await stored(b)).toEqual([`wamid.${second.phone}`])
  await leave(b, second)
  expect(deleted()).toBe(1)
})

test('an app of its own has a subscription of its own', async () => {
  const waba = digits()
  const [, second] = [await connect(a, waba), await connect(b, waba, 'their-own-app-secret-1234567890ab')]
  await leave(b, second)
  expect(graph.calls.at(-1)).toBe(`DELETE ${waba}/subscribed_apps`)
})

test('an address that never was answers 404, signed or not by a stranger', async () => {
  const body = textBody({ phone: '1', waba: '2' }, 'wamid.x', '16505550001', 'hi')
  expect((await post('int_never', body, 'guess')).status).toBe(404)
})

test('a secret that was replaced signs nothing from then on', async () => {
  const waba = digits()
  const made = await connect(a, waba, 'their-own-app-secret-1234567890ab')
  const body = textBody(made, 'wamid.1', '16505550001', 'hi')
  expect((await post(made.id, body, 'their-own-app-secret-1234567890ab')).status).toBe(200)
  const again = { phone_number_id: made.phone, waba_id: waba, access_token: 'sim-a-good-token', app_secret: 'their-new-app-secret-1234567890ab' }
  expect((await ask('POST', '/api/integrations/connect/whatsapp', { token: a.token, body: { credentials: again }, env: graph.env })).body.data.id).toBe(made.id)
  expect((await post(made.id, body, 'their-own-app-secret-1234567890ab')).status).toBe(401)
  expect((await post(made.id, body, 'their-new-app-secret-1234567890ab')).status).toBe(200)
  await leave(a, made)
  expect((await post(made.id, body, 'their-new-app-secret-1234567890ab')).status).toBe(404)
})
