// Bodies with many events, kept first and taken apart later: nothing that was answered with a yes is lost.
import { expect, test, vi, afterAll, beforeAll } from 'vitest'
import { runJob } from '../../src/queues/consume.ts'
import { ask, bindings } from '../support/api.ts'
import { fullStudio } from '../support/full-studio.ts'
import { quiet } from '../support/quiet.ts'
import { deliver, envelope, graphThatAgrees, textMessage } from '../support/whatsapp.ts'

const { env } = quiet(bindings)
beforeAll(() => vi.stubGlobal('fetch', graphThatAgrees().fetch))
afterAll(() => vi.unstubAllGlobals())

test('an account disconnected before the job ran still gets every message', async () => {
  const studio = await fullStudio(env)
  const body = envelope(studio.number, { messages: Array.from({ length: 60 }, (_, i) => textMessage(`wamid.late${i}`, '4915112340000', `line ${i}`)) })
  expect((await deliver(env, studio.number, body)).status).toBe(200)
  const gone = await ask('DELETE', `/api/integrations/disconnect/whatsapp?integration_id=${studio.number.integrationId}`, { env, token: studio.owner.token })
  expect(gone.status, gone.text).toBe(200)
  const shard = (await env.DIRECTORY.prepare('select shard from studios where id = ?').bind(studio.id).first<number>('shard')) === 0 ? env.SHARD_0 : env.SHARD_1
  const job = await shard.prepare(`select id from jobs where studio_id = ? and kind = 'receipt'`).bind(studio.id).first<string>('id')
  expect(await runJob(env, { v: 1, studio: studio.id, job: job ?? '' })).toBe(true)
  expect(await shard.prepare(`select count(*) as n from messages where studio_id = ? and external_id like 'wamid.late%'`).bind(studio.id).first('n')).toBe(60)
})
