// Received files: fetched from the provider by a job, their hashes compared, failed with a reason, erased.
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { InboundAttachment } from '../../src/contract/channel.ts'
import { jobs } from '../../src/db/jobs.sql.ts'
import { openStudio } from '../../src/db/open-studio.ts'
import type { Scope } from '../../src/db/open-studio.ts'
import { own } from '../../src/db/statement.ts'
import { wakeFiles } from '../../src/domain/attachments/wake-files.ts'
import { attachments, messages } from '../../src/domain/messages/messages.sql.ts'
import { receive } from '../../src/domain/messages/receive.ts'
import { setClock } from '../../src/platform/clock.ts'
import { toHex } from '../../src/platform/digest.ts'
import { runJob } from '../../src/queues/consume.ts'
import { ask, bindings, signUp } from '../support/api.ts'
import type { Person } from '../support/api.ts'
import { fakeGraph } from '../support/fake-graph.ts'
import type { FakeGraph, Medium } from '../support/fake-graph.ts'
import { download, objects, png } from '../support/files.ts'
import { quiet } from '../support/quiet.ts'

let a: Person
let b: Person
let graph: FakeGraph
let n = 0
let scope: Scope
let integration: string

beforeEach(async () => {
  graph = fakeGraph(quiet(bindings).env)
  ;[a, b] = [await signUp(), await signUp()]
  const made = await ask('POST', '/api/integrations/connect/whatsapp', { token: a.token, body: { simulator: true }, env: graph.env })
  integration = made.body.data.id
  scope = await openStudio(graph.env, a.studioId, { kind: 'system' })
})

afterEach(() => setClock(null))

const hear = async (medium: Medium, sha256?: string): Promise<string> => {
  const mediaId = `5${Date.now()}${(n += 1)}`
  graph.media.set(mediaId, medium)
  await receive(scope, { account: integration, channel: 'whatsapp' }, [{
    kind: 'message', externalId: `wamid.media${mediaId}`, at: Date.now(), party: { keys: ['phone:+16505551000'], phone: '+16505551000' }, direction: 'inbound', origin: 'live', type: 'image', content: '',
    attachments: [{ kind: 'image', mediaId, mime: medium.mime, sha256 }], raw: null,
  }], { id: `rcp_${n}`, raw: '{}', r2Key: null })
  scope.db.takeRelay()
  return (await scope.db.select(attachments, { where: sql`${attachments.source} like ${`%${mediaId}%`}` }))[0]?.id ?? ''
}
const run = (id: string, kind = 'media.fetch') => runJob(graph.env, { v: 1, studio: a.studioId, job: kind === 'media.fetch' ? `media:${id}` : `${kind}:${id}` })
const due = async (id: string): Promise<void> => {
  const shard = bindings[`SHARD_${scope.studio.shard}`] as D1Database
  await shard.prepare('update jobs set run_at = 1 where studio_id = ? and subject = ?').bind(a.studioId, id).run()
}
const waitsFor = async (id: string): Promise<number> => {
  const [row] = await scope.db.all<{ run_at: number }>(sql`select run_at from ${own(jobs)} where ${jobs.id} = ${`media:${id}`}`)
  return (row?.run_at ?? Infinity) - Date.now()
}
const rowOf = (id: string) => scope.db.get(attachments, sql`${attachments.id} = ${id}`)
const hash = async (bytes: Uint8Array): Promise<Uint8Array> => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))

test('brings the bytes home, checks both hashes, tells the message, and runs twice as once', async () => {
  const bytes = png()
  const digest = await hash(bytes)
  const id = await hear({ bytes, mime: 'image/png', sha256: toHex(digest) }, btoa(String.fromCharCode(...digest)))
  expect(await run(id)).toBe(true)
  expect(await rowOf(id)).toMatchObject({ state: 'stored', size: 64, mime: 'image/png', sha256: toHex(digest) })
  const [told] = await scope.db.all<{ body: string }>(sql`select body from (select * from changes where studio_id = ${sql.placeholder('studio')}) where kind = 'message.updated'`)
  expect(JSON.parse(told?.body ?? '').message.attachments).toMatchObject([{ id, state: 'stored', size: 64 }])
  expect((await download(a, id)).status).toBe(200)
  expect((await download(b, id)).status).toBe(404)
  expect(await run(id)).toBe(false)
})

test('a wrong hash is tried again some times, then the file is failed with the reason and no bytes stay', async () => {
  const id = await hear({ bytes: png(), mime: 'image/png', sha256: '00'.repeat(32) })
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    expect((await rowOf(id))?.state).toBe('pending')
    expect(await run(id)).toBe(true)
    await due(id)
  }
  expect(await rowOf(id)).toMatchObject({ state: 'failed', reason: expect.stringContaining('damaged') })
  expect(await objects(a.studioId)).toEqual([])
  expect(await run(id)).toBe(false)
}, 60_000)

test('an outage costs no file: it is asked for until the provider has let go of it, at most every half hour', async () => {
  const medium: Medium = { bytes: png(), mime: 'image/png', status: 503 }
  const id = await hear(medium)
  for (let attempt = 1; attempt <= 12; attempt += 1) {
    expect(await run(id)).toBe(true)
    expect(await waitsFor(id)).toBeLessThanOrEqual(30 * 60_000)
    await due(id)
  }
  expect(await waitsFor(id)).toBeLessThanOrEqual(0)
  medium.status = 200
  expect(await run(id)).toBe(true)
  expect((await rowOf(id))?.state).toBe('stored')
  const late = await hear({ bytes: png(), mime: 'image/png', status: 503 })
  setClock(() => Date.now() + 6.1 * 86_400_000)
  expect(await run(late)).toBe(true)
  expect(await rowOf(late)).toMatchObject({ state: 'failed', reason: expect.stringContaining('503') })
}, 60_000)

test('a file waits while the account has no valid token, and comes when it is connected again', async () => {
  const id = await hear({ bytes: png(), mime: 'image/png' })
  const connected = graph.env
  graph.env = { ...connected, SIMULATOR: { fetch: async () => Response.json({ error: { code: 190, message: 'Invalid OAuth access token.' } }, { status: 401 }) } as unknown as Fetcher }
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await due(id)
    await run(id)
  }
  expect((await rowOf(id))?.state).toBe('pending')
  graph.env = connected
  expect(await waitsFor(id)).toBeGreaterThan(2_000)
  await scope.db.commit([wakeFiles(integration, Date.now()), wakeFiles('int_other', Date.now())])
  expect(await waitsFor(id)).toBeLessThanOrEqual(0)
  expect(await run(id)).toBe(true)
  expect((await rowOf(id))?.state).toBe('stored')
})

test('S9 an address on a foreign host gets no request and the file fails at once', async () => {
  const id = await hear({ bytes: png(), mime: 'image/png', url: 'https://evil.example/x.png' })
  expect(await run(id)).toBe(true)
  expect(await rowOf(id)).toMatchObject({ state: 'failed', reason: expect.stringContaining('host') })
  expect(graph.calls.filter(call => call.includes('media-bytes'))).toEqual([])
})

test('a file that was taken back while it was fetched leaves no bytes', async () => {
  const id = await hear({ bytes: png(), mime: 'image/png' })
  const shard = bindings[`SHARD_${scope.studio.shard}`] as D1Database
  graph.env = { ...graph.env, MEDIA: new Proxy(bindings.MEDIA, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (name !== 'put') return typeof value === 'function' ? value.bind(target) : value
      return async (...given: Parameters<R2Bucket['put']>) => {
        const stored = await target.put(...given)
        await shard.prepare(`update attachments set state = 'failed', reason = 'deleted by the sender' where studio_id = ? and id = ?`).bind(a.studioId, id).run()
        return stored
      }
    },
  }) }
  expect(await run(id)).toBe(true)
  expect(await rowOf(id)).toMatchObject({ state: 'failed', reason: 'deleted by the sender' })
  expect(await objects(a.studioId)).toEqual([])
})

test('what the sender takes back loses its bytes', async () => {
  const id = await hear({ bytes: png(), mime: 'image/png' })
  await run(id)
  const message = (await rowOf(id))?.messageId ?? ''
  const [row] = await scope.db.all<{ external_id: string }>(sql`select external_id from ${own(messages)} where id = ${message}`)
  await receive(scope, { account: integration, channel: 'whatsapp' }, [{ kind: 'revoke', externalId: `r${id}`, at: Date.now(), party: { keys: ['phone:+16505551000'] }, target: row?.external_id ?? '', raw: null }], { id: `rcp_r${id}`, raw: '{}', r2Key: null })
  expect((await download(a, id)).status).toBe(404)
  expect(await run(id, 'media.erase')).toBe(true)
  expect(await objects(a.studioId)).toEqual([])
  expect(await rowOf(id)).toMatchObject({ state: 'failed', r2Key: null, sha256: null })
})

test('a file of imported history completes the message that named it first, once', async () => {
  const hear = (details: Record<string, unknown> | undefined, type: 'unsupported' | 'image', files: InboundAttachment[]) => receive(scope, { account: integration, channel: 'whatsapp' }, [{
    kind: 'message', externalId: 'wamid.past', at: Date.now() - 86_400_000, party: { keys: ['phone:+16505552000'], phone: '+16505552000' }, direction: 'inbound', origin: 'history', type, content: type, attachments: files, details, raw: null,
  }], { id: `rcp_past${(n += 1)}`, raw: '{}', r2Key: null })
  graph.media.set('7100', { bytes: png(), mime: 'image/png' })
  await hear({ media_pending: true }, 'unsupported', [])
  scope.db.takeRelay()
  for (let time = 0; time < 2; time += 1) expect(await hear(undefined, 'image', [{ kind: 'image', mediaId: '7100', mime: 'image/png' }])).toEqual({ stored: 0, known: 1 })
  const { changes, jobs: due } = scope.db.takeRelay()
  expect(changes.map(row => [row.kind, JSON.parse(row.body ?? '').message.type, JSON.parse(row.body ?? '').message.attachments.length])).toEqual([['message.updated', 'image', 1]])
  expect(due).toHaveLength(1)
  expect(await run(due[0]?.id.slice('media:'.length) ?? '')).toBe(true)
  expect((await scope.db.select(attachments)).map(row => row.state)).toEqual(['stored'])
  const seqs = await scope.db.all<{ seq: number }>(sql`select seq from (select * from changes where studio_id = ${sql.placeholder('studio')}) order by seq`)
  expect(seqs.map(row => row.seq)).toEqual(seqs.map((_, i) => i + 1))
})
