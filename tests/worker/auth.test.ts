// Signing up and logging in, end to end in the runtime.
import { describe, expect, it } from 'vitest'
import { ask, goodPassword, signUp, somebody } from '../support/api.ts'

describe('signing up', () => {
  it('makes a login, a studio and a session that knows who it is', async () => {
    const person = await signUp({ studio: 'Tänzerhaus Süd' })
    const me = await ask('GET', '/api/auth/me', { token: person.token })
    expect(me.status).toBe(200)
    expect(me.body.data.user).toMatchObject({ email: person.email, role: 'owner', email_verified: false })
    expect(me.body.data.studio).toMatchObject({ name: 'Tänzerhaus Süd', slug: 'tanzerhaus-sud', setup_done: false })
  })

  it('logs in again with the same password and not with another', async () => {
    const person = await signUp()
    const login = await ask('POST', '/api/auth/login', { body: { email: person.email.toUpperCase(), password: goodPassword } })
    expect(login.status).toBe(200)
    expect(login.headers.getSetCookie()).toHaveLength(2)
    const wrong = await ask('POST', '/api/auth/login', { body: { email: person.email, password: `${goodPassword}x` } })
    const unknown = await ask('POST', '/api/auth/login', { body: { email: somebody(), password: goodPassword } })
    expect(wrong.status).toBe(401)
    expect(unknown.body.error).toEqual(wrong.body.error)
  })
})
