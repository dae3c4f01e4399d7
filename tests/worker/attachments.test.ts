// Files in and out: bytes judged by themselves, served so that no browser runs them.
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { openStudio } from '../../src/db/open-studio.ts'
import { jobs } from '../../src/db/jobs.sql.ts'
import { attachments } from '../../src/domain/messages/messages.sql.ts'
import { toHex } from '../../src/platform/digest.ts'
import { newId } from '../../src/platform/ids.ts'
import { runJob } from '../../src/queues/consume.ts'
import { ask, bindings, signUp } from '../support/api.ts'
import type { Person } from '../support/api.ts'
import { download, objects, png, text } from '../support/files.ts'
import { addMember } from '../support/member.ts'

let a: Person
let b: Person

beforeEach(async () => {
  ;[a, b] = [await signUp(), await signUp()]
})

const upload = (person: Person, bytes: Uint8Array | ReadableStream, type?: string, name?: string) => ask('POST', '/api/attachments', {
  token: person.token, raw: bytes as BodyInit, headers: { ...(type === undefined ? {} : { 'content-type': type }), ...(name === undefined ? {} : { 'x-filename': encodeURIComponent(name) }), ...(bytes instanceof Uint8Array ? { 'content-length': String(bytes.byteLength) } : {}) },
})
const streamOf = (chunk: Uint8Array, times: number): ReadableStream<Uint8Array> => {
  let left = times
  return new ReadableStream({ pull: controller => ((left -= 1) < 0 ? controller.close() : controller.enqueue(chunk.slice())) })
}

describe('handing in', () => {
  test('a file comes back byte for byte, with a clean name, to its own studio only', async () => {
    const reply = await upload(a, text('hello, studio'), 'text/plain', '../../Plan "für"\r\n Mai.txt')
    expect(reply.status).toBe(201)
    expect(reply.body.data).toMatchObject({ kind: 'document', mime: 'text/plain', filename: 'Plan _für_ Mai.txt', size: 13, state: 'stored', reason: null })
    const { id } = reply.body.data
    expect(await objects(a.studioId)).toEqual([`studio/${a.studioId}/${id}`])
    const back = await download(a, id)
    expect([back.status, back.text]).toEqual([200, 'hello, studio'])
    expect(back.headers.get('content-disposition')).toBe(`attachment; filename="Plan _f_r_ Mai.txt"; filename*=UTF-8''Plan%20_f%C3%BCr_%20Mai.txt`)
    const [foreign, unknown] = [await download(b, id), await download(b, newId('attachment'))]
    expect([foreign.status, foreign.body.error]).toEqual([404, unknown.body.error])
  })

  test('X5 what a browser could run is kept as bytes of no type and only ever saved', async () => {
    const files: [string, string | undefined][] = [['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'IMAGE/SVG+XML; x'], ['<html><script>alert(1)</script>', 'text/html'], ['<script>alert(1)</script>', undefined], ['alert(1)', 'text/javascript'], ['%PDF-1.7 js', 'application/pdf']]
    for (const [content, type] of files) {
      const reply = await upload(a, text(content), type)
      expect([type, reply.status]).toEqual([type, 201])
      const back = await download(a, reply.body.data.id)
      expect(back.headers.get('content-type')).toBe('application/octet-stream')
      expect(back.headers.get('content-disposition')).toMatch(/^attachment/)
      expect(back.headers.get('x-content-type-options')).toBe('nosniff')
      expect(back.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    }
  })

  test('the type comes from the bytes; a file that is not what it says is refused', async () => {
    const picture = await upload(a, png(), 'application/octet-stream')
    expect(picture.body.data).toMatchObject({ kind: 'image', mime: 'image/png' })
    const shown = await download(a, picture.body.data.id)
    expect([shown.headers.get('content-type'), shown.headers.get('content-disposition')]).toEqual(['image/png', 'inline'])
    expect((await download(a, picture.body.data.id, {}, '?download=1')).headers.get('content-disposition')).toBe('attachment')
    expect((await upload(a, png(), 'image/jpeg')).body.data.mime).toBe('image/png')
    expect((await upload(a, new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, 1]), 'audio/webm;codecs=opus')).body.data).toMatchObject({ kind: 'audio', mime: 'audio/webm' })
    for (const [bytes, type] of [[text('not a picture'), 'image/png'], [png(), 'application/pdf'], [png(), 'text/plain'], [text('<p>'), 'video/mp4'], [text('PK'), 'application/msword']] as const) {
      expect([type, (await upload(a, bytes, type)).status]).toEqual([type, 415])
    }
    expect((await upload(a, png(50_000, 50_000), 'image/png')).status).toBe(422)
  })

  test('X9 empty, too large and endless bodies are refused and leave nothing', async () => {
    expect((await upload(a, new Uint8Array(), 'text/plain')).body.error.details).toEqual({ field: 'file' })
    expect((await ask('POST', '/api/attachments', { token: a.token, raw: text('x'), headers: { 'content-length': '104857601', 'content-type': 'text/plain' } })).status).toBe(413)
    const endless = await upload(a, streamOf(text('a'.repeat(1_000_000)), 200), 'text/plain')
    expect(endless.status).toBe(413)
    expect(await objects(a.studioId)).toEqual([])
    const scope = await openStudio(bindings, a.studioId, { kind: 'system' })
    expect(await scope.db.select(attachments)).toEqual([])
  })

  test('a large file without a length goes in by parts, whole', async () => {
    const reply = await upload(a, streamOf(new Uint8Array(1_000_003).fill(65), 20), 'text/plain')
    expect(reply.body.data).toMatchObject({ size: 20_000_060, state: 'stored' })
    const scope = await openStudio(bindings, a.studioId, { kind: 'system' })
    const row = await scope.db.get(attachments, sql`${attachments.id} = ${reply.body.data.id}`)
    expect(row?.sha256).toBe(toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(20_000_060).fill(65)))))
    expect((await bindings.MEDIA.head(row?.r2Key ?? ''))?.size).toBe(20_000_060)
  })

  test('X10 a body that breaks off leaves no readable file', async () => {
    let sent = false
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent) return controller.error(new Error('gone'))
        sent = true
        controller.enqueue(text('half'.repeat(2_000)))
      },
    })
    expect((await upload(a, broken, 'text/plain')).status).toBe(400)
    expect(await objects(a.studioId)).toEqual([])
    const [kept, unused] = [await upload(a, text('kept'), 'text/plain'), await upload(a, text('unused'), 'text/plain')]
    const scope = await openStudio(bindings, a.studioId, { kind: 'system' })
    const shard = bindings[`SHARD_${scope.studio.shard}`] as D1Database
    await shard.batch([
      shard.prepare(`update attachments set message_id = 'msg_x' where studio_id = ? and id = ?`).bind(a.studioId, kept.body.data.id),
      shard.prepare(`update jobs set run_at = 1 where studio_id = ? and kind = 'media.sweep'`).bind(a.studioId),
    ])
    for (const job of await scope.db.select(jobs, { where: sql`${jobs.kind} = 'media.sweep'` })) expect(await runJob(bindings, { v: 1, studio: a.studioId, job: job.id })).toBe(true)
    expect(await objects(a.studioId)).toEqual([`studio/${a.studioId}/${kept.body.data.id}`])
    expect((await download(a, unused.body.data.id)).status).toBe(404)
  })

  test('roles that may not send may not hand in', async () => {
    const [viewer, agent] = [await addMember(bindings, a.studioId, 'viewer'), await addMember(bindings, a.studioId, 'agent')]
    expect((await ask('POST', '/api/attachments', { raw: text('x') })).status).toBe(401)
    expect((await ask('POST', '/api/attachments', { token: viewer.token, raw: text('x') })).status).toBe(403)
    const mine = await ask('POST', '/api/attachments', { token: agent.token, raw: text('x') })
    expect(mine.status).toBe(201)
    expect((await ask('GET', `/api/attachments/${mine.body.data.id}`, { token: viewer.token })).text).toBe('x')
  })
})

test('ranges are honoured, so that sound and video can be searched', async () => {
  const { id } = (await upload(a, new Uint8Array([...text('OggS'), ...text('0123456789')]), 'audio/ogg')).body.data
  const range = async (value: string) => {
    const reply = await download(a, id, { range: value })
    return [reply.status, reply.text, reply.headers.get('content-range')]
  }
  expect(await range('bytes=0-3')).toEqual([206, 'OggS', 'bytes 0-3/14'])
  expect(await range('bytes=12-')).toEqual([206, '89', 'bytes 12-13/14'])
  expect(await range('bytes=-2')).toEqual([206, '89', 'bytes 12-13/14'])
  expect(await range('bytes=0-999999999999999')).toEqual([206, 'OggS0123456789', 'bytes 0-13/14'])
  expect(await range('bytes=14-')).toEqual([416, '', 'bytes */14'])
  expect(await range('bytes=5-2')).toEqual([200, 'OggS0123456789', null])
  expect(await range('lines=1-2')).toEqual([200, 'OggS0123456789', null])
  const whole = await download(a, id)
  expect((await download(a, id, { 'if-none-match': whole.headers.get('etag') ?? '' })).status).toBe(304)
  expect(whole.headers.get('cache-control')).toMatch(/^private/)
})
