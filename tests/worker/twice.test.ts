// Everything may arrive twice: wake-ups of every kind of job, webhooks, requests with a key, sweeps. Twice is once.
import { runDurableObjectAlarm } from 'cloudflare:test'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { setClock } from '../../src/platform/clock.ts'
import { readConfig } from '../../src/platform/env.ts'
import { handlers } from '../../src/queues/handlers.ts'
import { runJob } from '../../src/queues/consume.ts'
import { routes } from '../../src/worker/routes.ts'
import { ask, bindings } from '../support/api.ts'
import { fullStudio } from '../support/full-studio.ts'
import type { FullStudio } from '../support/full-studio.ts'
import { scenes } from '../support/job-scenes.ts'
import { quiet } from '../support/quiet.ts'
import { fill, nameOf } from '../support/route-samples.ts'
import { allRows, differences } from '../support/rows.ts'
import { makeStudio } from '../support/studio.ts'
import { connectNumber, deliver, envelope, graphThatAgrees, sign } from '../support/whatsapp.ts'

const { env } = quiet(bindings)
const graph = graphThatAgrees()
const fixtures = import.meta.glob('../fixtures/whatsapp/*.json', { query: '?raw', import: 'default', eager: true })
const rows = (without: string[] = []) => allRows(env, () => true, without)
let studio: FullStudio
let shard: D1Database

beforeAll(async () => {
  vi.stubGlobal('fetch', graph.fetch)
  studio = await fullStudio(env)
  shard = (await env.DIRECTORY.prepare('select shard from studios where id = ?').bind(studio.id).first<number>('shard')) === 0 ? env.SHARD_0 : env.SHARD_1
})
afterAll(() => vi.unstubAllGlobals())

interface JobRow { id: string; state: string; attempts: number; reason: string | null }
const jobsOf = async (kind: string) => (await shard.prepare('select id, state, attempts, reason from jobs where studio_id = ? and kind = ? order by id').bind(studio.id, kind).all<JobRow>()).results
const makeDue = (id: string) => shard.prepare(`update jobs set state = 'due', run_at = 1, lease_until = null, lease_token = null, reason = null, finished_at = null where studio_id = ? and id = ?`).bind(studio.id, id).run()

/** Kinds that look at the outside world anew when they run once more, and what they may then write besides their own row. */
const looksAgain: Record<string, { tables: string[]; why: string }> = {
  'templates.sync': { tables: ['changes', 'templates'], why: 'says that it looked, and when' },
  'health.check': { tables: ['integrations', 'changes'], why: 'writes when it looked' },
}

describe('a wake-up delivered twice', () => {
  it('has a scene for every kind of job', () => {
    expect(Object.keys(handlers).filter(kind => scenes[kind] === undefined), 'teach tests/support/job-scenes.ts').toEqual([])
  })

  it.each(Object.keys(handlers).filter(kind => scenes[kind] !== undefined))('%s runs once, and ends where it ended', async kind => {
    await scenes[kind]?.(env, studio)
    const [job] = await jobsOf(kind)
    if (job === undefined) throw new Error(`the scene of ${kind} leaves no job`)
    const wake = { v: 1 as const, studio: studio.id, job: job.id }
    await makeDue(job.id)
    const ran = await Promise.all([runJob(env, wake), runJob(env, wake), runJob(env, wake)])
    expect(ran.filter(Boolean)).toHaveLength(1)
    const after = await rows()
    expect([await runJob(env, wake), await runJob(env, wake)]).toEqual([false, false])
    expect(differences(after, await rows())).toEqual([])

    // A worker that died between its effect and its end: the sweeper wakes the job again.
    const [ended] = (await jobsOf(kind)).filter(row => row.id === job.id)
    expect(['done', 'due'], `${kind} ended as ${JSON.stringify(ended)}`).toContain(ended?.state)
    const leave = ['jobs', ...(looksAgain[kind]?.tables ?? [])]
    const settled = await rows(leave)
    const calls = graph.calls.length
    await makeDue(job.id)
    await runJob(env, wake)
    expect(differences(settled, await rows(leave)), `${kind} run again after a crash`).toEqual([])
    if (kind === 'send') expect(graph.calls.length, 'a message was sent twice').toBe(calls)
  })
})

describe('a webhook delivered twice', () => {
  afterEach(() => setClock(null))
  beforeAll(async () => {
    await connectNumber(env, await makeStudio(env), { phone: '200000000000001', waba: '300000000000001' })
    await connectNumber(env, await makeStudio(env), { phone: '200000000000002', waba: '300000000000002' })
  })

  it.each(Object.entries(fixtures).map(([path, body]) => [path.slice(path.lastIndexOf('/') + 1, -5), body] as const))('%s writes nothing the second time', async (_, body) => {
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': await sign(body, readConfig(env).META_APP_SECRET ?? '') }
    // A day after all of them: the time of an event that lies ahead of ours is ours, and then moves.
    setClock(() => Date.UTC(2026, 10, 22))
    const post = async () => (await ask('POST', '/api/integrations/webhook/whatsapp', { env, raw: body, headers })).status
    expect(await post()).toBe(200)
    const first = await rows()
    expect(await post()).toBe(200)
    expect(differences(first, await rows())).toEqual([])
  })
})

describe('a reaction of a provider whose clock runs ahead', () => {
  it('is told once', async () => {
    const reaction = (emoji: string) => envelope(studio.number, { messages: [{ from: '4915112345678', id: `wamid.ahead${emoji}`, timestamp: String(Math.floor(Date.now() / 1000) + 3_600), type: 'reaction', reaction: { message_id: `wamid.${studio.word}.1`, emoji } }] })
    await deliver(env, studio.number, reaction('🎉'))
    const changes = () => shard.prepare('select count(*) as n from changes where studio_id = ?').bind(studio.id).first<number>('n')
    const was = await changes()
    for (let i = 0; i < 3; i += 1) await deliver(env, studio.number, reaction('🎉'))
    expect(await changes()).toBe(was)
    await deliver(env, studio.number, reaction('🚀'))
    expect(await changes()).toBe((was ?? 0) + 1)
  })
})

describe('a request with an Idempotency-Key sent twice', () => {
  it.each(routes.filter(route => route.idempotent === true).map(route => [nameOf(route), route] as const))('%s writes once and answers the same bytes', async (_, route) => {
    for (const filled of fill(route, studio.ids)) {
      const key = crypto.randomUUID()
      const send = () => ask(route.method, filled.path, { env, token: studio.owner.token, body: filled.body, headers: { 'idempotency-key': key } })
      const first = await send()
      expect(first.status, first.text).toBeLessThan(300)
      const after = await rows()
      const second = await send()
      expect([second.status, second.text]).toEqual([first.status, first.text])
      expect(differences(after, await rows())).toEqual([])
    }
  })

  it.each(routes.filter(route => route.idempotent === true).map(route => [nameOf(route), route] as const))('%s makes the same thing when its worker died after the write', async (_, route) => {
    for (const filled of fill(route, studio.ids)) {
      const key = crypto.randomUUID()
      const send = () => ask(route.method, filled.path, { env, token: studio.owner.token, body: filled.body, headers: { 'idempotency-key': key } })
      // The sample file was taken by the test before.
      await shard.batch([shard.prepare('delete from idempotency'), shard.prepare('update attachments set message_id = null where studio_id = ? and id = ?').bind(studio.id, studio.ids.attachment)])
      const first = await send()
      expect(first.status, first.text).toBe(201)
      // The answer was never kept; the claim still knows what was to be made.
      await shard.prepare(`update idempotency set status = 0, answer = substr(?, 5), created_at = created_at - 61000 where studio_id = ?`).bind(first.body.data.id, studio.id).run()
      const after = await rows(['idempotency'])
      const second = await send()
      expect([second.status, second.body.data], second.text).toEqual([first.status, first.body.data])
      expect(differences(after, await rows(['idempotency']))).toEqual([])
    }
  })

  it('every route that makes something honours a key, or is known to make the same thing twice', () => {
    const without = routes.filter(route => route.method === 'POST' && route.status === 201 && route.access !== 'open' && route.idempotent !== true).map(nameOf).sort()
    expect(without).toEqual([
      'POST /api/attachments', // raw bytes; what no message takes is swept after a day
      'POST /api/integrations/connect/:provider', // the same number connected again keeps its id
      'POST /api/invitations', // a second link is harmless, and both are listed
    ])
  })
})

describe('a sweep that runs twice', () => {
  it('F31 F32 wakes a due job once, and nothing more when nothing is due', async () => {
    const { ids, owner } = studio
    await ask('PUT', `/api/conversations/${ids.conversation}/status`, { env, token: owner.token, body: { status: 'snoozed', until: new Date(Date.now() + 3_600_000).toISOString() } })
    await shard.prepare(`update jobs set state = 'done' where state = 'due'`).run()
    await shard.batch([shard.prepare('update conversations set snoozed_until = 1 where studio_id = ? and id = ?').bind(studio.id, ids.conversation), shard.prepare(`update jobs set state = 'due', run_at = 1, attempts = 0, lease_until = null where studio_id = ? and id = ?`).bind(studio.id, `unsnooze:${ids.conversation}`)])
    const index = shard === env.SHARD_0 ? 0 : 1
    const sweeper = bindings.SHARD_SWEEPER.get(bindings.SHARD_SWEEPER.idFromName(`shard-${index}`))
    const opened = () => shard.prepare(`select count(*) as n from changes where studio_id = ? and subject = ? and kind = 'conversation.updated'`).bind(studio.id, ids.conversation).first<number>('n')
    const was = (await opened()) ?? 0
    await (sweeper as unknown as { ensure(shard: number): Promise<void> }).ensure(index)
    for (let i = 0; i < 3; i += 1) await runDurableObjectAlarm(sweeper)
    await vi.waitFor(async () => expect((await jobsOf('unsnooze')).map(job => job.state)).toEqual(['done']), { timeout: 10_000, interval: 50 })
    const after = await rows()
    for (let i = 0; i < 3; i += 1) await runDurableObjectAlarm(sweeper)
    expect(differences(after, await rows())).toEqual([])
    expect(await opened()).toBe(was + 1)
  })
})
