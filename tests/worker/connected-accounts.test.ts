// The life of a connected account: health, templates, a test message, and its end.
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { openStudio } from '../../src/db/open-studio.ts'
import { own } from '../../src/db/statement.ts'
import { jobs } from '../../src/db/jobs.sql.ts'
import { integrations } from '../../src/domain/integrations/integrations.sql.ts'
import { messages } from '../../src/domain/messages/messages.sql.ts'
import { runJob } from '../../src/queues/consume.ts'
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
const run = (person: Person, job: string) => runJob(graph.env, { v: 1, studio: person.studioId, job })

describe('a connected account', () => {
  test('disconnecting deletes secrets and routes, keeps the row, and the same number comes back under its id', async () => {
    const given = credentials()
    const { id } = (await connect(a, { credentials: given })).body.data
    expect((await ask('DELETE', '/api/integrations/disconnect/whatsapp', { token: b.token, env: graph.env })).status).toBe(404)
    expect((await ask('DELETE', `/api/integrations/disconnect/whatsapp?integration_id=${id}`, { token: b.token, env: graph.env })).status).toBe(404)
    expect((await ask('DELETE', `/api/integrations/disconnect/whatsapp?integration_id=${id}`, { token: a.token, env: graph.env })).status).toBe(200)
    expect(graph.calls.at(-1)).toBe(`DELETE ${given.waba_id}/subscribed_apps`)
    const row = await (await scopeOf(a)).db.get(integrations, sql`${integrations.id} = ${id}`)
    expect(row).toMatchObject({ credentials: '{}', isActive: false })
    expect(row?.disconnectedAt).not.toBeNull()
    expect(await routesOf(id)).toEqual([])
    expect((await status(a)).integrations).toEqual([])
    expect((await connect(a, { credentials: given })).body.data.id).toBe(id)
    await run(a, `integration.sweep:${id}`)
    expect(await routesOf(id)).toHaveLength(2)
  })

  test('a number whose business account has another number leaves the subscription and hands its route on', async () => {
    const waba = digits()
    const first = (await connect(a, { credentials: credentials(undefined, waba) })).body.data
    const second = (await connect(a, { credentials: credentials(undefined, waba) })).body.data
    expect((await ask('DELETE', '/api/integrations/disconnect/whatsapp', { token: a.token, env: graph.env })).body.error.details).toEqual({ field: 'integration_id' })
    await ask('DELETE', `/api/integrations/disconnect/whatsapp?integration_id=${first.id}`, { token: a.token, env: graph.env })
    expect(graph.calls.filter(call => call.startsWith('DELETE'))).toEqual([])
    expect((await routesOf(second.id)).map(route => route.account)).toEqual([`phone:${second.external_id}`, `waba:${waba}`])
  })

  test('a connection that was cut short is cleared away by its job', async () => {
    const { id } = (await connect(a, { credentials: credentials() })).body.data
    const database = bindings[`SHARD_${(await scopeOf(a)).studio.shard}`] as D1Database
    await database.batch([
      database.prepare('update integrations set is_active = 0 where studio_id = ? and id = ?').bind(a.studioId, id),
      database.prepare(`update jobs set state = 'due', run_at = 1, lease_token = null where studio_id = ? and id = ?`).bind(a.studioId, `integration.sweep:${id}`),
    ])
    expect(await run(a, `integration.sweep:${id}`)).toBe(true)
    expect(await routesOf(id)).toEqual([])
    expect(await (await scopeOf(a)).db.select(integrations)).toEqual([])
  })

  test('health is asked for, told when it changes, and looked at again by itself', async () => {
    const { id } = (await connect(a, { credentials: credentials() })).body.data
    graph.quality = 'RED'
    const checked = await ask('POST', `/api/integrations/${id}/check`, { token: a.token, env: graph.env })
    expect(checked.body.data.health).toMatchObject({ state: 'degraded', reason: expect.stringContaining('red') })
    const scope = await scopeOf(a)
    const told = await scope.db.all<{ n: number }>(sql`select count(*) as n from (select * from changes where studio_id = ${sql.placeholder('studio')}) where kind = 'integration.updated'`)
    expect(told[0]?.n).toBe(2)
    const database = bindings[`SHARD_${scope.studio.shard}`] as D1Database
    await database.prepare('update jobs set run_at = 1 where studio_id = ? and id = ?').bind(a.studioId, `health.check:${id}:round`).run()
    expect(await run(a, `health.check:${id}:round`)).toBe(true)
    const [round] = await scope.db.all<{ state: string; run_at: number; attempts: number }>(sql`select state, run_at, attempts from ${own(jobs)} where id = ${`health.check:${id}:round`}`)
    expect(round).toMatchObject({ state: 'due', attempts: 0 })
    expect(round?.run_at).toBeGreaterThan(Date.now() + 14 * 60_000)
    const foreign = await ask('POST', `/api/integrations/${id}/check`, { token: b.token, env: graph.env })
    const unknown = await ask('POST', `/api/integrations/${newId('integration')}/check`, { token: b.token, env: graph.env })
    expect([foreign.status, foreign.body.error]).toEqual([404, unknown.body.error])
  })

  test('templates are copied, renewed and dropped as the provider has them', async () => {
    const { id } = (await connect(a, { credentials: credentials() })).body.data
    const body = (text: string) => [{ type: 'BODY', text }]
    graph.templates = [
      { id: '1', name: 'class_reminder', language: 'en_US', status: 'APPROVED', category: 'UTILITY', components: body('Hi {{1}}, see you at {{2}}.') },
      { id: '2', name: 'sale', language: 'en_US', status: 'PAUSED', category: 'MARKETING', components: body('Sale') },
    ]
    expect(await run(a, `templates.sync:${id}`)).toBe(true)
    const list = async (person: Person) => (await ask('GET', `/api/templates?account_id=${id}`, { token: person.token, env: graph.env })).body.data
    const first = await list(a)
    expect(first).toMatchObject([{ name: 'class_reminder', variables: ['1', '2'], status: 'APPROVED', body: 'Hi {{1}}, see you at {{2}}.' }, { name: 'sale', status: 'PAUSED' }])
    graph.templates = [{ ...graph.templates[0]!, status: 'REJECTED' }]
    expect((await ask('POST', '/api/templates/sync', { token: a.token, env: graph.env })).body.data).toEqual({ count: 1 })
    expect(await list(a)).toMatchObject([{ id: first[0].id, status: 'REJECTED' }])
    expect(await list(b)).toEqual([])
  })

  test('a test message takes the open window, else a plain template, else says what is missing', async () => {
    const { id, external_id: phone } = (await connect(a, { credentials: credentials() })).body.data
    const tryOut = (to: string, person = a) => ask('POST', `/api/integrations/${id}/test`, { token: person.token, body: { to }, env: graph.env })
    expect((await tryOut('not a number')).body.error.details).toEqual({ field: 'to' })
    expect((await tryOut('+16505550002')).body.data).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining('24 hours') })
    expect((await tryOut('+16505550002', b)).status).toBe(404)
    const number = { integrationId: id, phone, waba: '1', secret: 'platform-app-secret', verifyToken: '' }
    await deliver(graph.env, number, envelope(number, { messages: [textMessage(`wamid.${phone}`, '16505550003', 'hi')] }))
    const outcome = await tryOut('+1 650 555 0003')
    expect(outcome.body.data).toMatchObject({ outcome: 'unconfirmed', reason: expect.stringContaining('on its way') })
    graph.templates = [{ id: '1', name: 'hello_world', language: 'en_US', status: 'APPROVED', category: 'UTILITY', components: [{ type: 'BODY', text: 'Hello World' }] }]
    await run(a, `templates.sync:${id}`)
    const scope = await scopeOf(a)
    const template = await tryOut('+16505550002')
    const sent = await scope.db.get(messages, sql`${messages.id} = ${template.body.data.message_id}`)
    expect(sent).toMatchObject({ type: 'template', content: 'Hello World', status: 'queued' })
  }, 30_000)
})
