// Members and invitations: who may let whom in, and what happens to those who were let out.
import { describe, expect, it } from 'vitest'
import { ask, bindings, goodPassword, personOf, signUp, somebody } from '../support/api.ts'
import type { Person } from '../support/api.ts'
import { mailsTo, tokenFor } from '../support/mailbox.ts'
import { slowBindings } from '../support/slow-d1.ts'

async function join(owner: Person, role: string): Promise<Person> {
  const email = somebody(role)
  const made = await ask('POST', '/api/invitations', { token: owner.token, body: { email, role } })
  const token = new URL(made.body.data.url).searchParams.get('token')
  const reply = await ask('POST', '/api/invitations/accept', { body: { token, name: 'Jo', password: goodPassword, client: 'api' } })
  expect(reply.status).toBe(201)
  return personOf(reply, email)
}
const setRole = (who: Person, member: string, role: string, env = bindings) => ask('PATCH', `/api/members/${member}`, { token: who.token, body: { role }, env })
const kinds = async (studioId: string, kind: string) => (await Promise.all([bindings.SHARD_0, bindings.SHARD_1].map(shard => shard.prepare('select body from changes where studio_id = ? and kind = ?').bind(studioId, kind).all<{ body: string }>()))).flatMap(result => result.results.map(row => JSON.parse(row.body) as Record<string, unknown>))

describe('roles', () => {
  it('T13 a role without the permission is refused, and the refusal is on record', async () => {
    const owner = await signUp()
    const agent = await join(owner, 'agent')
    const refused = [
      await ask('GET', '/api/invitations', { token: agent.token }), await ask('POST', '/api/invitations', { token: agent.token, body: { role: 'viewer' } }),
      await setRole(agent, owner.memberId, 'viewer'), await ask('DELETE', `/api/members/${owner.memberId}`, { token: agent.token }), await ask('PATCH', '/api/studio', { token: agent.token, body: { name: 'Mine' } }),
    ]
    expect(refused.map(reply => [reply.status, reply.body.error.code])).toEqual(Array(5).fill([403, 'FORBIDDEN']))
    const trace = await kinds(owner.studioId, 'access.denied')
    expect(trace).toHaveLength(5)
    expect(trace[2]).toEqual({ route: 'PATCH /api/members/:id', permission: 'members.write' })
  })

  it('T14, T15 nobody promotes themselves: unknown fields are refused by name', async () => {
    const viewer = await join(await signUp(), 'viewer')
    for (const field of ['role', 'id', 'email', 'password_hash', 'created_at', 'is_system_admin', '__proto__x', 'constructor']) {
      const reply = await ask('PATCH', '/api/auth/me', { token: viewer.token, body: { name: 'X', [field]: 'owner' } })
      expect([reply.status, reply.body.error.details?.['field']]).toEqual([422, field])
    }
    expect((await ask('GET', '/api/auth/me', { token: viewer.token })).body.data.user).toMatchObject({ role: 'viewer', name: 'Jo' })
  })

  it('T16 an admin can neither touch an owner nor make one', async () => {
    const owner = await signUp()
    const [admin, agent] = [await join(owner, 'admin'), await join(owner, 'agent')]
    expect((await setRole(admin, owner.memberId, 'viewer')).status).toBe(403)
    expect((await ask('DELETE', `/api/members/${owner.memberId}`, { token: admin.token })).status).toBe(403)
    expect((await setRole(admin, agent.memberId, 'owner')).status).toBe(403)
    expect((await setRole(admin, agent.memberId, 'admin')).status).toBe(200)
  })

  it('T16 the last owner stays, even when two owners remove each other at once', async () => {
    const owner = await signUp()
    expect((await setRole(owner, owner.memberId, 'admin')).status).toBe(409)
    expect((await ask('DELETE', `/api/members/${owner.memberId}`, { token: owner.token })).status).toBe(409)
    const second = await join(owner, 'admin')
    expect((await setRole(owner, second.memberId, 'owner')).status).toBe(200)
    const slow = slowBindings(bindings)
    await Promise.all([setRole(owner, second.memberId, 'agent', slow), setRole(second, owner.memberId, 'agent', slow)])
    expect(await bindings.DIRECTORY.prepare(`select count(*) as n from memberships where studio_id = ? and role = 'owner' and state = 'active'`).bind(owner.studioId).first('n')).toBe(1)
  })

  it('T17 a demoted member’s old token carries the new role at once', async () => {
    const owner = await signUp()
    const admin = await join(owner, 'admin')
    expect((await ask('GET', '/api/invitations', { token: admin.token })).status).toBe(200)
    await setRole(owner, admin.memberId, 'viewer')
    expect((await ask('POST', '/api/invitations', { token: admin.token, body: { role: 'viewer' } })).status).toBe(403)
    expect((await ask('GET', '/api/invitations', { token: admin.token })).status).toBe(403)
  })

  it('a removed member is out, and may be invited again', async () => {
    const owner = await signUp()
    const agent = await join(owner, 'agent')
    expect((await ask('DELETE', `/api/members/${agent.memberId}`, { token: owner.token })).status).toBe(200)
    expect((await ask('GET', '/api/auth/me', { token: agent.token })).status).toBe(401)
    expect((await ask('POST', '/api/auth/refresh', { body: { refresh_token: agent.refresh } })).status).toBe(401)
    expect((await ask('POST', '/api/auth/login', { body: { email: agent.email, password: goodPassword } })).status).toBe(403)
    const made = await ask('POST', '/api/invitations', { token: owner.token, body: { email: agent.email, role: 'viewer' } })
    const token = new URL(made.body.data.url).searchParams.get('token')
    expect((await ask('POST', '/api/invitations/look', { body: { token } })).body.data).toMatchObject({ has_login: true, role: 'viewer' })
    expect((await ask('POST', '/api/invitations/accept', { body: { token, password: 'not the password' } })).status).toBe(401)
    const back = await ask('POST', '/api/invitations/accept', { body: { token, password: goodPassword } })
    expect([back.status, back.body.data.user.role]).toEqual([201, 'viewer'])
    expect(await kinds(owner.studioId, 'member.removed')).toEqual([{ id: agent.memberId }])
  })

  it('T1 the members of another studio do not exist here', async () => {
    const [a, b] = [await signUp(), await signUp()]
    const wanted = [`/api/members/${b.memberId}`, '/api/members/mem_none', `/api/members/${b.memberId.toUpperCase()}`, `/api/members/${'m'.repeat(65)}`]
    const replies = await Promise.all(wanted.flatMap(path => [ask('PATCH', path, { token: a.token, body: { role: 'viewer' } }), ask('DELETE', path, { token: a.token })]))
    expect(new Set(replies.map(reply => `${reply.status} ${JSON.stringify(reply.body.error)}`)).size).toBe(1)
    expect((await ask('GET', '/api/auth/me', { token: b.token })).body.data.user.role).toBe('owner')
    expect((await ask<{ id: string }[]>('GET', '/api/members', { token: a.token })).body.data.map(member => member.id)).toEqual([a.memberId])
  })
})

describe('invitations', () => {
  it('go out by mail with a link that works once', async () => {
    const owner = await signUp({ studio: 'Evil http://x.example Studio' })
    const email = somebody()
    await ask('POST', '/api/invitations', { token: owner.token, body: { email, role: 'agent' } })
    const mail = (await mailsTo(email))[0]
    expect(mail?.text.match(/https?:\/\//g)).toHaveLength(1)
    const token = await tokenFor(email, 'invite')
    const body = { token, name: 'Jo', password: goodPassword }
    expect((await ask('POST', '/api/invitations/accept', { body: { ...body, email: somebody() } })).body.error.details?.['field']).toBe('email')
    const accepts = await Promise.all(Array.from({ length: 5 }, () => ask('POST', '/api/invitations/accept', { body, env: slowBindings(bindings) })))
    expect(accepts.filter(reply => reply.status === 201)).toHaveLength(1)
    expect((await ask('POST', '/api/invitations/accept', { body })).status).toBe(404)
    expect((await ask('POST', '/api/invitations/look', { body: { token } })).status).toBe(404)
  })

  it('J24 withdrawn, expired, guessed: not found; another studio’s cannot be withdrawn', async () => {
    const [a, b] = [await signUp(), await signUp()]
    const made = await ask('POST', '/api/invitations', { token: a.token, body: { role: 'agent' } })
    const token = new URL(made.body.data.url).searchParams.get('token')
    const foreign = await ask('DELETE', `/api/invitations/${made.body.data.id}`, { token: b.token })
    expect([foreign.status, foreign.body.error]).toEqual([404, (await ask('DELETE', '/api/invitations/inv_none', { token: b.token })).body.error])
    expect((await ask<unknown[]>('GET', '/api/invitations', { token: b.token })).body.data).toEqual([])
    expect((await ask('POST', '/api/invitations/look', { body: { token } })).status).toBe(200)
    await ask('DELETE', `/api/invitations/${made.body.data.id}`, { token: a.token })
    for (const guess of [token, 'x', 'A'.repeat(43)]) expect((await ask('POST', '/api/invitations/look', { body: { token: guess } })).status).toBe(404)
    expect((await ask('POST', '/api/invitations', { token: a.token, body: { role: 'owner' } })).status).toBe(422)
  })

  it('one login works in two studios and switches between them', async () => {
    const [a, b] = [await signUp(), await signUp()]
    const made = await ask('POST', '/api/invitations', { token: b.token, body: { email: a.email, role: 'agent' } })
    const token = new URL(made.body.data.url).searchParams.get('token')
    expect((await ask('POST', '/api/invitations/accept', { body: { token, password: goodPassword } })).status).toBe(201)
    expect((await ask('POST', '/api/invitations/accept', { body: { token, password: goodPassword } })).status).toBe(404)
    const switched = await ask('POST', '/api/auth/switch', { token: a.token, body: { studio_id: b.studioId } })
    expect(switched.body.data).toMatchObject({ studio: { id: b.studioId }, user: { role: 'agent', id: a.userId } })
    const me = await ask('GET', '/api/auth/me', { token: switched.body.data.access_token })
    expect(me.body.data.studios.map((studio: { id: string }) => studio.id).sort()).toEqual([a.studioId, b.studioId].sort())
    expect((await ask('POST', '/api/auth/switch', { token: b.token, body: { studio_id: a.studioId } })).status).toBe(404)
  })
})

describe('studios', () => {
  it('take an address once, wherever they live', async () => {
    const [a, b] = [await signUp({ studio: 'Swing & Tap' }), await signUp({ studio: 'Swing & Tap' })]
    expect([a.slug, b.slug]).toEqual(['swing-tap', 'swing-tap-2'])
    const taken = await ask('PATCH', '/api/studio', { token: b.token, body: { slug: 'swing-tap' } })
    expect([taken.status, taken.body.error.details]).toEqual([409, { field: 'slug' }])
    const shards = await bindings.DIRECTORY.prepare('select shard, count(*) as n from studios group by shard').all<{ n: number }>()
    const sizes = shards.results.map(row => row.n)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
  })

  it('keep what was changed, and tell of it', async () => {
    const owner = await signUp()
    const patch = { name: 'Renamed', timezone: 'Europe/Madrid', locale: 'es', opening_hours: [{ day: 0, from: 540, to: 1260 }], setup_done: true }
    expect((await ask('PATCH', '/api/studio', { token: owner.token, body: patch })).body.data).toMatchObject(patch)
    expect((await ask('GET', '/api/studio', { token: owner.token })).body.data).toMatchObject(patch)
    expect(await kinds(owner.studioId, 'studio.updated')).toEqual([{ name: 'Renamed', timezone: 'Europe/Madrid', locale: 'es' }])
  })

  it('a sign-up that was cut short is finished by whoever opens the studio', async () => {
    const broken = { ...bindings, SHARD_0: failing(), SHARD_1: failing() }
    const email = somebody()
    const cut = await ask('POST', '/api/auth/register', { env: broken as unknown as typeof bindings, body: { studio_name: 'Half', name: 'P', email, password: goodPassword } })
    expect(cut.status).toBe(500)
    const login = await ask('POST', '/api/auth/login', { body: { email, password: goodPassword, client: 'api' } })
    expect(login.status).toBe(200)
    expect((await ask('GET', '/api/studio', { token: login.body.data.access_token })).body.data.name).toBe('Half')
    expect(await bindings.DIRECTORY.prepare('select state from studios where id = ?').bind(login.body.data.studio.id).first('state')).toBe('active')
  })

  it('an address that has a login is told so by field', async () => {
    const person = await signUp()
    const again = await ask('POST', '/api/auth/register', { body: { studio_name: 'S', name: 'P', email: person.email, password: goodPassword } })
    expect([again.status, again.body.error.details]).toEqual([409, { field: 'email' }])
  })
})

function failing(): D1Database {
  return new Proxy({} as D1Database, { get: () => () => { throw new Error('this shard is down') } })
}

describe('the record', () => {
  it('A1 invitations, password changes and ended sessions are told in the studio, without addresses', async () => {
    const owner = await signUp()
    const other = await signUp()
    const { id } = (await ask('POST', '/api/invitations', { token: owner.token, body: { email: somebody('agent'), role: 'agent' } })).body.data
    await ask('DELETE', `/api/invitations/${id}`, { token: owner.token })
    for (let time = 0; time < 2; time += 1) await ask('POST', '/api/auth/login', { body: { email: owner.email, password: goodPassword } })
    expect((await ask('DELETE', '/api/auth/sessions', { token: owner.token, body: {} })).status).toBe(200)
    expect((await ask('DELETE', '/api/auth/sessions', { token: owner.token, body: {} })).status).toBe(200)
    expect((await ask('PUT', '/api/auth/password', { token: owner.token, body: { current_password: goodPassword, new_password: 'another good one' } })).status).toBe(200)
    await ask('POST', '/api/auth/forgot', { body: { email: owner.email } })
    expect((await ask('POST', '/api/auth/reset', { body: { token: await tokenFor(owner.email, 'reset'), password: 'a brand new one' } })).status).toBe(200)
    expect(await kinds(owner.studioId, 'invitation.created')).toEqual([{ id, role: 'agent' }])
    expect(await kinds(owner.studioId, 'invitation.withdrawn')).toEqual([{ id }])
    expect(await kinds(owner.studioId, 'password.changed')).toEqual([{ member_id: owner.memberId, how: 'by hand' }, { member_id: owner.memberId, how: 'by link' }])
    expect(await kinds(owner.studioId, 'sessions.ended')).toEqual([{ member_id: owner.memberId, count: 2 }, { member_id: owner.memberId, count: 1 }])
    for (const kind of ['invitation.created', 'password.changed', 'sessions.ended']) expect(await kinds(other.studioId, kind)).toEqual([])
  })
})
