// Sessions: renewed by rotation, ended at once, kept in cookies that scripts and other sites cannot use.
import { afterEach, describe, expect, it } from 'vitest'
import { setClock } from '../../src/platform/clock.ts'
import { ask, bindings, goodPassword, origin, signUp } from '../support/api.ts'
import type { Person } from '../support/api.ts'
import { slowBindings } from '../support/slow-d1.ts'

afterEach(() => setClock(null))
const renew = (token: string, env = bindings) => ask('POST', '/api/auth/refresh', { body: { refresh_token: token }, env })
const later = (ms: number) => setClock(() => Date.now() + ms)
const liveTokens = (person: Person) => bindings.DIRECTORY.prepare(`select count(*) as n from refresh_tokens r join sessions s on s.id = r.session_id where s.login_id = ? and r.used_at is null and s.revoked_at is null`).bind(person.userId).first<number>('n')

describe('renewing', () => {
  it('J14 a token used again after its successor was used ends the family', async () => {
    const person = await signUp()
    const first = await renew(person.refresh)
    const second = await renew(first.body.data.refresh_token)
    expect(second.status).toBe(200)
    expect((await renew(person.refresh)).status).toBe(401)
    expect((await renew(second.body.data.refresh_token)).status).toBe(401)
    expect((await ask('POST', '/api/auth/verify-email/request', { token: second.body.data.access_token })).status).toBe(401)
  })

  it('J15 fifty at once give one successor, over slow databases', async () => {
    const slow = slowBindings(bindings)
    const person = await signUp()
    const replies = await Promise.all(Array.from({ length: 50 }, () => renew(person.refresh, slow)))
    expect(replies.map(reply => reply.status)).toEqual(Array(50).fill(200))
    expect(new Set(replies.map(reply => reply.body.data.refresh_token)).size).toBe(1)
    expect(await liveTokens(person)).toBe(1)
  })

  it('J16 a lost answer can be asked for again within thirty seconds', async () => {
    const person = await signUp()
    const lost = await renew(person.refresh)
    later(29_000)
    const again = await renew(person.refresh)
    expect(again.body.data.refresh_token).toBe(lost.body.data.refresh_token)
    expect((await renew(again.body.data.refresh_token)).status).toBe(200)
  })

  it('J17 a parent that turns up after the grace kills what came from it', async () => {
    const person = await signUp()
    const next = await renew(person.refresh)
    later(31_000)
    expect((await renew(person.refresh)).status).toBe(401)
    expect((await renew(next.body.data.refresh_token)).status).toBe(401)
    expect(await liveTokens(person)).toBe(0)
  })

  it('the successor lies in the database as nobody but the holder can read it', async () => {
    const person = await signUp()
    const next = await renew(person.refresh)
    const rows = JSON.stringify((await bindings.DIRECTORY.prepare('select * from refresh_tokens').all()).results)
    expect(rows).not.toContain(person.refresh)
    expect(rows).not.toContain(next.body.data.refresh_token)
  })
})

describe('ending', () => {
  it('J18 after logging out neither token works', async () => {
    const person = await signUp()
    expect((await ask('GET', '/api/auth/me', { token: person.token })).status).toBe(200)
    expect((await ask('POST', '/api/auth/logout', { token: person.token, body: {} })).status).toBe(200)
    expect((await ask('GET', '/api/auth/me', { token: person.token })).status).toBe(401)
    expect((await renew(person.refresh)).status).toBe(401)
  })

  it('J18 a browser that slept past its access token can still log out, and only itself', async () => {
    const person = await signUp()
    const cookies = (await ask('POST', '/api/auth/login', { body: { email: person.email, password: goodPassword } })).headers.getSetCookie().map(line => line.split(';')[0] ?? '')
    const refresh = cookies[1] ?? ''
    expect((await ask('POST', '/api/auth/logout', { headers: { cookie: refresh, origin: 'https://evil.example' }, body: {} })).status).toBe(403)
    expect((await ask('POST', '/api/auth/logout', { headers: { cookie: refresh }, body: {} })).status).toBe(403)
    const left = await ask('POST', '/api/auth/logout', { headers: { cookie: refresh, origin }, body: {} })
    expect([left.status, left.headers.getSetCookie().every(line => line.includes('Max-Age=0'))]).toEqual([200, true])
    expect((await ask('POST', '/api/auth/refresh', { headers: { cookie: refresh, origin }, body: {} })).status).toBe(401)
    expect((await ask('POST', '/api/auth/logout', { headers: { cookie: refresh, origin }, body: {} })).status).toBe(401)
    for (const path of ['/api/auth/logout', '/api/auth/refresh']) expect((await ask('POST', path, { body: {} })).status).toBe(401)
    expect((await ask('GET', '/api/auth/me', { token: person.token })).status).toBe(200)
  })

  it('J18 a session ended elsewhere is refused for writes at once and for reads within ten seconds', async () => {
    const person = await signUp()
    await ask('GET', '/api/auth/me', { token: person.token })
    await bindings.DIRECTORY.prepare('update sessions set revoked_at = 1 where login_id = ?').bind(person.userId).run()
    expect((await ask('POST', '/api/auth/verify-email/request', { token: person.token })).status).toBe(401)
    later(10_001)
    expect((await ask('GET', '/api/members', { token: person.token })).status).toBe(401)
  })

  it('J19 a new password ends the other sessions and keeps this one', async () => {
    const person = await signUp()
    const other = await ask('POST', '/api/auth/login', { body: { email: person.email, password: goodPassword, client: 'api' } })
    const wrong = await ask('PUT', '/api/auth/password', { token: person.token, body: { current_password: 'not it at all', new_password: 'another good one' } })
    expect([wrong.status, wrong.body.error.details?.['field']]).toEqual([422, 'current_password'])
    expect((await ask('PUT', '/api/auth/password', { token: person.token, body: { current_password: goodPassword, new_password: 'another good one' } })).status).toBe(200)
    expect((await ask('GET', '/api/auth/me', { token: other.body.data.access_token })).status).toBe(401)
    expect((await renew(other.body.data.refresh_token)).status).toBe(401)
    expect((await ask('GET', '/api/auth/me', { token: person.token })).status).toBe(200)
    expect((await ask('POST', '/api/auth/login', { body: { email: person.email, password: goodPassword } })).status).toBe(401)
  })

  it('lists the own sessions and ends one, never another login’s', async () => {
    const [a, b] = [await signUp(), await signUp()]
    const other = await ask('POST', '/api/auth/login', { body: { email: a.email, password: goodPassword, client: 'api' } })
    const list = (await ask<{ id: string; current: boolean }[]>('GET', '/api/auth/sessions', { token: a.token })).body.data
    expect(list.map(session => session.current).sort()).toEqual([false, true])
    const id = list.find(session => !session.current)?.id ?? ''
    const foreign = await ask('DELETE', `/api/auth/sessions/${id}`, { token: b.token })
    const absent = await ask('DELETE', '/api/auth/sessions/ses_none', { token: b.token })
    expect([foreign.status, foreign.body.error]).toEqual([404, absent.body.error])
    expect((await ask('DELETE', `/api/auth/sessions/${id}`, { token: a.token })).status).toBe(200)
    expect((await ask('GET', '/api/auth/me', { token: other.body.data.access_token })).status).toBe(401)
  })

  it('T18 the tokens of a deleted studio are worth nothing', async () => {
    const person = await signUp()
    await bindings.DIRECTORY.prepare(`update studios set state = 'deleted' where id = ?`).bind(person.studioId).run()
    expect((await ask('GET', '/api/auth/me', { token: person.token })).status).toBe(401)
  })
})

describe('cookies', () => {
  const login = async (at: string, person: Person) => ask('POST', '/api/auth/login', { origin: at, body: { email: person.email, password: goodPassword } })

  it('J20 are HttpOnly, Secure, bound to the host and to our site; plain only on http loopback', async () => {
    const person = await signUp()
    const secure = (await login('https://studio.test', person)).headers.getSetCookie()
    expect(secure[0]).toMatch(/^__Host-session=[\w.-]+; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=900$/)
    expect(secure[1]).toMatch(/^__Host-refresh=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict; Max-Age=\d+$/)
    const plain = (await login('http://127.0.0.1:8787', person)).headers.getSetCookie()
    expect(plain[0]).toMatch(/^session=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=900$/)
    expect((await login('http://127.0.0.1.evil.example', person)).headers.getSetCookie()[0]).toMatch(/^__Host-session=.*Secure/)
  })

  it('open the door to reads, and to writes only from our own pages', async () => {
    const person = await signUp()
    const cookie = (await login(origin, person)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect((await ask('GET', '/api/auth/me', { headers: { cookie } })).status).toBe(200)
    const write = (headers: Record<string, string>) => ask('PATCH', '/api/auth/me', { headers: { cookie, ...headers }, body: { name: 'Robin' } })
    for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }, { origin: `${origin}.evil.example` }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }]) {
      expect((await write(headers as Record<string, string>)).status, JSON.stringify(headers)).toBe(403)
    }
    expect((await write({ origin })).status).toBe(200)
    expect((await write({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  it('H3 a page elsewhere can neither write with them, nor renew, nor log somebody in', async () => {
    const person = await signUp()
    const cookies = (await login(origin, person)).headers.getSetCookie().map(line => line.split(';')[0]).join('; ')
    for (const type of ['Text/Plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/json']) {
      const headers = { cookie: cookies, origin: 'https://evil.example', 'content-type': type }
      expect((await ask('PATCH', '/api/auth/me', { headers, raw: '{"name":"x"}' })).status, type).toBe(403)
      expect((await ask('POST', '/api/auth/refresh', { headers, raw: '{}' })).status, type).toBe(403)
      expect((await ask('POST', '/api/auth/login', { headers, raw: JSON.stringify({ email: person.email, password: goodPassword }) })).status, type).toBe(403)
    }
    expect((await ask('POST', '/api/auth/refresh', { headers: { cookie: cookies }, body: {} })).status).toBe(403)
    expect((await ask('POST', '/api/auth/refresh', { headers: { cookie: cookies, origin }, body: {} })).status).toBe(200)
  })

  it('H10 sent twice, under another name or oversized they count as none', async () => {
    const person = await signUp()
    const pair = (await login(origin, person)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
    for (const cookie of [`${pair}; ${pair}`, `${pair}; __Host-session=x`, pair.replace('__Host-session', 'session'), pair.replace('__Host-', '__host-'), `__Host-session=${'A'.repeat(8_192)}`]) {
      expect((await ask('GET', '/api/auth/me', { headers: { cookie } })).status, cookie.slice(0, 30)).toBe(401)
    }
  })
})
