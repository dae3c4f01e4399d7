// No statement of a tour through the product reads a whole table: what is quick with ten rows must be so with ten million.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sweepShard } from '../../src/db/open-shard.ts'
import { handlers } from '../../src/queues/handlers.ts'
import { runJob } from '../../src/queues/consume.ts'
import { routes } from '../../src/worker/routes.ts'
import { ask, bindings } from '../support/api.ts'
import { fullStudio } from '../support/full-studio.ts'
import type { FullStudio } from '../support/full-studio.ts'
import { scenes } from '../support/job-scenes.ts'
import { quiet } from '../support/quiet.ts'
import { recorded, scansOf } from '../support/recorded-d1.ts'
import { fill, nameOf, sampleOf } from '../support/route-samples.ts'
import type { Filled } from '../support/route-samples.ts'
import { deliver, envelope, graphThatAgrees, textMessage } from '../support/whatsapp.ts'

const { env: noting, said } = recorded(bindings)
const { env } = quiet(noting)
let studio: FullStudio

beforeAll(async () => {
  vi.stubGlobal('fetch', graphThatAgrees().fetch)
  studio = await fullStudio(env)
})
afterAll(() => vi.unstubAllGlobals())

/** Scans that are meant: a piece of the statement, the line of its plan, and why. A stale line fails. */
const meant: { sql: RegExp; line: RegExp; why: string }[] = [
  { sql: /from studios s$/, line: /^SCAN s\b/, why: 'the sweeper asks every studio of its shard for its head, once in five seconds' },
  { sql: /json_each\(\?1\) where value not in/, line: /^SCAN sqlite_master/, why: 'readiness looks whether the tables are there' },
]

test('every statement of a tour finds its rows by an index', async () => {
  for (const route of routes.filter(route => route.access !== 'open' && !/logout|sessions$|disconnect|\/members/.test(route.path))) {
    const wide: Filled[] = route.method === 'GET' && sampleOf(route).queries !== undefined ? [{ path: fill(route, studio.ids)[0]?.path.split('?')[0] ?? '' }] : []
    for (const filled of [...wide, ...fill(route, studio.ids)]) {
      const reply = await ask(route.method, filled.path, { env, token: studio.owner.token, body: filled.body, raw: filled.raw, headers: filled.headers })
      expect(reply.status, `${nameOf(route)} ${reply.text.slice(0, 200)}`).toBeLessThan(500)
    }
  }
  for (const query of ['status=all', 'status=closed', 'channel=whatsapp', 'assignee=me', 'assignee=none', 'unread=true', 'unread=false', 'sort=oldest', 'sort=waiting', 'page=2&per_page=1']) expect((await ask('GET', `/api/conversations?${query}`, { env, token: studio.owner.token })).status, query).toBe(200)
  for (const path of ['/api/members', '/api/auth/sessions', '/api/ready', '/api/jobs?state=dead', '/api/jobs?kind=send', '/api/audit?kind=read.marked', '/api/knowledge?category=prices', '/api/knowledge?q=trial']) expect((await ask('GET', path, { env, token: studio.owner.token })).status, path).toBe(200)
  await deliver(env, studio.number, envelope(studio.number, {
    messages: [textMessage('wamid.p1', '4915112345678', 'Hola'), { from: '4915112345678', id: 'wamid.p2', timestamp: '1795000000', type: 'reaction', reaction: { message_id: 'wamid.p1', emoji: '🎉' } }],
    statuses: [{ id: 'wamid.p1', status: 'read', timestamp: '1795000000', recipient_id: '4915112345678' }],
  }))
  const jobs = await Promise.all([bindings.SHARD_0, bindings.SHARD_1].map(shard => shard.prepare(`select id, kind from jobs where studio_id = ?`).bind(studio.id).all<{ id: string; kind: string }>()))
  for (const kind of Object.keys(handlers)) await scenes[kind]?.(env, studio)
  for (const shard of [bindings.SHARD_0, bindings.SHARD_1]) await shard.prepare(`update jobs set run_at = 1, state = 'due', lease_until = null where studio_id = ?`).bind(studio.id).run()
  for (const job of jobs.flatMap(result => result.results)) await runJob(env, { v: 1, studio: studio.id, job: job.id })
  for (const shard of [0, 1]) await sweepShard(env, shard, Date.now(), 100)

  const used = new Set<number>()
  const whole: string[] = []
  for (const one of said.values()) {
    for (const line of await scansOf(one)) {
      const i = meant.findIndex(({ sql, line: known }) => sql.test(one.sql.trim()) && known.test(line))
      if (i >= 0) used.add(i)
      else whole.push(`${line} | ${one.sql.replace(/\s+/g, ' ').slice(0, 300)}`)
    }
  }
  console.log(`${said.size} statements`)
  expect(whole).toEqual([])
  expect(said.size).toBeGreaterThan(100)
  expect(meant.filter((_, i) => !used.has(i)).map(one => one.why), 'scans that are no more').toEqual([])
}, 60_000)
