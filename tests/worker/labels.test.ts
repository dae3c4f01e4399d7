// Labels and snippets: one name once per studio, seen by nobody else.
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { insert, own } from '../../src/db/statement.ts'
import { conversationLabels } from '../../src/domain/labels/labels.sql.ts'
import { ask } from '../support/api.ts'
import { openDesk } from '../support/desk.ts'
import type { Desk } from '../support/desk.ts'

const kinds = [
  { path: '/api/labels', one: { name: 'Trial', color: '#aa00ff' }, same: { name: '  TRIAL ', color: '#000000' }, other: { name: 'Vip', color: '#00ff00' }, told: 'label' },
  { path: '/api/snippets', one: { title: 'Hello', content: 'Hello {name}' }, same: { title: 'hello', content: 'x' }, other: { title: 'Bye', content: 'Bye!' }, told: 'snippet' },
]
const call = (desk: Desk, method: string, path: string, body?: unknown) => ask(method, path, { token: desk.person.token, body })

test.each(kinds)('$path: made, listed, changed, removed; a taken name is a conflict in one studio and free in the other', async ({ path, one, same, other, told }) => {
  const [a, b] = await Promise.all([openDesk(), openDesk()])
  const made = await call(a, 'POST', path, one)
  expect(made.status).toBe(201)
  expect((await call(a, 'POST', path, same)).status).toBe(409)
  expect((await call(b, 'POST', path, same)).status).toBe(201)
  const second = (await call(a, 'POST', path, other)).body.data
  expect((await call(a, 'PUT', `${path}/${second.id}`, same)).status).toBe(409)
  const own = { ...one, ...(path === '/api/labels' ? { color: '#ffffff' } : { content: 'new' }) }
  expect((await call(a, 'PUT', `${path}/${made.body.data.id}`, own)).body.data).toEqual({ id: made.body.data.id, ...own })
  expect((await call(b, 'PUT', `${path}/${second.id}`, other)).status).toBe(404)
  expect((await call(b, 'DELETE', `${path}/${second.id}`)).status).toBe(404)
  expect((await call(a, 'GET', path)).body.data).toHaveLength(2)
  expect((await call(b, 'GET', path)).body.data).toHaveLength(1)
  expect((await call(a, 'DELETE', `${path}/${second.id}`)).status).toBe(200)
  expect((await call(a, 'DELETE', `${path}/${second.id}`)).status).toBe(404)
  const audit = (await call(a, 'GET', '/api/audit')).body.data.map((entry: { kind: string }) => entry.kind).filter((kind: string) => kind.startsWith(told))
  expect(audit).toEqual([`${told}.deleted`, `${told}.updated`, `${told}.updated`, `${told}.updated`])
})

test('twenty at once with one name: one is made', async () => {
  const a = await openDesk()
  const replies = await Promise.all(Array.from({ length: 20 }, () => call(a, 'POST', '/api/labels', { name: 'Race', color: '#123456' })))
  expect(replies.map(reply => reply.status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)])
  expect((await call(a, 'GET', '/api/labels')).body.data.filter((label: { name: string }) => label.name === 'Race')).toHaveLength(1)
})

test('a removed label is taken off its conversations', async () => {
  const a = await openDesk()
  const { conversation } = await a.hear('+16505550001', 'Hi')
  const { id } = (await call(a, 'POST', '/api/labels', { name: 'Gone', color: '#123456' })).body.data
  await a.scope.db.commit([insert(conversationLabels, { id: `${conversation}|${id}`, conversationId: conversation, labelId: id })])
  await call(a, 'DELETE', `/api/labels/${id}`)
  expect(await a.scope.db.all(sql`select * from ${own(conversationLabels)}`)).toEqual([])
})
