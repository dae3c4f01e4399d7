// The HTTP surface: one spelling per path, bounded input, headers that give nothing away.
import { createExecutionContext } from 'cloudflare:test'
import { z } from 'zod'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/worker/app.ts'
import { openRoute } from '../../src/worker/route.ts'
import { routes } from '../../src/worker/routes.ts'
import { ask, bindings, goodPassword, origin, send, signUp, somebody } from '../support/api.ts'
import type { Person } from '../support/api.ts'

let person: Person
beforeAll(async () => { person = await signUp() })
const register = (extra: Record<string, unknown> = {}) => ({ studio_name: 'S', name: 'P', email: somebody(), password: goodPassword, ...extra })
const post = (raw: BodyInit, headers: Record<string, string> = { 'content-type': 'application/json' }) => ask('POST', '/api/auth/login', { raw, headers })

describe('answers', () => {
  it('carry an id of ours, the limits and headers that keep browsers out', async () => {
    const reply = await ask('GET', '/api/auth/me', { token: person.token, origin: 'https://studio.test', headers: { 'x-request-id': 'mine' } })
    expect(reply.headers.get('x-request-id')).toBe(reply.body.meta.request_id)
    expect(reply.headers.get('x-request-id')).toMatch(/^req_/)
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY', 'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/), 'content-type': 'application/json; charset=utf-8', 'ratelimit-limit': '100000', 'ratelimit-remaining': expect.stringMatching(/^\d+$/), 'ratelimit-reset': expect.stringMatching(/^\d+$/),
    })
  })

  it('H1 allow no other origin anything', async () => {
    for (const from of ['https://evil.example', 'null', `${origin}.evil.example`, origin]) {
      for (const method of ['GET', 'OPTIONS']) {
        const reply = await ask(method, '/api/auth/me', { token: person.token, headers: { origin: from, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x'.repeat(5_000) } })
        expect([...reply.headers.keys()].filter(name => name.startsWith('access-control')), `${method} ${from}`).toEqual([])
      }
    }
  })

  it('H2 headers that pretend to be another request or studio change nothing', async () => {
    const plain = await ask('GET', '/api/auth/me', { token: person.token })
    const other = await signUp()
    const dressed = await ask('GET', `/api/auth/me?studio_id=${other.studioId}`, { token: person.token, headers: { 'x-original-url': '/api/health', 'x-rewrite-url': '/api/health', 'x-http-method-override': 'DELETE', 'x-forwarded-host': 'evil.example', 'x-studio-id': other.studioId } })
    expect(dressed.body.data).toEqual(plain.body.data)
  })

  it('H11 are never kept by a cache', async () => {
    const other = await signUp()
    const [a, b] = [await ask('GET', '/api/studio', { token: person.token }), await ask('GET', '/api/studio', { token: other.token })]
    expect([a.body.data.id, b.body.data.id]).toEqual([person.studioId, other.studioId])
    for (const reply of [a, b, await ask('GET', '/api/none')]) expect(reply.headers.get('cache-control')).toBe('no-store')
  })

  it('H12 tell nothing of what went wrong inside', async () => {
    const app = createApp([openRoute({ method: 'GET', path: '/api/boom', summary: '', answer: z.unknown(), access: 'open', handle: async () => { throw new Error('SELECT secret FROM /srv/app/x.ts') } })])
    const response = await app.fetch(new Request(`${origin}/api/boom`), bindings, createExecutionContext())
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(JSON.parse(text)).toMatchObject({ success: false, error: { code: 'INTERNAL', message: 'Something went wrong on our side.' }, meta: { request_id: expect.stringMatching(/^req_/) } })
    expect(text).not.toMatch(/SELECT|stack|\.ts/)
  })
})

describe('paths and methods', () => {
  it('H4 another spelling of a path is no path', async () => {
    const spellings = ['//api/auth/me', '/api//auth/me', '/API/auth/me', '/api/auth/me;x=1', '/api/auth/me.', '/api/auth/me/', '/api/auth%2fme', '/%61pi/auth/me', '/api/auth/%6de', '/api/auth/me%00', '/api/auth/me%20', '/api/auth\\me%5c', '/api/health/%2e%2e%2fauth/me', '/api/%c0%ae%c0%ae/me']
    for (const path of spellings) {
      const reply = await ask('GET', path, { token: person.token })
      expect(reply.status, path).toBe(404)
    }
    expect((await ask('GET', '/api/health/../auth/me')).status).toBe(401)
    expect((await ask('GET', '/api/%2e%2e/api/auth/me')).status).toBe(401)
  })

  it('H20 unknown methods are refused, HEAD is GET without a body', async () => {
    const options = await ask('OPTIONS', '/api/auth/me')
    expect([options.status, options.headers.get('allow')]).toEqual([405, 'GET, PATCH, HEAD'])
    expect((await ask('PUT', '/api/auth/me', { body: {} })).status).toBe(405)
    expect((await ask('PURGE', '/api/auth/me')).status).toBe(405)
    const [get, head] = [await ask('GET', '/api/auth/me', { token: person.token }), await ask('HEAD', '/api/auth/me', { token: person.token })]
    expect([head.status, head.text, head.headers.get('content-type')]).toEqual([get.status, '', get.headers.get('content-type')])
    expect((await ask('HEAD', '/api/auth/me')).status).toBe(401)
  })

  it('T19 ids of odd shape are unknown ids', async () => {
    const shapes = [person.memberId.toUpperCase(), `${person.memberId}%20`, `${person.memberId}%00`, '1', '-1', '%27%20or%201=1', 'x'.repeat(900), '..', '%2e%2e', '[]', 'null']
    for (const shape of shapes) expect([404, 405], shape).toContain((await ask('DELETE', `/api/members/${shape}`, { token: person.token })).status)
    expect((await ask('GET', '/api/members', { token: person.token })).body.data).toHaveLength(1)
  })

  it('H7 too many parameters and too large headers are refused', async () => {
    expect((await ask('GET', `/api/auth/me?${'a=1&'.repeat(101)}`, { token: person.token })).status).toBe(400)
    expect((await ask('GET', `/api/auth/me?${'a=1&'.repeat(10_000)}`, { token: person.token })).status).toBe(431)
    expect((await ask('GET', '/api/auth/me', { token: person.token, headers: { 'x-long': 'x'.repeat(17_000) } })).status).toBe(431)
  })

  it('H19 nothing redirects', async () => {
    for (const next of ['//evil.example', '/\\evil.example', 'https:evil.example']) {
      const reply = await ask('GET', `/api/auth/me?next=${encodeURIComponent(next)}`, { token: person.token })
      expect([reply.status, reply.headers.get('location')]).toEqual([200, null])
    }
  })
})

describe('bodies', () => {
  it('are JSON by their content type', async () => {
    const body = JSON.stringify({ email: person.email, password: goodPassword })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json, text/plain', 'application/jsonx', 'application/json; charset=utf-16']) expect((await post(body, { 'content-type': type })).status, type).toBe(415)
    expect((await send(new Request(`${origin}/api/auth/login`, { method: 'POST', body: new TextEncoder().encode(body) }))).status).toBe(415)
    expect((await post(body, { 'content-type': 'application/json; charset=UTF-8' })).status).toBe(200)
    expect((await post(body, { 'content-type': 'application/json', 'content-encoding': 'gzip' })).status).toBe(415)
  })

  it('H5 stop at the cap, announced or not', async () => {
    const large = JSON.stringify(register({ name: 'x'.repeat(256 * 1024) }))
    expect((await ask('POST', '/api/auth/register', { raw: large, headers: { 'content-type': 'application/json' } })).status).toBe(413)
    let pulled = 0
    const endless = new ReadableStream({ pull(controller) { pulled += 1; controller.enqueue(new Uint8Array(64 * 1024).fill(97)) } })
    expect((await ask('POST', '/api/auth/register', { raw: endless, headers: { 'content-type': 'application/json' } })).status).toBe(413)
    expect(pulled).toBeLessThan(20)
  })

  it('that are broken, deep or poisoned are malformed', async () => {
    const email = `"email":"${person.email}","password":"${goodPassword}"`
    const bad = ['{', 'nonsense', `{${email}}x`, `\ufeff{${email}}`, `{${email},"email":"x@example.org"}`, `{${email},"em\\u0061il":"x@example.org"}`, `{${email},"__proto__":{"role":"owner"}}`, `{${email},"\\u005f_proto__":1}`, `${'['.repeat(100_000)}${']'.repeat(100_000)}`, `{"a":${'['.repeat(40)}${']'.repeat(40)}}`, "{'a':1}", 'NaN']
    for (const text of bad) expect((await post(text)).status, text.slice(0, 60)).toBe(400)
    expect((await post(new Uint8Array([123, 34, 255, 254, 34, 58, 49, 125]))).status).toBe(400)
    expect(Object.prototype).not.toHaveProperty('role')
  })

  it('that are valid JSON of another shape name the field', async () => {
    const field = async (body: unknown) => { const reply = await ask('POST', '/api/auth/register', { body }); return [reply.status, reply.body.error.code, reply.body.error.details?.['field']] }
    expect(await field(register({ email: 'nope' }))).toEqual([422, 'VALIDATION_ERROR', 'email'])
    expect(await field(register({ studio_id: person.studioId }))).toEqual([422, 'VALIDATION_ERROR', 'studio_id'])
    expect(await field(register({ 'constructor': { prototype: {} } }))).toEqual([422, 'VALIDATION_ERROR', 'constructor'])
    for (const email of [{ $gt: '' }, ['a@example.org'], 5, null, true]) expect(await field(register({ email }))).toEqual([422, 'VALIDATION_ERROR', 'email'])
    for (const body of [[], 'text', 5, null]) expect((await field(body))[0]).toBe(422)
    const hours = await ask('PATCH', '/api/studio', { token: person.token, body: { opening_hours: [{ day: 9, from: 0, to: 1 }] } })
    expect(hours.body.error.details?.['field']).toBe('opening_hours.0.day')
  })

  it('are not needed where none is described, and refused when they say something', async () => {
    expect((await ask('POST', '/api/auth/verify-email/request', { token: person.token })).status).toBe(200)
    expect((await ask('POST', '/api/auth/verify-email/request', { token: person.token, body: { email: somebody() } })).status).toBe(422)
  })

  it('H13 words of SQL are words', async () => {
    for (const name of [`'; drop table logins;--`, `" or ""="`, `%_%`, `\\`, `Robert'); DELETE FROM memberships; --`]) {
      const reply = await ask('PATCH', '/api/auth/me', { token: person.token, body: { name } })
      expect([reply.status, reply.body.data.user.name]).toEqual([200, name])
    }
  })

  it('H16 long input costs little', async () => {
    const evil = [`${'a'.repeat(5_000)}@${'a.'.repeat(5_000)}`, `${'a+'.repeat(100)}@${'-'.repeat(150)}`, `"${'\\'.repeat(200)}@x`, 'a@'.repeat(120)]
    for (const email of evil) {
      const begun = performance.now()
      expect((await ask('POST', '/api/auth/forgot', { body: { email }, headers: { 'accept-language': 'a-'.repeat(2_000) } })).status).toBe(422)
      expect(performance.now() - begun).toBeLessThan(1_000) // a backtracking pattern takes minutes on these
    }
  })
})

describe('queries', () => {
  const app = createApp([openRoute({
    method: 'GET', path: '/api/list', summary: '', query: z.strictObject({ page: z.coerce.number().int().min(1).max(10_000).optional(), sort: z.enum(['name']).optional(), label: z.array(z.string()).optional() }),
    answer: z.unknown(), access: 'open', handle: async (_, { query }) => ({ data: query }),
  })])
  const list = async (search: string) => { const response = await app.fetch(new Request(`${origin}/api/list?${search}`), bindings, createExecutionContext()); return { status: response.status, body: await response.json() as { data: unknown; error?: { details: { field: string } } } } }

  it('H14, H15, H17 take scalars once, lists as lists, and nothing unknown', async () => {
    expect((await list('page=2&label=a&label=b')).body.data).toEqual({ page: 2, label: ['a', 'b'] })
    for (const [search, field] of [['page=1&page=2', 'page'], ['page=-1', 'page'], ['page=0', 'page'], ['page=1e9', 'page'], ['page=NaN', 'page'], ['page=', 'page'], ['page[$gt]=1', 'page[$gt]'], ['id[]=1', 'id[]'], ['sort=name;DROP', 'sort'], ['sort=name%22%20DESC', 'sort'], ['__proto__=1', '__proto__'], ['label=%00', 'label']]) {
      const reply = await list(search ?? '')
      expect([reply.status, reply.body.error?.details.field], search).toEqual([422, field])
    }
  })
})

describe('operations', () => {
  it('health says nothing, readiness names what fails, both without a login', async () => {
    expect((await ask('GET', '/api/health')).body.data).toEqual({ status: 'ok' })
    expect((await ask('GET', '/api/ready')).body.data.checks).toMatchObject({ config: 'ok', directory: 'ok', shard_0: 'ok', shard_1: 'ok', media: 'ok', queues: 'ok' })
    const lacking = { ...bindings, JWT_SECRET: '', CHORES: undefined, SHARD_1: bindings.DIRECTORY } as unknown as typeof bindings
    const ready = await ask('GET', '/api/ready', { env: lacking })
    expect([ready.status, Number(ready.headers.get('retry-after')) > 0]).toEqual([503, true])
    expect(ready.body.error.details?.['checks']).toEqual({ config: 'missing or wrong: JWT_SECRET', queues: 'not bound: CHORES', shard_1: 'migrations are missing' })
    expect((await ask('GET', '/api/health', { env: lacking })).status).toBe(200)
    expect((await ask('GET', '/api/auth/me', { env: lacking, token: person.token })).status).toBe(503)
  })

  it('H21 what is open holds no secret and no person', async () => {
    for (const path of ['/api/health', '/api/ready', '/metrics', '/metrics.json', '/api/openapi.json', '/api/docs']) {
      const reply = await ask('GET', path)
      expect(reply.status, path).toBe(200)
      for (const word of [person.email, person.studioId, person.memberId, 'test-jwt-secret', 'platform-app-secret', person.token]) expect(reply.text, path).not.toContain(word)
    }
    for (const path of ['/.dev.vars', '/wrangler.toml', '/src/worker/index.ts', '/index.js.map', '/cdn-cgi/handler/scheduled', '/.git/config', '/']) expect((await ask('GET', path)).status, path).toBe(404)
  })

  it('metrics count requests by route pattern', async () => {
    const reply = await ask('GET', '/metrics')
    expect(reply.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(reply.text).toMatch(/http_requests_total\{method="DELETE",route="\/api\/members\/:id",status="404"\} \d+/)
    expect(reply.text).toMatch(/database_query_duration_seconds_count\{kind="read"\} \d+/)
  })

  it('describe every route by the schemas that validate it', async () => {
    const document = JSON.parse((await ask('GET', '/api/openapi.json')).text) as { openapi: string; paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: { additionalProperties?: boolean } }> }; responses: Record<string, unknown> }>> }
    expect(document.openapi).toBe('3.1.0')
    for (const route of routes) expect(document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]?.responses, route.path).toBeDefined()
    expect(document.paths['/api/auth/register']?.['post']?.requestBody?.content['application/json']?.schema.additionalProperties).toBe(false)
    const docs = await ask('GET', '/api/docs')
    expect(docs.text).not.toMatch(/<script|style=|https?:\/\/(?!studio\.test)/)
    expect(docs.headers.get('content-security-policy')).toContain("style-src 'self'")
  })
})
