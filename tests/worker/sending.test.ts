// How a send ends when the file is large, the account does not open, the database stumbles or somebody takes it back.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { setClock } from '../../src/platform/clock.ts'
import { ask } from '../support/api.ts'
import { faultyD1 } from '../support/faulty.ts'
import { env, meta, metaFetch, openOutbox, refused, shard } from '../support/outbox.ts'
import type { Outbox } from '../support/outbox.ts'

let outbox: Outbox
beforeAll(() => void vi.stubGlobal('fetch', metaFetch))
afterAll(() => vi.unstubAllGlobals())
afterEach(() => setClock(null))
beforeEach(async () => void (outbox = await openOutbox()))

describe('a send', () => {
  const queued = async (body: unknown = { content: 'Hello' }): Promise<string> => (await outbox.write(body)).body.data.id as string

  it('with a file is leased for as long as the upload may take', async () => {
    const id = await queued({ attachments: [await outbox.file('image', 'image/png')] })
    let left = 0
    meta.answer = async url => {
      if (url.endsWith('/media')) left = ((await outbox.job(`send:${id}`))?.lease_until ?? 0) - Date.now()
      return null
    }
    await outbox.run(`send:${id}`)
    expect(left).toBeGreaterThan(110_000)
    expect(await outbox.message(id)).toMatchObject({ status: 'sent' })
  })

  it.each(['before', 'after'] as const)('that the provider took is known as sent though the database fails twice %s writing it', async trouble => {
    const id = await queued()
    let failures = 0
    const own = faultyD1(env, name => (name === 'SHARD_0' && meta.calls.length > 0 && (failures += 1) <= 2 ? trouble : null))
    await outbox.run(`send:${id}`, own)
    expect(failures).toBeGreaterThanOrEqual(2)
    expect(await outbox.message(id)).toMatchObject({ status: 'sent', external_id: expect.stringContaining('wamid.out') })
    expect(await outbox.job(`send:${id}`)).toMatchObject({ state: 'done' })
  })

  it('through an account that does not open waits with its reason, spends no try, and goes out once repaired', async () => {
    const credentials = await outbox.credentials('{"access_token":{"sealed":"v9.garbage"}}')
    const id = await queued()
    for (let i = 0; i < 3; i += 1) {
      await outbox.due(`send:${id}`)
      await outbox.run(`send:${id}`)
      expect(await outbox.job(`send:${id}`)).toMatchObject({ state: 'due', attempts: 0 })
    }
    const row = await outbox.message(id)
    expect([row?.status, JSON.parse(row?.error ?? '{}')]).toMatchObject(['queued', { code: 'credentials', next: expect.any(String) }])
    await outbox.credentials(credentials)
    await outbox.due(`send:${id}`)
    await outbox.run(`send:${id}`)
    expect(await outbox.message(id)).toMatchObject({ status: 'sent', error: null })
  })

  it('that waited for a broken account still has all its tries', async () => {
    const id = await queued()
    meta.answer = async () => refused(190)
    for (let i = 0; i < 9; i += 1) {
      await outbox.due(`send:${id}`)
      await outbox.run(`send:${id}`)
    }
    expect(await outbox.job(`send:${id}`)).toMatchObject({ state: 'due', attempts: 0 })
    meta.answer = async () => refused(130429)
    await outbox.due(`send:${id}`)
    await outbox.run(`send:${id}`)
    expect(await outbox.message(id)).toMatchObject({ status: 'queued' })
  })

  it('whose job dies is failed with the reason, in the same batch', async () => {
    const id = await queued()
    await shard.prepare('update jobs set attempts = 49 where studio_id = ? and id = ?').bind(outbox.studioId, `send:${id}`).run()
    await outbox.credentials('not json')
    await outbox.run(`send:${id}`)
    const row = await outbox.message(id)
    expect([row?.status, JSON.parse(row?.error ?? '{}').code, (await outbox.job(`send:${id}`))?.state]).toEqual(['failed', 'job_dead', 'dead'])
    const kinds = await shard.prepare('select kind from changes where studio_id = ? order by seq desc limit 2').bind(outbox.studioId).all<{ kind: string }>()
    expect(kinds.results.map(one => one.kind).sort()).toEqual(['job.dead', 'message.updated'])
  })

  it('planned for later that is taken back while it begins neither moves the head nor answers 200 for nothing', async () => {
    const at = Date.now() + 3_600_000
    const id = await queued({ content: 'Later', send_at: new Date(at).toISOString() })
    setClock(() => at + 1_000)
    let batches = 0
    // The claim and the message are the first two batches of the run.
    await outbox.run(`send:${id}`, between(async () => {
      if ((batches += 1) === 2) await shard.prepare(`update messages set status = 'canceled' where studio_id = ? and id = ?`).bind(outbox.studioId, id).run()
    }))
    expect((await outbox.message(id))?.status).toBe('canceled')
    expect(meta.calls).toHaveLength(0)
    expect(await shard.prepare('select preview from conversations where studio_id = ?').bind(outbox.studioId).first('preview')).toBe('Hola')
  })

  it('that began meanwhile cannot be taken back: 409', async () => {
    const id = await queued({ content: 'Later', send_at: new Date(Date.now() + 3_600_000).toISOString() })
    let reads = 0
    const late = between(async () => {
      if ((reads += 1) === 1) await shard.prepare(`update messages set status = 'sending' where studio_id = ? and id = ?`).bind(outbox.studioId, id).run()
    })
    expect((await ask('DELETE', `/api/messages/${id}`, { env: late, token: outbox.token })).status).toBe(409)
    expect((await outbox.message(id))?.status).toBe('sending')
  })
})

/** Runs `then` after each batch of the shard: what others do between two of ours. */
function between(then: () => Promise<void>): typeof env {
  return { ...env, SHARD_0: new Proxy(env.SHARD_0, { get: (target, name) => {
    if (name === 'batch') return async (statements: D1PreparedStatement[]) => {
      const results = await target.batch(statements)
      await then()
      return results
    }
    const value = Reflect.get(target, name) as unknown
    return typeof value === 'function' ? value.bind(target) : value
  } }) }
}
