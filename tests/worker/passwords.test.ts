// Passwords and mailed links: guessed, forgotten, chosen again.
import { afterEach, describe, expect, it } from 'vitest'
import { setClock } from '../../src/platform/clock.ts'
import { hashPassword, verifyPassword } from '../../src/platform/password.ts'
import { ask, bindings, goodPassword, signUp, somebody } from '../support/api.ts'
import { mailsTo, tokenFor } from '../support/mailbox.ts'
import { slowBindings } from '../support/slow-d1.ts'

afterEach(() => setClock(null))
const login = (email: string, password: string, options: { env?: typeof bindings; from?: string } = {}) =>
  ask('POST', '/api/auth/login', { body: { email, password, client: 'api' }, env: options.env, headers: options.from === undefined ? {} : { 'cf-connecting-ip': options.from } })
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

describe('logging in', () => {
  it('J21 an unknown address gets the same answer in the same time as a wrong password', async () => {
    const person = await signUp()
    const times = { known: [] as number[], unknown: [] as number[] }
    const bodies = new Set<string>()
    for (let i = 0; i < 12; i += 1) {
      for (const kind of ['known', 'unknown'] as const) {
        const begun = performance.now()
        const reply = await login(kind === 'known' ? person.email : somebody(), 'not the password')
        times[kind].push(performance.now() - begun)
        bodies.add(`${reply.status} ${JSON.stringify(reply.body.error)}`)
      }
    }
    expect(bodies.size).toBe(1)
    // Without the stand-in hash the ratio is below 0.2; the machine's own noise stays well inside these bounds.
    const ratio = median(times.unknown) / median(times.known)
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.6)
  })

  it('J22 five wrong tries are enough, by account and address; the owner still gets in from elsewhere', async () => {
    const env = { ...bindings, LOGIN_LIMIT_PER_MINUTE: '5' }
    const person = await signUp()
    const wrong = []
    for (let i = 0; i < 6; i += 1) wrong.push((await login(person.email, 'not the password', { env, from: '203.0.113.7' })).status)
    expect(wrong).toEqual([401, 401, 401, 401, 401, 429])
    const right = await login(person.email, goodPassword, { env, from: '203.0.113.7' })
    expect([right.status, Number(right.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect((await login(person.email, goodPassword, { env, from: '198.51.100.9' })).status).toBe(200)
  })

  it('J22 one address guessing at many accounts is stopped too; right passwords use nothing up', async () => {
    const env = { ...bindings, LOGIN_LIMIT_PER_MINUTE: '2' }
    const person = await signUp()
    for (let i = 0; i < 8; i += 1) expect((await login(person.email, goodPassword, { env, from: '203.0.113.8' })).status).toBe(200)
    const statuses = []
    for (let i = 0; i < 7; i += 1) statuses.push((await login(somebody(), 'not the password', { env, from: '203.0.113.8' })).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429])
  })

  it('opens the studio asked for, only where the login belongs to it', async () => {
    const [a, b] = [await signUp(), await signUp()]
    const body = { email: a.email, password: goodPassword, studio_id: b.studioId }
    const foreign = await ask('POST', '/api/auth/login', { body })
    const absent = await ask('POST', '/api/auth/login', { body: { ...body, studio_id: 'std_none' } })
    expect([foreign.status, foreign.body.error]).toEqual([404, absent.body.error])
  })
})

describe('passwords', () => {
  it('J23 are bounded, and differ wherever they differ', async () => {
    const register = (password: unknown) => ask('POST', '/api/auth/register', { body: { studio_name: 'S', name: 'P', email: somebody(), password } })
    for (const password of ['a', 'a'.repeat(9), 'a'.repeat(201), `nul\u0000 in the middle`, '\ud800 half a pair', 12, null, ['a', 'b']]) {
      const reply = await register(password)
      expect([reply.status, reply.body.error.details?.['field']], String(password).slice(0, 12)).toEqual([422, 'password'])
    }
    expect((await register('a'.repeat(10_000_000))).status).toBe(413)
    const [x, y] = [`${'k'.repeat(72)}1`, `${'k'.repeat(72)}2`]
    const hash = await hashPassword(x)
    expect(await verifyPassword(x, hash)).toBe(true)
    expect(await verifyPassword(y, hash)).toBe(false)
    expect(await verifyPassword(x, null)).toBe(false)
    expect(hash).toMatch(/^scrypt\$16384\$8\$5\$[\w-]{22}\$[\w-]{43}$/)
  })
})

describe('mailed links', () => {
  it('verify the address once', async () => {
    const person = await signUp()
    const token = await tokenFor(person.email, 'verify')
    expect((await ask('POST', '/api/auth/verify-email', { body: { token } })).status).toBe(200)
    expect((await ask('GET', '/api/auth/me', { token: person.token })).body.data.user.email_verified).toBe(true)
    expect((await ask('POST', '/api/auth/verify-email', { body: { token } })).status).toBe(404)
    expect((await ask('POST', '/api/auth/reset', { body: { token, password: 'a brand new one' } })).status).toBe(404)
  })

  it('J25 carry the configured origin whatever the request calls itself', async () => {
    const person = await signUp()
    await ask('POST', '/api/auth/forgot', { origin: 'https://evil.example', headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }, body: { email: person.email } })
    const mail = (await mailsTo(person.email)).at(-1)
    expect(mail?.text).toContain('http://studio.test/reset?token=')
    expect(mail?.text).not.toContain('evil')
  })

  it('a forgotten password is answered alike for everybody', async () => {
    const person = await signUp()
    const [known, unknown] = [await ask('POST', '/api/auth/forgot', { body: { email: person.email } }), await ask('POST', '/api/auth/forgot', { body: { email: somebody() } })]
    expect([known.status, known.body.data]).toEqual([unknown.status, unknown.body.data])
  })

  it('J26 of twenty at once with one link, one sets the password, over slow databases', async () => {
    const slow = slowBindings(bindings)
    const person = await signUp()
    await ask('POST', '/api/auth/forgot', { body: { email: person.email } })
    const token = await tokenFor(person.email, 'reset')
    const words = Array.from({ length: 20 }, (_, i) => `a brand new one ${i}`)
    const replies = await Promise.all(words.map(password => ask('POST', '/api/auth/reset', { env: slow, body: { token, password } })))
    expect(replies.map(reply => reply.status).sort()).toEqual([200, ...Array(19).fill(404)])
    const winner = words[replies.findIndex(reply => reply.status === 200)] ?? ''
    expect((await login(person.email, winner)).status).toBe(200)
    expect((await login(person.email, goodPassword)).status).toBe(401)
    expect((await ask('GET', '/api/auth/me', { token: person.token })).status).toBe(401)
  })

  it('J24, J26 guessed, blank, used and expired links open nothing', async () => {
    const person = await signUp()
    await ask('POST', '/api/auth/forgot', { body: { email: person.email } })
    const token = await tokenFor(person.email, 'reset')
    for (const guess of ['x', token.slice(1), `${token}x`, 'A'.repeat(43)]) expect((await ask('POST', '/api/auth/reset', { body: { token: guess, password: 'a brand new one' } })).status).toBe(404)
    for (const blank of ['', ' ', '%20', null]) expect([404, 422]).toContain((await ask('POST', '/api/auth/reset', { body: { token: blank, password: 'a brand new one' } })).status)
    setClock(() => Date.now() + 61 * 60_000)
    expect((await ask('POST', '/api/auth/reset', { body: { token, password: 'a brand new one' } })).status).toBe(404)
  })

  it('rest sealed in the list of work, and only as hashes in the directory', async () => {
    const person = await signUp()
    const token = await tokenFor(person.email, 'verify')
    const jobs = await Promise.all([bindings.SHARD_0, bindings.SHARD_1].map(shard => shard.prepare('select * from jobs').all()))
    const stored = JSON.stringify([...jobs.map(result => result.results), (await bindings.DIRECTORY.prepare('select * from mail_tokens').all()).results])
    expect(stored).not.toContain(token)
    expect(JSON.stringify(jobs.map(result => result.results))).not.toContain(person.email)
  })
})
