// What the person's phone is told: that a message was read, once, and that somebody writes.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, bindings } from '../support/api.ts'
import { addMember } from '../support/member.ts'
import { quiet } from '../support/quiet.ts'
import { makeStudio } from '../support/studio.ts'
import { connectNumber, deliver, graphThatAgrees, textBody } from '../support/whatsapp.ts'

const { env } = quiet(bindings)
const graph = graphThatAgrees()
beforeAll(() => vi.stubGlobal('fetch', graph.fetch))
afterAll(() => vi.unstubAllGlobals())

test('only what was read is acknowledged, once; typing goes along with it, at most every 20 s', async () => {
  const id = await makeStudio(env)
  const [owner, viewer] = [await addMember(env, id, 'owner', 'a'), await addMember(env, id, 'viewer', 'b')]
  const number = await connectNumber(env, id)
  const hear = (x: string) => deliver(env, number, textBody(number, x, '4915112345678', x))
  const told = () => graph.calls.splice(0).filter(call => call.url.endsWith('/messages')).map(call => JSON.parse(call.body)).map(body => [body.status, body.message_id, body.typing_indicator?.type])
  await hear('wamid.one')
  const conversation = (await ask('GET', '/api/conversations', { env, token: owner.token })).body.data[0]
  await hear('wamid.two')
  const put = async (path: string, body: unknown, token = owner.token) => (await ask('PUT', `/api/conversations/${conversation.id}/${path}`, { env, token, body })).status
  expect(await put('read', {}, viewer.token)).toBe(200)
  expect(told()).toEqual([])
  expect(await put('read', { seq: conversation.last_seq })).toBe(200)
  expect(told()).toEqual([['read', 'wamid.one', undefined]])
  for (let time = 0; time < 3; time += 1) expect(await put('read', {})).toBe(200)
  expect(told()).toEqual([['read', 'wamid.two', undefined]])
  for (let time = 0; time < 3; time += 1) expect(await put('typing', {})).toBe(200)
  expect(told()).toEqual([['read', 'wamid.two', 'text']])
  expect(await put('typing', {}, viewer.token)).toBe(403)
  expect((await ask('PUT', '/api/conversations/cnv_none/typing', { env, token: owner.token, body: {} })).status).toBe(404)
})

test('what is done to a conversation answers the row as the caller sees it, and a thread says how long it is', async () => {
  const id = await makeStudio(env)
  const [owner, other] = [await addMember(env, id, 'owner', 'a'), await addMember(env, id, 'agent', 'b')]
  const number = await connectNumber(env, id)
  for (let i = 0; i < 5; i += 1) await deliver(env, number, textBody(number, `wamid.five${i}`, '4915112345679', `line ${i}`))
  const { id: conversation } = (await ask('GET', '/api/conversations', { env, token: owner.token })).body.data[0]
  const path = `/api/conversations/${conversation}`
  await ask('PUT', `${path}/read`, { env, token: other.token, body: {} })
  for (const [route, body] of [['assignment', { assignee_id: null }], ['status', { status: 'closed' }], ['labels', { labels: [] }]] as const) {
    expect((await ask('PUT', `${path}/${route}`, { env, token: owner.token, body })).body.data, route).toMatchObject({ id: conversation, unread_count: 5 })
    expect((await ask('PUT', `${path}/${route}`, { env, token: other.token, body })).body.data, route).toMatchObject({ id: conversation, unread_count: 0 })
  }
  const page = (await ask('GET', `${path}/messages?limit=2`, { env, token: owner.token })).body.pagination as { next_cursor: string }
  expect(page).toMatchObject({ per_page: 2, total: 5, pages: 3, next_cursor: expect.any(String) })
  const [byCursor, byBefore] = await Promise.all(['cursor', 'before'].map(name => ask('GET', `${path}/messages?limit=2&${name}=${page.next_cursor}`, { env, token: owner.token })))
  expect(byCursor?.body.data.map((row: { content: string }) => row.content)).toEqual(['line 1', 'line 2'])
  expect(byBefore?.body.data).toEqual(byCursor?.body.data)
})
