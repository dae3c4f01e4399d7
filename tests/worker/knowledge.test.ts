// Knowledge: kept, listed, found, dated; what is not valid today is never quoted.
import { expect, test } from 'vitest'
import { ask } from '../support/api.ts'
import { openDesk } from '../support/desk.ts'
import type { Desk } from '../support/desk.ts'

const post = (desk: Desk, body: unknown) => ask('POST', '/api/knowledge', { token: desk.person.token, body })
const get = (desk: Desk, path = '') => ask('GET', `/api/knowledge${path}`, { token: desk.person.token })
const prices = { title: 'Prices', content: 'Monthly: €60', category: 'prices' }

test('an entry is made, read, changed and removed; another studio meets the same 404 as for nothing', async () => {
  const [a, b] = await Promise.all([openDesk(), openDesk()])
  const made = await post(a, prices)
  expect(made.status).toBe(201)
  const id = made.body.data.id
  expect((await get(a, `/${id}`)).body.data).toMatchObject({ ...prices, id, valid_from: null, valid_to: null, source: 'typed' })
  const absent = await get(b, '/kno_none')
  for (const foreign of [await get(b, `/${id}`), await ask('PUT', `/api/knowledge/${id}`, { token: b.person.token, body: { title: 'Mine' } }), await ask('DELETE', `/api/knowledge/${id}`, { token: b.person.token })]) {
    expect(foreign.status).toBe(404)
    expect(foreign.body.error).toEqual(absent.body.error)
  }
  const changed = await ask('PUT', `/api/knowledge/${id}`, { token: a.person.token, body: { content: 'Monthly: €75' } })
  expect(changed.body.data).toMatchObject({ title: 'Prices', content: 'Monthly: €75' })
  expect((await ask('DELETE', `/api/knowledge/${id}`, { token: a.person.token })).status).toBe(200)
  expect((await get(a, `/${id}`)).status).toBe(404)
  const audit = await ask('GET', `/api/audit?subject=${id}`, { token: a.person.token })
  expect(audit.body.data.map((entry: { kind: string }) => entry.kind)).toEqual(['knowledge.deleted', 'knowledge.updated', 'knowledge.updated'])
})

test('what is wrong is named', async () => {
  const a = await openDesk()
  for (const [body, field] of [[{ ...prices, category: 'gossip' }, 'category'], [{ ...prices, title: ' ' }, 'title'], [{ ...prices, valid_from: '2026-02-30' }, 'valid_from'], [{ ...prices, valid_from: '2026-02-02', valid_to: '2026-02-01' }, 'valid_to']] as const) {
    const reply = await post(a, body)
    expect([reply.status, reply.body.error.details?.field]).toEqual([422, field])
  }
  expect((await post(a, { ...prices, id: 'kno_mine' })).status).toBe(422)
})

test('an entry speaks only while it is valid in the studio, and its newest text only', async () => {
  const a = await openDesk()
  const { conversation } = await a.hear('+16505550001', 'How much is it per month?')
  const reply = async (): Promise<string> => JSON.stringify((await ask('POST', '/api/llm/smart-reply', { token: a.person.token, body: { conversation_id: conversation } })).body.data.suggestions)
  await post(a, { ...prices, content: 'Monthly price: €11', valid_to: '2020-01-01' })
  await post(a, { ...prices, content: 'Monthly price: €22', valid_from: '2999-01-01' })
  expect(await reply()).not.toMatch(/11|22/)
  expect(await reply()).toContain('not in our notes yet')
  const { id } = (await post(a, { ...prices, content: 'Monthly price: €33' })).body.data
  expect(await reply()).toContain('€33')
  await ask('PUT', `/api/knowledge/${id}`, { token: a.person.token, body: { content: 'Monthly price: €44' } })
  expect(await reply()).toContain('€44')
  expect(await reply()).not.toContain('€33')
})

test('lists filter by words and category, and go on by cursor; T8 a foreign, altered or misused cursor is refused', async () => {
  const [a, b] = await Promise.all([openDesk(), openDesk()])
  for (let i = 0; i < 5; i += 1) await post(a, { title: `Entry ${i}`, content: i % 2 === 0 ? 'About ballet 100%' : 'About salsa', category: i < 2 ? 'classes' : 'other' })
  for (let i = 0; i < 3; i += 1) await post(b, { title: `B ${i}`, content: 'About ballet', category: 'classes' })
  expect((await get(a, '?q=BALLET')).body.data).toHaveLength(3)
  expect((await get(a, '?q=100%25')).body.data).toHaveLength(3)
  expect((await get(a, '?category=classes')).body.data).toHaveLength(2)
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page = await get(a, `?per_page=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
    seen.push(...page.body.data.map((entry: { title: string }) => entry.title))
    const pagination = page.body.pagination as { total: number; pages: number; next_cursor: string | null }
    expect(pagination).toMatchObject({ total: 5, pages: 3 })
    cursor = pagination.next_cursor
  }
  expect(seen).toEqual(['Entry 4', 'Entry 3', 'Entry 2', 'Entry 1', 'Entry 0'])
  expect((await get(a, '?per_page=2&page=2')).body.data.map((entry: { title: string }) => entry.title)).toEqual(['Entry 2', 'Entry 1'])
  const mine = ((await get(a, '?per_page=2')).body.pagination as { next_cursor: string }).next_cursor
  for (const reply of [await get(b, `?per_page=2&cursor=${mine}`), await get(a, `?per_page=2&category=other&cursor=${mine}`), await get(a, `?per_page=2&cursor=${mine.slice(0, -2)}xx`), await get(a, '?cursor=W10'), await ask('GET', `/api/snippets?cursor=${mine}`, { token: a.person.token })]) {
    expect([reply.status, reply.body.error.code]).toEqual([400, 'MALFORMED'])
  }
})
