// Jobs as their keepers see them, replay of dead ones, and the audit trail.
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addJob } from '../../src/db/jobs.ts'
import { jobs } from '../../src/db/jobs.sql.ts'
import { update } from '../../src/db/statement.ts'
import { ask } from '../support/api.ts'
import { openDesk } from '../support/desk.ts'
import type { Desk } from '../support/desk.ts'

const get = (desk: Desk, path: string) => ask('GET', path, { token: desk.person.token })
const replay = (desk: Desk, id: string) => ask('POST', `/api/jobs/${id}/replay`, { token: desk.person.token, body: {} })
const add = async (desk: Desk, id: string, set: Record<string, unknown> = {}) => {
  await desk.scope.db.commit([addJob({ id, kind: 'test.none', queue: 'chores', subject: 'x', runAt: Date.now() + 3_600_000 }), update(jobs, set.state === undefined ? { reason: null } : set, sql`id = ${id}`)])
}

test('a dead job is listed with its reason and comes back once; others cannot be replayed', async () => {
  const [a, b] = await Promise.all([openDesk(), openDesk()])
  await add(a, 'test.none:dead', { state: 'dead', reason: 'the provider said no', attempts: 9, finishedAt: Date.now() })
  await add(a, 'test.none:due')
  expect((await get(a, '/api/jobs?state=dead')).body.data).toMatchObject([{ id: 'test.none:dead', state: 'dead', reason: 'the provider said no', attempts: 9 }])
  expect((await get(a, '/api/jobs?kind=test.none')).body.data).toHaveLength(2)
  expect((await get(b, '/api/jobs?kind=test.none')).body.data).toEqual([])
  expect((await replay(b, 'test.none:dead')).status).toBe(404)
  expect((await replay(a, 'test.none:due')).status).toBe(409)
  const back = await replay(a, 'test.none:dead')
  expect([back.status, back.body.data.state, back.body.data.attempts]).toEqual([200, 'due', 0])
  const audit = await get(a, '/api/audit?kind=job.replayed')
  expect(audit.body.data).toMatchObject([{ kind: 'job.replayed', subject: 'test.none:dead', actor: `member:${a.person.memberId}`, request_id: expect.any(String) }])
})

test('a dead job named after a provider’s id is replayed by the id that the list gives', async () => {
  const a = await openDesk()
  await add(a, 'test.none:int_1|wamid.HBg/+ü==', { state: 'dead', reason: 'x' })
  const [job] = (await get(a, '/api/jobs?state=dead')).body.data
  expect((await replay(a, job.id)).body.data).toMatchObject({ id: job.id, state: 'due' })
  for (const odd of ['~', '~!', '~gg', `${job.id}x`]) expect((await replay(a, odd)).status, odd).toBe(404)
})

test('jobs go on by cursor without gaps or repeats', async () => {
  const a = await openDesk()
  for (let i = 0; i < 7; i += 1) await add(a, `test.none:${i}`)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page = await get(a, `/api/jobs?kind=test.none&per_page=3${cursor === null ? '' : `&cursor=${cursor}`}`)
    seen.push(...page.body.data.map((job: { id: string }) => job.id))
    cursor = (page.body.pagination as { next_cursor: string | null }).next_cursor
  } while (cursor !== null)
  expect(seen).toHaveLength(7)
  expect(new Set(seen).size).toBe(7)
})

test('the audit trail is newest first, filtered, by pages, and holds this studio only', async () => {
  const [a, b] = await Promise.all([openDesk(), openDesk()])
  for (let i = 0; i < 5; i += 1) await ask('POST', '/api/labels', { token: a.person.token, body: { name: `L${i}`, color: '#123456' } })
  const first = await get(a, '/api/audit?kind=label.updated&per_page=2')
  const seqs = first.body.data.map((entry: { seq: number }) => entry.seq)
  expect(seqs).toEqual([...seqs].sort((x, y) => y - x))
  const { next_cursor, total } = first.body.pagination as { next_cursor: string; total: number }
  expect(total).toBe(5)
  const second = await get(a, `/api/audit?kind=label.updated&per_page=2&cursor=${next_cursor}`)
  expect(second.body.data[0].seq).toBeLessThan(seqs.at(-1))
  expect((await get(b, `/api/audit?kind=label.updated&per_page=2&cursor=${next_cursor}`)).status).toBe(400)
  expect((await get(b, '/api/audit?kind=label.updated')).body.data).toEqual([])
  expect((await get(a, `/api/audit?actor=member:${a.person.memberId}`)).body.data.length).toBeGreaterThanOrEqual(5)
  expect(Object.keys(first.body.data[0]).sort()).toEqual(['actor', 'at', 'kind', 'request_id', 'seq', 'subject'])
})
