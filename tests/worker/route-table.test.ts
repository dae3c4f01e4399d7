// Every route of the table, whoever wrote it: guarded by its permission, calm under odd ids and bodies.
import { beforeAll, describe, expect, it } from 'vitest'
import { may, roles } from '../../src/contract/policy.ts'
import type { Permission, Role } from '../../src/contract/policy.ts'
import { routes } from '../../src/worker/routes.ts'
import { ask, goodPassword, personOf, signUp, somebody } from '../support/api.ts'
import type { Person } from '../support/api.ts'

const people = new Map<Role, Person>()
const guarded = routes.filter(route => route.access !== 'open')
const fill = (path: string, value = 'nothing_here'): string => path.replace(/:\w+/g, value)
const bodyFor = (method: string): { body?: unknown } => (method === 'GET' ? {} : { body: {} })

beforeAll(async () => {
  const owner = await signUp()
  people.set('owner', owner)
  for (const role of roles.filter(role => role !== 'owner')) {
    const email = somebody(role)
    const made = await ask('POST', '/api/invitations', { token: owner.token, body: { email, role } })
    const token = new URL(made.body.data.url).searchParams.get('token')
    people.set(role, personOf(await ask('POST', '/api/invitations/accept', { body: { token, name: role, password: goodPassword, client: 'api' } }), email))
  }
})
const tokenOf = (role: Role): string => people.get(role)?.token ?? ''

describe('every guarded route', () => {
  it('wants a login', async () => {
    for (const route of guarded) {
      const reply = await ask(route.method, fill(route.path), bodyFor(route.method))
      expect([reply.status, reply.body.error.code], `${route.method} ${route.path}`).toEqual([401, 'UNAUTHENTICATED'])
    }
  })

  it('T13 refuses each role that lacks its permission, before it looks at anything else', async () => {
    let refusals = 0
    for (const route of guarded) {
      for (const role of roles.filter(role => !may(role, route.access as Permission))) {
        const reply = await ask(route.method, fill(route.path), { token: tokenOf(role), ...bodyFor(route.method) })
        expect([reply.status, reply.body.error.code], `${role} ${route.method} ${route.path}`).toEqual([403, 'FORBIDDEN'])
        refusals += 1
      }
    }
    expect(refusals).toBeGreaterThan(20)
  })

  it('answers reads of those who may', async () => {
    for (const route of guarded.filter(route => route.method === 'GET')) {
      for (const role of roles.filter(role => may(role, route.access as Permission))) {
        const reply = await ask('GET', fill(route.path), { token: tokenOf(role) })
        expect([200, 404, 422], `${role} ${route.path} ${reply.text.slice(0, 200)}`).toContain(reply.status)
      }
    }
  })

  it('T19 finds nothing under odd ids, and never stumbles', async () => {
    const shapes = ['x', '0', '-1', 'X'.repeat(64), 'x'.repeat(65), 'x'.repeat(300), '__proto__', 'constructor', 'null', '1e309']
    for (const route of guarded.filter(route => route.path.includes('/:') && route.method === 'GET')) {
      const replies = await Promise.all(shapes.map(shape => ask('GET', fill(route.path, shape), { token: tokenOf('owner') })))
      expect(new Set(replies.map(reply => reply.status)), route.path).toEqual(new Set([404]))
      expect(new Set(replies.map(reply => JSON.stringify(reply.body.error))).size, route.path).toBe(1)
    }
  })

  it('H15 refuses bodies of another shape, and never stumbles', async () => {
    const bodies = [5, 'text', [], null, [{}], { nobody_knows: 1 }, { studio_id: 'std_other' }, { id: { $gt: '' } }]
    for (const route of routes.filter(route => route.body !== undefined && route.raw === undefined)) {
      for (const body of bodies) {
        const reply = await ask(route.method, fill(route.path), { token: tokenOf('owner'), body })
        const due = route.path === '/api/auth/switch' && JSON.stringify(body).includes('studio_id') ? 404 : 422
        expect(reply.status, `${route.method} ${route.path} ${JSON.stringify(body)} ${reply.text.slice(0, 200)}`).toBe(due)
      }
    }
  })

  it('H17 refuses pages that are none', async () => {
    for (const route of guarded.filter(route => route.query !== undefined && 'page' in route.query.shape)) {
      for (const page of ['-1', '0', '1e9', 'NaN', '1.5', '', '1 or 1=1']) expect((await ask('GET', `${fill(route.path)}?page=${encodeURIComponent(page)}`, { token: tokenOf('owner') })).status, `${route.path} ${page}`).toBe(422)
      for (const cursor of ['x', 'e30', 'A'.repeat(500), "';--"]) expect([400, 404, 422], `${route.path} ${cursor}`).toContain((await ask('GET', `${fill(route.path)}?cursor=${encodeURIComponent(cursor)}`, { token: tokenOf('owner') })).status)
    }
  })
})
