// Limits: counted exactly, per user, per studio, per address, whatever the address is spelled like.
import { afterEach, describe, expect, it } from 'vitest'
import { setClock } from '../../src/platform/clock.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { takeRequest } from '../../src/worker/middleware/limits.ts'
import type { Call } from '../../src/worker/route.ts'
import { ask, bindings, goodPassword, signUp, somebody } from '../support/api.ts'

afterEach(() => setClock(null))
const limited = (n: number, extra: Record<string, string> = {}): Bindings => ({ ...bindings, RATE_LIMIT_PER_MINUTE: String(n), ...extra })
const from = (address: string, more: Record<string, string> = {}) => ({ 'cf-connecting-ip': address, ...more })
const count = (statuses: number[], status: number) => statuses.filter(value => value === status).length

describe('requests', () => {
  it('one user gets exactly the limit, however parallel, and is told when to come back', async () => {
    const person = await signUp()
    const env = limited(10)
    const replies = await Promise.all(Array.from({ length: 25 }, () => ask('GET', '/api/auth/me', { token: person.token, env })))
    expect(count(replies.map(reply => reply.status), 200)).toBe(10)
    const refused = replies.find(reply => reply.status === 429)
    expect(refused?.body.error.code).toBe('RATE_LIMITED')
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    expect([refused?.headers.get('ratelimit-limit'), refused?.headers.get('ratelimit-remaining')]).toEqual(['10', '0'])
    setClock(() => Date.now() + 60_001)
    expect((await ask('GET', '/api/auth/me', { token: person.token, env })).status).toBe(200)
  })

  it('H9 one user’s flood leaves another studio alone', async () => {
    const [a, b] = [await signUp(), await signUp()]
    const env = limited(5)
    await Promise.all(Array.from({ length: 30 }, () => ask('GET', '/api/auth/me', { token: a.token, env })))
    expect((await ask('GET', '/api/auth/me', { token: b.token, env })).status).toBe(200)
  })

  it('all users of a studio together get twenty times the limit of one', async () => {
    const call = { env: bindings, config: { RATE_LIMIT_PER_MINUTE: 2 } } as Call
    const verdicts = await Promise.all(Array.from({ length: 50 }, (_, i) => takeRequest(call, { byCookie: false, claims: { sub: `usr_${i}`, sid: 'ses', std: 'std_crowd', mem: 'mem' } })))
    expect(verdicts.filter(verdict => verdict.allowed)).toHaveLength(40)
  })

  it('one member’s refused flood does not use up what the studio shares', async () => {
    const call = { env: bindings, config: { RATE_LIMIT_PER_MINUTE: 2 } } as Call
    const hit = (sub: string) => takeRequest(call, { byCookie: false, claims: { sub, sid: 'ses', std: 'std_flooded', mem: 'mem' } })
    const flood = await Promise.all(Array.from({ length: 100 }, () => hit('usr_loud')))
    expect(flood.filter(verdict => verdict.allowed)).toHaveLength(2)
    expect((await hit('usr_quiet')).allowed).toBe(true)
  })

  it('a counter that cannot be reached stops nobody: not when it is taken from, not when it is given back to', async () => {
    const person = await signUp()
    const deaf = { idFromName: (name: string) => name, get: () => ({ take: () => Promise.resolve({ allowed: true, limit: 9, remaining: 9, resetMs: 1 }), giveBack: () => Promise.reject(new Error('reset')) }) } as unknown as DurableObjectNamespace
    expect((await ask('POST', '/api/auth/login', { env: { ...bindings, RATE_LIMITER: deaf }, body: { email: person.email, password: goodPassword } })).status).toBe(200)
  })

  it('H8 an address is one address in every spelling, and only the trusted header names it', async () => {
    const env = limited(4)
    const spellings = ['203.0.113.20', '::ffff:203.0.113.20', '::FFFF:cb00:7114', '0:0:0:0:0:ffff:203.0.113.20']
    const statuses = []
    for (let i = 0; i < 12; i += 1) statuses.push((await ask('GET', '/api/openapi.json', { env, headers: from(spellings[i % 4] ?? '', { 'x-forwarded-for': `198.51.100.${i}`, 'x-real-ip': `198.51.100.${i}`, forwarded: `for=198.51.100.${i}` }) })).status)
    expect([count(statuses, 200), count(statuses, 429)]).toEqual([4, 8])
  })

  it('H8 a /64 is one address', async () => {
    const env = limited(4)
    const statuses = []
    for (let i = 0; i < 8; i += 1) statuses.push((await ask('GET', '/api/none', { env, headers: from(`2001:db8:1:2:${i}::${i}`) })).status)
    expect([count(statuses, 404), count(statuses, 429)]).toEqual([4, 4])
    expect((await ask('GET', '/api/none', { env, headers: from('2001:db8:1:3::1') })).status).toBe(404)
  })

  it('a bad token is counted by address, not by the user it names', async () => {
    const person = await signUp()
    const env = limited(3)
    for (let i = 0; i < 6; i += 1) await ask('GET', '/api/auth/me', { token: `${person.token.slice(0, -4)}AAAA`, env, headers: from('203.0.113.30') })
    expect((await ask('GET', '/api/auth/me', { token: person.token, env, headers: from('203.0.113.30') })).status).toBe(200)
    expect((await ask('GET', '/api/auth/me', { token: 'x.y.z', env, headers: from('203.0.113.30') })).status).toBe(429)
  })

  it('probes answer under any flood', async () => {
    const env = limited(1)
    for (let i = 0; i < 30; i += 1) expect((await ask('GET', '/api/health', { env, headers: from('203.0.113.40') })).status).toBe(200)
  })
})

describe('signing up', () => {
  it('is bounded per address and hour', async () => {
    const env = limited(100_000, { SIGNUP_LIMIT_PER_HOUR: '2' })
    const register = (address: string) => ask('POST', '/api/auth/register', { env, headers: from(address), body: { studio_name: 'S', name: 'P', email: somebody(), password: goodPassword } })
    expect([(await register('203.0.113.50')).status, (await register('203.0.113.50')).status, (await register('203.0.113.50')).status]).toEqual([201, 201, 429])
    expect((await register('203.0.113.51')).status).toBe(201)
  })
})
