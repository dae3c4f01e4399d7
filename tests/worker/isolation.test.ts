// Two studios over every route of the table: nothing of one can be read, changed or told from nothing by the other.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { may, policy } from '../../src/contract/policy.ts'
import type { Permission } from '../../src/contract/policy.ts'
import type { Route } from '../../src/worker/route.ts'
import { routes } from '../../src/worker/routes.ts'
import { ask, bindings } from '../support/api.ts'
import type { Ask, Reply } from '../support/api.ts'
import { fullStudio } from '../support/full-studio.ts'
import type { FullStudio, Ids } from '../support/full-studio.ts'
import { quiet } from '../support/quiet.ts'
import { fill, nameOf, pathParts, sampleOf, samples, unknownId } from '../support/route-samples.ts'
import type { Filled } from '../support/route-samples.ts'
import { allRows, differences, holding } from '../support/rows.ts'
import { idPaths, valueAt } from '../support/schema-ids.ts'
import { deliver, graphThatAgrees, textBody } from '../support/whatsapp.ts'

const { env } = quiet(bindings)
const guarded = routes.filter(route => route.access !== 'open')
let a: FullStudio
let b: FullStudio
let before: Record<string, string[]>

beforeAll(async () => {
  vi.stubGlobal('fetch', graphThatAgrees().fetch)
  a = await fullStudio(env)
  b = await fullStudio(env)
  before = await rowsOfA()
})
afterAll(() => vi.unstubAllGlobals())

const rowsOfA = () => allRows(env, holding(a.marks))
const call = (route: Pick<Route, 'method'>, filled: Filled, more: Ask = {}) => ask(route.method, filled.path, { env, token: b.owner.token, body: filled.body, raw: filled.raw, headers: filled.headers, ...more })

/** Status, headers and bytes, without what differs between any two calls; `probe` is the id that was asked for. */
function told(reply: Reply, probe: string): string {
  const headers = [...reply.headers].filter(([name]) => !/^(x-request-id|ratelimit-.*|date|set-cookie)$/.test(name)).sort()
  const text = reply.text.replaceAll(reply.body?.meta?.request_id ?? '-', 'REQUEST').replace(/"timestamp":"[^"]+"/, '"timestamp":"T"')
  // A right answer may repeat the id it was given and carries new ids, times and numbers; a refusal may not.
  const plain = reply.status >= 400 ? text : text.replaceAll(probe, 'PROBE').replace(/\b[a-z]{3}_[0-9a-z]{26}\b/g, 'ID').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T').replace(/"(seq|\w+_seq)":\d+/g, '"$1":N').replace(/"next_cursor":"[^"]+"/g, '"next_cursor":"C"')
  return JSON.stringify([reply.status, headers, plain])
}

describe('the suite itself', () => {
  it('was taught every route, and every id that a body or query asks for', () => {
    const untaught = guarded.flatMap(route => {
      pathParts(route)
      const sample = sampleOf(route)
      const missing = [...idPaths(route.body), ...idPaths(route.query)].filter(path => ![...(sample.bodies ?? []), ...(sample.queries ?? [])].some(make => valueAt(make(a.ids), path) !== undefined))
      const bodyless = route.body !== undefined && route.raw === undefined && sample.bodies === undefined ? ['a body'] : []
      const rawless = route.raw !== undefined && sample.raw === undefined ? ['raw bytes'] : []
      return [...missing, ...bodyless, ...rawless].map(what => `${nameOf(route)}: ${what}`)
    })
    expect(untaught, 'teach tests/support/route-samples.ts').toEqual([])
  })
})

describe('every route', () => {
  it('T1 T2 T5 T6 T7 answers a stranger’s id, in path, body or query, as one that never existed', async () => {
    let probes = 0
    for (const route of guarded) {
      const nouns = new Set<keyof Ids>([...pathParts(route).flatMap(part => (part.noun === null ? [] : [part.noun])), ...usedNouns(route)])
      for (const noun of nouns) {
        const missing = unknownId(a.ids[noun])
        const foreign = fill(route, { ...b.ids, [noun]: a.ids[noun] })
        const absent = fill(route, { ...b.ids, [noun]: missing })
        for (const [i, filled] of foreign.entries()) {
          const other = absent[i] ?? filled
          if (JSON.stringify([filled.path, filled.body]) === JSON.stringify([other.path, other.body])) continue
          const replies = [await call(route, filled), await call(route, other)] as const
          expect(told(replies[0], a.ids[noun]), `${nameOf(route)} with a foreign ${noun}: ${replies[0].text.slice(0, 300)}`).toBe(told(replies[1], missing))
          expect(replies[0].status, `${nameOf(route)} with a foreign ${noun}`).toBeLessThan(500)
          probes += 1
        }
      }
    }
    expect(probes).toBeGreaterThan(30)
  })

  it('T3 T4 T14 T15 takes the studio from the token alone and no field it does not know', async () => {
    const extras = { studio_id: a.id, id_of_studio: a.id, created_at: '2020-01-01T00:00:00.000Z', password_hash: 'x', webhook_secret: 'x', lead_score: 100, role_of_me: 'owner', __proto: {} }
    for (const route of guarded.filter(route => route.raw === undefined)) {
      const [filled] = fill(route, b.ids)
      if (filled === undefined) continue
      if (route.method === 'GET') {
        const [plain, dressed] = [await call(route, filled), await call(route, filled, { headers: { 'x-studio-id': a.id, 'x-forwarded-host': 'a.example', 'x-original-url': `/api/studios/${a.id}` } })]
        expect(told(dressed, ''), nameOf(route)).toBe(told(plain, ''))
        continue
      }
      for (const [key, value] of Object.entries(extras).filter(([key]) => !idPaths(route.body).includes(key))) {
        const reply = await call(route, { ...filled, body: { ...(filled.body as object | undefined), [key]: value } })
        expect([reply.status, reply.body.error?.details?.['field']], `${nameOf(route)} ${key}: ${reply.text.slice(0, 200)}`).toEqual([422, key])
      }
    }
  })

  it('T19 tells a stranger’s id in another shape from nothing, and stumbles over none', async () => {
    const shapes = [(id: string) => id.toUpperCase(), (id: string) => `${id} `, (id: string) => `${id}'--`, (id: string) => `${id},${id}`, (id: string) => `${id}\u0000`, (id: string) => `[${id}]`, () => '-1', () => '1e309', () => '__proto__', () => 'x'.repeat(300)]
    for (const route of guarded) {
      for (const { noun } of pathParts(route)) {
        if (noun === null) continue
        const missing = unknownId(a.ids[noun])
        for (const shape of shapes) {
          const [foreign, absent] = [a.ids[noun], missing].map(id => fill(route, { ...b.ids, [noun]: shape(id) })[0] as Filled)
          const replies = [await call(route, foreign as Filled), await call(route, absent as Filled)] as const
          expect(told(replies[0], ''), `${nameOf(route)} ${shape('id')}`).toBe(told(replies[1], ''))
          expect([400, 404], `${nameOf(route)} ${shape('id')}`).toContain(replies[0].status)
        }
        for (const raw of ['%00', '%ff', '%2e%2e', '%F0%9F']) {
          const reply = await call(route, { ...fill(route, { ...b.ids, [noun]: 'SHAPE' })[0], path: (fill(route, { ...b.ids, [noun]: 'SHAPE' })[0]?.path ?? '').replace('SHAPE', raw) })
          expect([400, 404, 405], `${nameOf(route)} ${raw} ${reply.text.slice(0, 200)}`).toContain(reply.status)
        }
      }
    }
  })

  it('T9 lists, counts, searches and shows nothing of the other studio', async () => {
    let seen = 0
    for (const route of guarded.filter(route => route.method === 'GET')) {
      for (const filled of [...fill(route, b.ids), ...(sampleOf(route).queries === undefined ? [] : [{ path: route.path }]), ...(route.path === '/api/search' ? [{ path: `/api/search?q=${a.word}` }, { path: '/api/search?q=wamid' }] : [])]) {
        const { text } = await call(route, filled)
        const leaks = [...a.marks, ...Object.values(a.ids)].filter(word => text.includes(word))
        expect(leaks, `${nameOf(route)} ${filled.path}`).toEqual([])
        seen += 1
      }
    }
    expect(seen).toBeGreaterThan(10)
  })

  it('T8 refuses a cursor that was made for the other studio', async () => {
    for (const route of guarded.filter(route => route.method === 'GET' && route.query !== undefined && ('cursor' in route.query.shape || 'before' in route.query.shape))) {
      const [name, size] = 'cursor' in route.query.shape ? ['cursor', 'per_page'] : ['before', 'limit']
      const path = fill(route, a.ids)[0]?.path.split('?')[0] ?? ''
      const own = await ask('GET', `${path}?${size}=1`, { env, token: a.owner.token })
      const cursor = (own.body.pagination as { next_cursor: string | null } | undefined)?.next_cursor
      expect(cursor, `${nameOf(route)}: the full studio needs two of these`).toBeTypeOf('string')
      expect((await ask('GET', `${path}?${size}=1&${name}=${cursor}`, { env, token: a.owner.token })).status, nameOf(route)).toBe(200)
      const foreign = await call(route, { path: `${fill(route, b.ids)[0]?.path.split('?')[0]}?${size}=1&${name}=${cursor}` })
      expect(foreign.status, nameOf(route)).toBe(400)
    }
  })

  it('T13 lets a role through exactly where the table of policy does, and writes each refusal down once', async () => {
    const shard = (await env.DIRECTORY.prepare('select shard from studios where id = ?').bind(b.id).first<number>('shard')) === 0 ? env.SHARD_0 : env.SHARD_1
    const denials = () => shard.prepare(`select count(*) as n from changes where studio_id = ? and kind = 'access.denied'`).bind(b.id).first<number>('n')
    let expected = (await denials()) ?? 0
    for (const route of guarded) {
      for (const person of b.people) {
        // A field nobody knows: whoever may call gets as far as the body and no further.
        const reply = await ask(route.method, fill(route, b.ids)[0]?.path.split('?')[0] ?? '', { env, token: person.token, body: route.method === 'GET' ? undefined : { no_such_field: 1 } })
        const allowed = may(person.role, route.access as Permission)
        expect(reply.status === 403, `${person.role} ${nameOf(route)} answered ${reply.status}`).toBe(!allowed)
        if (allowed) continue
        expected += 1
        expect(await denials(), `${person.role} ${nameOf(route)}: access.denied`).toBe(expected)
      }
    }
    expect(await denials()).toBe(expected)
    expect(Object.keys(policy).length).toBeGreaterThan(10)
  })
})

describe('beside the routes', () => {
  it('T10 T11 a delivery for one studio’s number on the other’s address stores nothing; a message id may exist in both', async () => {
    const counts = async () => JSON.stringify(await allRows(env, row => row.includes(b.id)))
    const was = await counts()
    const reply = await deliver(env, { ...b.number }, textBody(a.number, 'wamid.stray', '4915100000000', 'stray'))
    expect([200, 404]).toContain(reply.status)
    expect(await counts()).toBe(was)
    const { id } = (await ask('POST', `/api/conversations/${b.ids.conversation}/messages`, { env, token: b.owner.token, body: { id: a.ids.failed, content: 'same id' } })).body.data
    expect(id).toBe(a.ids.failed)
    expect((await ask('GET', `/api/conversations/${a.ids.conversation}`, { env, token: a.owner.token })).text).not.toContain('same id')
  })

  it('T12 the hub of another studio cannot be named by the client', async () => {
    for (const path of [`/api/live?studio=${a.id}`, `/api/live?studio_id=${a.id}&ticket=x`, '/api/live?ticket=x', `/api/live?ticket=${btoa(JSON.stringify({ studioId: a.id }))}.x`]) {
      const reply = await ask('GET', path, { env, token: b.owner.token, headers: { upgrade: 'websocket', origin: 'http://studio.test' } })
      expect([401, 403, 422], path).toContain(reply.status)
    }
  })

  it('an instructor writes notes and is refused to send', async () => {
    const instructor = b.people.find(person => person.role === 'instructor')
    const send = (body: unknown) => ask('POST', `/api/conversations/${b.ids.conversation}/messages`, { env, token: instructor?.token, body })
    expect([(await send({ type: 'note', content: 'n' })).status, (await send({ content: 'n' })).status]).toEqual([201, 403])
  })

  it('after all of this not one row of the other studio has changed', async () => {
    // The message id that both studios hold now is in B's rows too.
    expect(differences(before, await rowsOfA()).filter(line => !line.includes(b.id))).toEqual([])
  })
})

describe('the samples', () => {
  it('are right calls: else the refusals above would prove nothing', async () => {
    const order = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
    const last = (route: Route): number => (/logout/.test(route.path) ? 30 : /sessions$/.test(route.path) ? 20 : /password/.test(route.path) ? 15 : /members|disconnect|invitations/.test(route.path) && route.method === 'DELETE' ? 10 : order.indexOf(route.method))
    for (const route of [...guarded].sort((x, y) => last(x) - last(y))) {
      for (const filled of fill(route, b.ids)) {
        const reply = await call(route, filled)
        if (reply.status === sampleOf(route).alsoFine?.status) continue
        expect(reply.status, `${nameOf(route)} ${JSON.stringify(filled.body)} ${reply.text.slice(0, 300)}`).toBeLessThan(300)
      }
    }
    const unused = Object.keys(samples).filter(name => !routes.some(route => nameOf(route) === name))
    expect(unused, 'samples of routes that are gone').toEqual([])
  })
})

/** Nouns that the bodies and queries of a route really use. */
function usedNouns(route: Route): (keyof Ids)[] {
  const keys = Object.keys(b.ids) as (keyof Ids)[]
  const { bodies = [], queries = [] } = sampleOf(route)
  const used = JSON.stringify([...bodies, ...queries].map(make => make(b.ids)))
  return keys.filter(key => used.includes(JSON.stringify(b.ids[key])))
}
