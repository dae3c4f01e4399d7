// Access tokens: only what we signed, as we sign it, while it lives.
import { beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/platform/env.ts'
import { signAccess, verifyAccess } from '../../src/platform/token.ts'
import { ask, bindings, signUp } from '../support/api.ts'
import type { Person } from '../support/api.ts'

const secret = 'test-jwt-secret-of-at-least-32-characters'
const b64 = (value: unknown) => btoa(typeof value === 'string' ? value : JSON.stringify(value)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
const good = { alg: 'HS256', typ: 'at+jwt' }
let person: Person
let claims: Record<string, unknown>

/** Signs anything with HMAC-SHA-256, however wrong. `payload` may be raw JSON text. */
async function forge(header: unknown, payload: unknown, key = secret): Promise<string> {
  const text = `${b64(header)}.${b64(payload)}`
  if (key === '') return `${text}.`
  const imported = await crypto.subtle.importKey('raw', new TextEncoder().encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(text)))
  return `${text}.${btoa(String.fromCharCode(...signature)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}`
}
const status = async (token: string) => (await ask('GET', '/api/auth/me', { token })).status

beforeAll(async () => {
  person = await signUp()
  claims = JSON.parse(atob(person.token.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/') ?? '')) as Record<string, unknown>
})

describe('access tokens', () => {
  it('accepts our own, rebuilt from its parts: the forger works', async () => {
    expect(await status(person.token)).toBe(200)
    expect(await status(await forge(good, claims))).toBe(200)
  })

  it('J1–J3 refuses no algorithm, another one, an empty or a foreign key', async () => {
    expect(await status(await forge({ alg: 'none', typ: 'at+jwt' }, claims, ''))).toBe(401)
    for (const alg of ['none', 'None', 'HS384', 'HS512', 'RS256', 'ES256', 'hs256']) expect(await status(await forge({ alg, typ: 'at+jwt' }, claims))).toBe(401)
    for (const key of ['x', '-----BEGIN PUBLIC KEY-----', 'another-secret-of-at-least-32-characters']) expect(await status(await forge(good, claims, key))).toBe(401)
  })

  it('J4 refuses an expiry that is no whole second ahead', async () => {
    for (const exp of ['"9999999999"', 'null', '"NaN"', '1e309', '-1', '9999999999.5', '[9999999999]', 'true', '1e15']) {
      const text = JSON.stringify({ ...claims, exp: 0 }).replace('"exp":0', `"exp":${exp}`)
      expect(await status(await forge(good, text)), exp).toBe(401)
    }
    const { exp: _, ...without } = claims
    expect(await status(await forge(good, without))).toBe(401)
    expect(await status(await forge(good, { ...claims, exp: Math.floor(Date.now() / 1000) - 1 }))).toBe(401)
  })

  it('J5 refuses tokens from the future beyond a minute', async () => {
    const soon = Math.floor(Date.now() / 1000)
    for (const at of [{ nbf: soon + 90 }, { iat: soon + 90 }, { iat: soon + 90, nbf: soon + 90, exp: soon + 900 }, { nbf: undefined }, { iat: undefined }, { exp: soon + 86_400 }]) {
      expect(await status(await forge(good, { ...claims, ...at })), JSON.stringify(at)).toBe(401)
    }
  })

  it('J6 refuses another issuer, audience or type', async () => {
    for (const wrong of [{ iss: 'evil' }, { iss: undefined }, { aud: 'other' }, { aud: undefined }, { sub: undefined }, { sid: 5 }, { std: null }]) expect(await status(await forge(good, { ...claims, ...wrong }))).toBe(401)
    for (const typ of ['JWT', 'at+JWT ', 'rt+jwt', undefined]) expect(await status(await forge({ alg: 'HS256', typ }, claims))).toBe(401)
  })

  it('J7 refuses a refresh token as access token, and the reverse', async () => {
    expect(await status(person.refresh)).toBe(401)
    expect((await ask('POST', '/api/auth/refresh', { body: { refresh_token: person.token.slice(0, 200) } })).status).toBe(401)
  })

  it('J8 takes the token from the Authorization header only in its one form', async () => {
    for (const value of [`Basic ${person.token}`, `Bearer  ${person.token}`, `Bearer ${person.token} x`, person.token, `Bearer ${person.token},${person.token}`, 'Bearer ']) {
      expect((await ask('GET', '/api/auth/me', { headers: { authorization: value } })).status, value.slice(0, 12)).toBe(401)
    }
    for (const name of ['token', 'access_token', 'session']) expect((await ask('GET', `/api/auth/me?${name}=${person.token}`)).status).toBe(401)
  })

  it('J9, J10 refuses headers that point at keys', async () => {
    const extra = [{ kid: '../../etc/passwd' }, { kid: "' or 1=1 --" }, { kid: 'https://evil.example/key' }, { jku: 'https://evil.example/jwks' }, { x5u: 'https://evil.example/c' }, { jwk: { kty: 'oct', k: 'AAAA' } }, { crit: ['exp'] }, { b64: false, crit: ['b64'] }]
    for (const field of extra) expect(await status(await forge({ ...good, ...field }, claims)), JSON.stringify(field)).toBe(401)
  })

  it('J11, J12 refuses encrypted, compressed, huge and deep tokens without working on them', async () => {
    const config = readConfig(bindings)
    const deep = await forge(good, `${'['.repeat(10_000)}${']'.repeat(10_000)}`)
    const cases = [`${b64({ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2c: 2 ** 31, p2s: 'AAAA' })}.AAAA.AAAA.AAAA.AAAA`, await forge({ ...good, zip: 'DEF' }, claims), `${b64(good)}.${'A'.repeat(1_000_000)}.AAAA`, deep, 'A'.repeat(1_000_000)]
    for (const token of cases) {
      const times = []
      for (let i = 0; i < 5; i += 1) {
        const begun = performance.now()
        expect(await verifyAccess(config, token, Date.now())).toBeNull()
        times.push(performance.now() - begun)
      }
      expect(Math.min(...times)).toBeLessThan(50)
    }
    expect([401, 431]).toContain(await status(deep))
  })

  it('J13 accepts the previous key while it is configured, not after', async () => {
    const old = 'the-previous-secret-of-at-least-32-chars'
    const token = await forge(good, claims, old)
    expect((await ask('GET', '/api/auth/me', { token, env: { ...bindings, JWT_SECRET_PREVIOUS: old } })).status).toBe(200)
    expect(await status(token)).toBe(401)
  })

  it('ends after fifteen minutes', async () => {
    const config = readConfig(bindings)
    const now = Date.now()
    const token = await signAccess(config, { sub: 'usr_a', sid: 'ses_a', std: 'std_a', mem: 'mem_a' }, now)
    expect(await verifyAccess(config, token, now + 14 * 60_000)).toMatchObject({ sub: 'usr_a' })
    expect(await verifyAccess(config, token, now + 15 * 60_000 + 1_000)).toBeNull()
  })
})
