// Faults around one request: a queue that forgets or refuses, a hub that is gone or slow, a database that fails or stalls.
import { createExecutionContext, createMessageBatch, getQueueResult, runDurableObjectAlarm } from 'cloudflare:test'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Wake } from '../../src/db/relay.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { consume, consumeDead, runJob } from '../../src/queues/consume.ts'
import { createApp } from '../../src/worker/app.ts'
import { routes } from '../../src/worker/routes.ts'
import { ask, bindings, origin } from '../support/api.ts'
import { Browser } from '../support/browser.ts'
import { faultyD1, faultyHubs, faultyQueues } from '../support/faulty.ts'
import type { Trouble } from '../support/faulty.ts'
import { addMember } from '../support/member.ts'
import type { Member } from '../support/member.ts'
import { quiet } from '../support/quiet.ts'
import { makeStudio } from '../support/studio.ts'
import { connectNumber, deliver, graphThatAgrees, sign, textBody } from '../support/whatsapp.ts'
import type { Number_ } from '../support/whatsapp.ts'

const graph = graphThatAgrees()
const { env } = quiet(bindings)
const shard = bindings.SHARD_0
let studioId: string
let owner: Member
let number: Number_
let n = 0

beforeAll(() => void vi.stubGlobal('fetch', graph.fetch))
afterAll(() => vi.unstubAllGlobals())
beforeEach(async () => {
  studioId = await makeStudio(bindings, 0)
  owner = await addMember(bindings, studioId, 'owner')
  number = await connectNumber(bindings, studioId)
})

const news = (): string => textBody(number, `wamid.f${(n += 1)}`, '4915112345678', `line ${n}`)
const count = async (table: string, where = 'true'): Promise<number> => (await shard.prepare(`select count(*) as n from ${table} where studio_id = ? and ${where}`).bind(studioId).first<number>('n')) ?? 0
const dense = async (): Promise<void> => expect(await shard.prepare('select coalesce(max(seq), 0) - count(*) as holes from changes where studio_id = ?').bind(studioId).first('holes')).toBe(0)

/** One webhook, timed until its answer and not until the work after it. */
async function timed(own: Bindings, body: string): Promise<{ status: number; ms: number }> {
  const begun = performance.now()
  const response = await createApp(routes).fetch(new Request(`${origin}/api/integrations/webhook/whatsapp/${number.integrationId}`, {
    method: 'POST', body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': await sign(body, number.secret) },
  }), own, createExecutionContext())
  await response.text()
  return { status: response.status, ms: performance.now() - begun }
}

async function sweep(): Promise<void> {
  const sweeper = bindings.SHARD_SWEEPER.get(bindings.SHARD_SWEEPER.idFromName('shard-0'))
  await (sweeper as unknown as { ensure(shard: number): Promise<void> }).ensure(0)
  await runDurableObjectAlarm(sweeper)
}

describe('a queue', () => {
  it('F4 that loses every wake-up costs nothing: the sweeper wakes what is due', async () => {
    expect((await deliver(faultyQueues(bindings, 'forget'), number, news())).status).toBe(200)
    expect(await count('jobs', `kind = 'think' and state = 'due'`)).toBe(1)
    await shard.prepare('update jobs set run_at = 1 where studio_id = ?').bind(studioId).run()
    await vi.waitFor(async () => {
      await sweep()
      expect(await count('jobs', `kind = 'think' and state = 'done'`)).toBe(1)
    }, { timeout: 20_000, interval: 500 })
  })

  it('F8 that refuses does not keep a webhook or a reply from being stored', async () => {
    const own = faultyQueues(bindings, 'refuse')
    expect((await deliver(own, number, news())).status).toBe(200)
    const conversation = await shard.prepare('select id from conversations where studio_id = ?').bind(studioId).first<string>('id')
    const sent = await ask('POST', `/api/conversations/${conversation}/messages`, { env: own, token: owner.token, body: { content: 'Hello' } })
    expect(sent.status).toBe(201)
    expect([await count('messages'), await count('jobs', `kind = 'send' and state = 'due'`)]).toEqual([2, 1])
  })

  it('F7 gives a poisoned message back and handles its nine siblings', async () => {
    await deliver(env, number, news())
    await shard.prepare('update jobs set run_at = 1 where studio_id = ?').bind(studioId).run()
    const conversation = await shard.prepare('select id from conversations where studio_id = ?').bind(studioId).first<string>('id')
    const good: Wake = { v: 1, studio: studioId, job: `think:${conversation}` }
    // A studio that does not exist throws, words that are no wake-up are put away.
    const bodies: unknown[] = [{ ...good, studio: 'std_nowhere' }, good, 'not a wake-up', null, ...Array.from({ length: 6 }, () => good)]
    const batch = createMessageBatch('assistant', bodies.map((body, i) => ({ id: `m${i}`, timestamp: new Date(), attempts: 1, body })))
    await consume(batch, env)
    const result = await getQueueResult(batch, createExecutionContext())
    expect([result.retryMessages.map(message => message.msgId), result.explicitAcks.length]).toEqual([['m0'], 9])
    expect(await count('jobs', `kind = 'think' and state = 'done'`)).toBe(1)
  })

  it('F7 a dead-letter queue frees the leases of the good beside a poisoned message', async () => {
    await deliver(env, number, news())
    await shard.prepare(`update jobs set lease_until = ?, lease_token = 'held' where studio_id = ?`).bind(Date.now() + 60_000, studioId).run()
    const conversation = await shard.prepare('select id from conversations where studio_id = ?').bind(studioId).first<string>('id')
    const bodies: unknown[] = [{ v: 1, studio: 'std_nowhere', job: 'think:x' }, 7, { v: 1, studio: studioId, job: `think:${conversation}` }]
    const batch = createMessageBatch('assistant-dead', bodies.map((body, i) => ({ id: `d${i}`, timestamp: new Date(), attempts: 1, body })))
    await consumeDead(batch, env)
    expect((await getQueueResult(batch, createExecutionContext())).explicitAcks.length).toBeGreaterThanOrEqual(2)
    expect(await count('jobs', 'lease_token is null')).toBe(1)
  })
})

describe('a hub', () => {
  it('F16 F18 that throws or sleeps does not hold up a webhook, and its sockets catch up', async () => {
    const browser = new Browser(env, owner)
    await browser.open()
    await browser.until(() => !browser.line.asking, 'coming')
    const gone = await timed(faultyHubs(env, () => Promise.reject(Object.assign(new Error('Durable Object reset because its code was updated.'), { retryable: true }))), news())
    const asleep = await timed(faultyHubs(env, () => new Promise<never>(() => undefined)), news())
    expect([gone.status, asleep.status]).toEqual([200, 200])
    expect(Math.max(gone.ms, asleep.ms)).toBeLessThan(1_000)
    expect(browser.line.seq).toBe(0)
    await vi.waitFor(async () => {
      await sweep()
      expect(browser.line.seq).toBe(2)
    }, { timeout: 15_000, interval: 300 })
    expect(browser.applied.slice(-2)).toEqual([1, 2])
  })
})

describe('a database', () => {
  const failing = (at: number, trouble: Trouble): Bindings => {
    let batches = 0
    return faultyD1(env, name => (name === 'SHARD_0' && (batches += 1) === at ? trouble : null))
  }

  it('F19 that fails before or after any commit of a webhook: 503 or 200, and one message after the retry', async () => {
    for (const trouble of ['before', 'after'] as const) {
      for (const at of [1, 2, 3]) {
        const body = news()
        const before = await count('messages')
        const first = await deliver(failing(at, trouble), number, body)
        expect([200, 503]).toContain(first.status)
        if (first.status === 503) expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(0)
        expect((await deliver(env, number, body)).status).toBe(200)
        expect(await count('messages')).toBe(before + 1)
      }
    }
    await dense()
  })

  it('F19 that fails around the commits of a send: the provider is asked once, whatever came of it', async () => {
    await deliver(env, number, news())
    const conversation = await shard.prepare('select id from conversations where studio_id = ?').bind(studioId).first<string>('id')
    for (const trouble of ['before', 'after'] as const) {
      // Reads are tried again by themselves; every batch of the run takes its turn to fail.
      for (let at = 1; at <= 9; at += 1) {
        const { id } = (await ask('POST', `/api/conversations/${conversation}/messages`, { env, token: owner.token, body: { content: `Hello ${trouble} ${at}` } })).body.data as { id: string }
        const asked = (): number => graph.calls.filter(call => call.body.includes(id)).length
        await runJob(failing(at, trouble), { v: 1, studio: studioId, job: `send:${id}` }).catch(() => false)
        for (let turn = 0; turn < 4; turn += 1) {
          // Time passes: what was put off or leased is due again.
          await shard.prepare(`update jobs set run_at = 1, lease_until = null where studio_id = ? and id = ? and state = 'due'`).bind(studioId, `send:${id}`).run()
          await shard.prepare(`update messages set sent_at = sent_at - 120000 where studio_id = ? and id = ? and status = 'sending'`).bind(studioId, id).run()
          await runJob(env, { v: 1, studio: studioId, job: `send:${id}` })
        }
        const status = await shard.prepare('select status from messages where studio_id = ? and id = ?').bind(studioId, id).first<string>('status')
        expect([`${trouble} ${at}`, asked() <= 1, ['sent', 'unconfirmed'].includes(status ?? '')]).toEqual([`${trouble} ${at}`, true, true])
        if (status === 'sent') expect(asked()).toBe(1)
        expect(await count('jobs', `id = 'send:${id}' and state = 'done'`)).toBe(1)
      }
    }
    await dense()
  })

  it('F20 that stalls: the webhook answers 503 within six seconds, and the redelivery is stored once', { timeout: 30_000 }, async () => {
    const body = news()
    const stalled = faultyD1(env, name => (name === 'SHARD_0' ? 'stall' : null))
    const warm = await timed(env, news())
    const late = await timed(stalled, body)
    expect([warm.status, late.status]).toEqual([200, 503])
    expect(late.ms).toBeLessThan(6_500)
    expect((await deliver(env, number, body)).status).toBe(200)
    expect(await count('messages')).toBe(2)
  })
})

it('F10 a sender that hangs up early and comes again has its message stored once', async () => {
  for (let i = 0; i < 5; i += 1) {
    const body = news()
    const before = await count('messages')
    const abort = new AbortController()
    const request = new Request(`${origin}/api/integrations/webhook/whatsapp/${number.integrationId}`, { method: 'POST', body, signal: abort.signal, headers: { 'content-type': 'application/json', 'x-hub-signature-256': await sign(body, number.secret) } })
    const answer = createApp(routes).fetch(request, env, createExecutionContext())
    setTimeout(() => abort.abort(), i * 2)
    await Promise.resolve(answer).catch(() => undefined)
    expect((await deliver(env, number, body)).status).toBe(200)
    expect(await count('messages')).toBe(before + 1)
  }
  await dense()
})
