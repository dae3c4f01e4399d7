// Connecting a WhatsApp number, in two databases, with a provider that says yes or no.
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { openStudio } from '../../src/db/open-studio.ts'
import { own } from '../../src/db/statement.ts'
import { jobs } from '../../src/db/jobs.sql.ts'
import { integrations } from '../../src/domain/integrations/integrations.sql.ts'
import { messages } from '../../src/domain/messages/messages.sql.ts'
import { newId } from '../../src/platform/ids.ts'
import { ask, bindings, signUp } from '../support/api.ts'
import type { Person } from '../support/api.ts'
import { fakeGraph } from '../support/fake-graph.ts'
import type { FakeGraph } from '../support/fake-graph.ts'
import { quiet } from '../support/quiet.ts'
import { deliver, envelope, textMessage } from '../support/whatsapp.ts'

let graph: FakeGraph
let a: Person
let b: Person
let n = Date.now()
const digits = (): string => `1${n += 1}00`

beforeEach(async () => {
  graph = fakeGraph(quiet(bindings).env)
  ;[a, b] = [await signUp(), await signUp()]
})

const credentials = (phone = digits(), waba = digits()) => ({ phone_number_id: phone, waba_id: waba, access_token: 'sim-a-good-token' })
const connect = (person: Person, body: unknown) => ask('POST', '/api/integrations/connect/whatsapp', { token: person.token, body, env: graph.env })
const status = async (person: Person) => (await ask('GET', '/api/integrations/status', { token: person.token, env: graph.env })).body.data
const routesOf = async (id: string) => (await bindings.DIRECTORY.prepare('select account, studio_id from channel_routes where integration_id = ? order by account').bind(id).all()).results
const scopeOf = (person: Person) => openStudio(graph.env, person.studioId, { kind: 'system' })

describe('connecting', () => {
  test('the form is drawn from the schema, and the simulator shows only where it runs', async () => {
    const { providers } = await status(a)
    expect(providers).toMatchObject([{ provider: 'whatsapp', channel_type: 'whatsapp', simulator: true }])
    expect(providers[0].fields.map((field: any) => [field.name, field.secret, field.required])).toEqual([['phone_number_id', false, true], ['waba_id', false, true], ['access_token', true, true], ['app_secret', true, false]])
    const without = await ask('GET', '/api/integrations/status', { token: a.token })
    expect(without.body.data.providers[0].simulator).toBe(false)
    expect((await ask('POST', '/api/integrations/connect/whatsapp', { token: a.token, body: { simulator: true } })).body.error.details).toEqual({ field: 'simulator' })
  })

  test('a number answers its handshake while it is being connected, then is active, routed, sealed and told', async () => {
    const given = credentials()
    const reply = await connect(a, { credentials: given })
    expect(reply.status).toBe(201)
    expect(reply.body.data).toMatchObject({ channel_type: 'whatsapp', external_id: given.phone_number_id, is_active: true, health: { state: 'ok' }, webhook_url: `http://studio.test/api/integrations/webhook/whatsapp/${reply.body.data.id}` })
    expect(reply.body.data.verify_token).toMatch(/^[\w-]{43}$/)
    expect(graph.handshakes).toEqual([200])
    expect(await routesOf(reply.body.data.id)).toEqual([{ account: `phone:${given.phone_number_id}`, studio_id: a.studioId }, { account: `waba:${given.waba_id}`, studio_id: a.studioId }])
    const scope = await scopeOf(a)
    const row = await scope.db.get(integrations, sql`${integrations.id} = ${reply.body.data.id}`)
    expect(row?.credentials).not.toContain('sim-a-good-token')
    expect(row?.credentials).toContain(given.phone_number_id)
    const due = await scope.db.all<{ id: string; state: string }>(sql`select id, state from ${own(jobs)} where subject = ${reply.body.data.id} order by id`)
    expect(due).toEqual([{ id: `health.check:${row?.id}:round`, state: 'due' }, { id: `integration.sweep:${row?.id}`, state: 'canceled' }, { id: `templates.sync:${row?.id}`, state: 'due' }])
    expect(reply.text).not.toContain('sim-a-good-token')
    expect((await status(b)).integrations).toEqual([])
  })

  test('the simulator makes up a number, and what it delivers is stored', async () => {
    const reply = await connect(a, { simulator: true })
    expect(reply.status).toBe(201)
    const number = { integrationId: reply.body.data.id, phone: reply.body.data.external_id, waba: '1', secret: 'platform-app-secret', verifyToken: '' }
    expect((await deliver(graph.env, number, envelope(number, { messages: [textMessage('wamid.sim', '16505550001', 'hola')] }))).status).toBe(200)
    expect((await ask('GET', '/api/conversations', { token: a.token, env: graph.env })).body.data).toHaveLength(1)
  })

  test('what the form or the provider refuses names its field and leaves nothing behind', async () => {
    const before = graph.calls.length
    expect((await connect(a, { credentials: { ...credentials(), phone_number_id: 'abc' } })).body.error.details).toEqual({ field: 'credentials.phone_number_id' })
    expect((await connect(a, { credentials: { ...credentials(), extra: 'x' } })).body.error.details).toEqual({ field: 'credentials.extra' })
    expect((await connect(a, {})).status).toBe(422)
    expect(graph.calls.length).toBe(before)
    const bad = await connect(a, { credentials: { ...credentials(), access_token: 'not-a-token' } })
    expect([bad.status, bad.body.error.details?.field]).toEqual([422, 'credentials.access_token'])
    expect(bad.body.error.details?.reason).toMatch(/not valid/)
    graph.open = false
    const unknown = await connect(a, { credentials: credentials() })
    expect(unknown.body.error.details?.field).toBe('credentials.phone_number_id')
    const scope = await scopeOf(a)
    expect(await scope.db.select(integrations)).toEqual([])
    expect((await bindings.DIRECTORY.prepare('select account from channel_routes where studio_id = ?').bind(a.studioId).all()).results).toEqual([])
    expect((await ask('POST', '/api/integrations/connect/telegram', { token: a.token, body: {} })).status).toBe(404)
  })

  test('a number that another studio holds is refused there and stays where it is', async () => {
    const given = credentials()
    const first = await connect(a, { credentials: given })
    const second = await connect(b, { credentials: given })
    expect([second.status, second.body.error.details?.reason]).toEqual([409, 'account_taken'])
    expect((await routesOf(first.body.data.id))).toHaveLength(2)
    expect(await (await scopeOf(b)).db.select(integrations)).toEqual([])
    await ask('DELETE', '/api/integrations/disconnect/whatsapp', { token: a.token, env: graph.env })
    expect((await connect(b, { credentials: given })).status).toBe(201)
  })

  test('twenty connects of one number at once make one integration', async () => {
    const given = credentials()
    const replies = await Promise.all(Array.from({ length: 20 }, (_, i) => connect(i % 2 === 0 ? a : b, { credentials: given })))
    expect(replies.every(reply => reply.status === 201 || reply.status === 409 || reply.status === 422)).toBe(true)
    const rows = (await Promise.all([a, b].map(async person => (await scopeOf(person)).db.select(integrations)))).flat().filter(row => row.isActive)
    const held = (await bindings.DIRECTORY.prepare('select integration_id from channel_routes where account = ?').bind(`phone:${given.phone_number_id}`).all<{ integration_id: string }>()).results
    expect(rows.map(row => row.id)).toEqual(held.map(row => row.integration_id))
    expect(rows).toHaveLength(1)
  })

  test('reconnecting keeps the id and sends what waited; a refused one changes nothing', async () => {
    const given = credentials()
    const { id } = (await connect(a, { credentials: given })).body.data
    const scope = await scopeOf(a)
    const waiting = newId('message')
    const later = newId('message')
    const database = bindings[`SHARD_${scope.studio.shard}`] as D1Database
    const far = Date.now() + 600_000
    for (const [message, state] of [[waiting, 'queued'], [later, 'scheduled']]) {
      await database.batch([
        database.prepare(`insert into messages (studio_id, id, conversation_id, account_id, seq, direction, type, content, channel, status, author_kind, sent_at, created_at) values (?, ?, 'cnv_x', ?, 1, 'outbound', 'text', 'x', 'whatsapp', ?, 'member', 1, 1)`).bind(a.studioId, message, id, state),
        database.prepare(`insert into jobs (studio_id, id, kind, queue, subject, run_at, created_at) values (?, ?, 'send', 'sends', ?, ?, 1)`).bind(a.studioId, `send:${message}`, message, far),
      ])
    }
    expect((await connect(a, { credentials: { ...given, access_token: 'bad-token-here' } })).status).toBe(422)
    expect((await status(a)).integrations).toMatchObject([{ id, is_active: true, waiting: 1 }])
    const again = await connect(a, { credentials: { ...given, access_token: 'sim-another-token' } })
    expect([again.status, again.body.data.id]).toEqual([201, id])
    const runs = await scope.db.all<{ id: string; run_at: number }>(sql`select id, run_at from ${own(jobs)} where kind = 'send'`)
    expect(runs.find(job => job.id === `send:${waiting}`)?.run_at).toBeLessThan(far)
    expect(runs.find(job => job.id === `send:${later}`)?.run_at).toBe(far)
  })
})
