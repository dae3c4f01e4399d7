// Idempotency-Key: a repeated request has one effect and one answer, however many hands send it.
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { change } from '../../src/db/changes.ts'
import { setClock } from '../../src/platform/clock.ts'
import { conflict } from '../../src/platform/problem.ts'
import { createApp } from '../../src/worker/app.ts'
import { studioRoute } from '../../src/worker/route.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { ask, bindings, goodPassword, origin, signUp } from '../support/api.ts'
import type { Person } from '../support/api.ts'
import { slowBindings } from '../support/slow-d1.ts'

let failures = 0
const app = createApp([studioRoute({
  method: 'POST', path: '/api/effects', summary: '', body: z.strictObject({ what: z.string() }), answer: z.unknown(), status: 201, access: 'self', idempotent: true,
  async handle(_, { body }, scope) {
    if (failures > 0) {
      failures -= 1
      throw conflict('Not now.')
    }
    await scope.db.commit([change('settings.updated', 'test', sql`json_object('what', ${body.what})`)])
    return { data: { what: body.what, n: Math.random() } }
  },
})])
let a: Person
let b: Person
beforeAll(async () => { a = await signUp(); b = await signUp() })
afterEach(() => setClock(null))

async function effect(person: Person, key: string | null, what: string, env: Bindings = bindings) {
  const headers: Record<string, string> = { authorization: `Bearer ${person.token}`, 'content-type': 'application/json', ...(key === null ? {} : { 'idempotency-key': key }) }
  const context = createExecutionContext()
  const response = await app.fetch(new Request(`${origin}/api/effects`, { method: 'POST', headers, body: JSON.stringify({ what }) }), env, context)
  await waitOnExecutionContext(context)
  return { status: response.status, text: await response.text() }
}
async function effects(what: string): Promise<number> {
  const counts = await Promise.all([bindings.SHARD_0, bindings.SHARD_1].map(shard => shard.prepare(`select count(*) as n from changes where kind = 'settings.updated' and json_extract(body, '$.what') = ?`).bind(what).first<number>('n')))
  return counts.reduce<number>((sum, n) => sum + (n ?? 0), 0)
}

it('H18 twenty at once have one effect and get the same bytes, over slow databases', async () => {
  const slow = slowBindings(bindings)
  const replies = await Promise.all(Array.from({ length: 20 }, () => effect(a, 'key-1', 'raced', slow)))
  expect(new Set(replies.map(reply => `${reply.status} ${reply.text}`)).size).toBe(1)
  expect(replies[0]?.status).toBe(201)
  expect(await effects('raced')).toBe(1)
})

it('H18 another body under the key is a conflict, another member’s key is another key', async () => {
  await effect(a, 'key-2', 'mine')
  expect((await effect(a, 'key-2', 'changed')).status).toBe(409)
  expect((await effect(b, 'key-2', 'theirs')).status).toBe(201)
  expect([await effects('mine'), await effects('changed'), await effects('theirs')]).toEqual([1, 0, 1])
})

it('without a key every request counts', async () => {
  await Promise.all([effect(a, null, 'plain'), effect(a, null, 'plain')])
  expect(await effects('plain')).toBe(2)
})

it('what failed may be tried again with the same key', async () => {
  failures = 1
  expect((await effect(a, 'key-3', 'again')).status).toBe(409)
  expect((await effect(a, 'key-3', 'again')).status).toBe(201)
  expect(await effects('again')).toBe(1)
})

it('a claim whose worker died is taken over after a minute, not before', async () => {
  await effect(a, 'key-4', 'crashed')
  const strand = (shard: D1Database) => shard.prepare(`update idempotency set status = 0, answer = '' where studio_id = ?`).bind(a.studioId).run()
  await Promise.all([strand(bindings.SHARD_0), strand(bindings.SHARD_1)])
  setClock(() => Date.now() + 61_000)
  expect((await effect(a, 'key-4', 'crashed')).status).toBe(201)
})

it('a key that is no key is malformed', async () => {
  for (const key of ['', ' ', 'ü', 'x'.repeat(201), 'a b']) expect((await effect(a, key, 'bad')).status, key).toBe(400)
})

it('after a day a key is new again', async () => {
  const fresh = await signUp()
  await effect(fresh, 'key-5', 'today')
  setClock(() => Date.now() + 25 * 3_600_000)
  const { access_token: token } = (await ask('POST', '/api/auth/login', { body: { email: fresh.email, password: goodPassword } })).body.data
  expect((await effect({ ...fresh, token }, 'key-5', 'tomorrow')).status).toBe(201)
  expect([await effects('today'), await effects('tomorrow')]).toEqual([1, 1])
})
