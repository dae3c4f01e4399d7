// No answer of 500 to anybody: every route of the table with ids, queries and bodies that no client of ours would send.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { errorBody } from '../../src/contract/common.ts'
import type { Route } from '../../src/worker/route.ts'
import { routes } from '../../src/worker/routes.ts'
import { bindings, origin, send } from '../support/api.ts'
import { fullStudio } from '../support/full-studio.ts'
import type { FullStudio } from '../support/full-studio.ts'
import { addMember } from '../support/member.ts'
import { quiet } from '../support/quiet.ts'
import { fill, nameOf } from '../support/route-samples.ts'
import { envelope, graphThatAgrees, sign, textMessage } from '../support/whatsapp.ts'

const soak = bindings['SOAK'] === '1'
const runs = soak ? 300 : 10
const seed = Number(bindings['SEED'] === '' ? 20_261_120 : bindings['SEED'])
const { env } = quiet(bindings)
let studio: FullStudio

beforeAll(async () => {
  vi.stubGlobal('fetch', graphThatAgrees().fetch)
  studio = await fullStudio(env)
})
afterAll(() => vi.unstubAllGlobals())

/** H13–H17, X1, W23: what has broken such servers before. */
const nasty = fc.constantFrom<unknown>(
  '', ' ', '\u0000', 'a\u0000b', '\ud800', '\udc00x', '\u202Eevil', '😀'.repeat(4_000), 'x'.repeat(70_000), "'; drop table messages;--", '" or 1=1--', '%', '_%_', `${'%'.repeat(60)}`, '__proto__', 'constructor', 'toString', '../../etc/passwd', '{{7*7}}', '<svg onload=alert(1)>', '\r\nBcc: x@y.z', '＝1+1',
  '9'.repeat(400), '2026-13-45T99:99:99Z', '-0', 'null', 'undefined', 'NaN', 'true', '0x10', '١٢٣', 'é'.normalize('NFD'), `${'a@'.repeat(2_000)}b.c`, `${'+1 '.repeat(3_000)}`,
  0, -1, -0, 1e21, Number.MAX_SAFE_INTEGER + 1, 1.5, true, false, null, [], {}, [[]], [null], { $gt: '' }, { length: 3 }, { toString: 1 }, Array(2_000).fill('x'), nested(40), nested(2_000),
)
function nested(depth: number): unknown {
  let value: unknown = 'x'
  for (let i = 0; i < depth; i += 1) value = i % 2 === 0 ? [value] : { a: value }
  return value
}

/** A right body with one place made wrong, however deep, or no body of ours at all. */
const spoiled = (body: unknown): fc.Arbitrary<unknown> => fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...placesOf(body)), nasty).map(([place, value]) => replaced(body, place, value)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...placesOf(body)), nasty).map(([place, value]) => replaced(body, place, [value])) },
  { weight: 2, arbitrary: nasty },
  { weight: 1, arbitrary: fc.jsonValue() },
)
function placesOf(value: unknown, at: string[] = []): string[][] {
  return [at, ...(typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...at, key])) : [])]
}
function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((inner: unknown, i) => (String(i) === key ? replaced(inner, rest, by) : inner))
  return { ...(value as Record<string, unknown>), [key]: replaced((value as Record<string, unknown>)[key], rest, by) }
}
const delivery = (): unknown => JSON.parse(envelope(studio.number, {
  contacts: [{ profile: { name: 'Mia' }, wa_id: '4915112345678' }], messages: [textMessage('wamid.f1', '4915112345678', 'Hola'), { from: '4915112345678', id: 'wamid.f2', timestamp: '1795000000', type: 'image', image: { id: 'm1', mime_type: 'image/jpeg', caption: 'x' } }, { from: '4915112345678', id: 'wamid.f3', timestamp: '1795000000', type: 'reaction', reaction: { message_id: 'wamid.f1', emoji: '🎉' } }],
  statuses: [{ id: 'wamid.f1', status: 'read', timestamp: '1795000000', recipient_id: '4915112345678', errors: [{ code: 131_049, title: 'x' }] }],
}))
const segment = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: nasty.map(value => (typeof value === 'string' ? value : JSON.stringify(value) ?? '')) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) })
const queryPart = (route: Route): fc.Arbitrary<[string, string][]> => {
  const names = [...Object.keys(route.query?.shape ?? {}), 'page', 'sort', 'constructor', 'id[]']
  return fc.array(fc.tuple(fc.constantFrom(...names), fc.oneof(nasty.map(value => (typeof value === 'string' ? value.slice(0, 3_000) : JSON.stringify(value)?.slice(0, 3_000) ?? '')), fc.constantFrom('1', '-1', 'created_at;drop', 'created_at" desc', 'AAAA.BBBB'))), { maxLength: 3 })
}
const escaped = (text: string): string => encodeURIComponent(text.toWellFormed()).slice(0, 2_000)

test.each(routes.map(route => [nameOf(route), route] as const))(`%s stays calm (seed ${seed})`, async (_, route) => {
  const { token } = await addMember(env, studio.id, 'owner')
  const samples = route.access === 'open' ? [{ path: route.path.replace(/:(\w+)/g, (_whole, name: string) => (name === 'provider' ? 'whatsapp' : studio.ids.integration)) }] : fill(route, studio.ids)
  await fc.assert(fc.asyncProperty(fc.constantFrom(...samples), segment, queryPart(route), fc.gen(), async (sample, id, query, any) => {
    const path = id === null ? sample.path : route.path.replace(/:\w+/g, () => escaped(id))
    const url = new URL(origin + path)
    for (const [name, value] of query) url.searchParams.append(name, value.toWellFormed())
    const body = route.method === 'GET' ? undefined : JSON.stringify(any(spoiled, route.path.includes('/webhook/') ? delivery() : 'body' in sample ? sample.body : {}))
    const headers: Record<string, string> = { 'content-type': 'application/json', ...(route.access === 'open' ? {} : { authorization: `Bearer ${token}` }), ...(route.path.includes('/webhook/') && body !== undefined ? { 'x-hub-signature-256': await sign(body, route.path.includes(':integration') ? studio.number.secret : 'platform-app-secret') } : {}) }
    const response = await send(new Request(url.href.slice(0, 15_000), { method: route.method, headers, body }), env)
    const text = await response.text()
    expect(response.status, `${route.method} ${url.href.slice(0, 300)} ${body?.slice(0, 300)} → ${text.slice(0, 300)}`).toBeLessThan(500)
    expect(response.headers.get('x-request-id')).toMatch(/^req_/)
    if (response.status >= 400 && !route.path.includes('/webhook/')) expect(errorBody.safeParse(JSON.parse(text)).success, text.slice(0, 300)).toBe(true)
    expect(text).not.toMatch(/SQLITE|at \w+ \(|node_modules|\.ts:\d+|token-of-/)
  }), { numRuns: runs, seed, endOnFailure: true, interruptAfterTimeLimit: soak ? 300_000 : 6_000 })
}, soak ? 400_000 : 30_000)
