// What may be queued, and how a send ends when the file is large, the account does not open or the database stumbles.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStudio } from '../../src/db/open-studio.ts'
import { insert } from '../../src/db/statement.ts'
import { templates } from '../../src/domain/integrations/integrations.sql.ts'
import { attachments } from '../../src/domain/messages/messages.sql.ts'
import { setClock } from '../../src/platform/clock.ts'
import { newId } from '../../src/platform/ids.ts'
import { runJob } from '../../src/queues/consume.ts'
import { ask, bindings } from '../support/api.ts'
import { faultyD1 } from '../support/faulty.ts'
import { addMember } from '../support/member.ts'
import type { Member } from '../support/member.ts'
import { quiet } from '../support/quiet.ts'
import { makeStudio } from '../support/studio.ts'
import { connectNumber, deliver, textBody } from '../support/whatsapp.ts'
import type { Number_ } from '../support/whatsapp.ts'

const { env } = quiet(bindings)
const shard = bindings.SHARD_0
const calls: { url: string; body: string }[] = []
let answer: (url: string) => Response | Promise<Response> | null
let studioId: string
let owner: Member
let number: Number_
let conversation: string
let sent = 0

beforeAll(() => void vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
  const request = new Request(input, init)
  calls.push({ url: request.url, body: await request.text() })
  return await answer(request.url) ?? (request.url.endsWith('/media') ? Response.json({ id: 'media1' }) : Response.json({ messages: [{ id: `wamid.out${studioId}${(sent += 1)}` }], contacts: [] }))
}))
afterAll(() => vi.unstubAllGlobals())
afterEach(() => setClock(null))
beforeEach(async () => {
  answer = () => null
  calls.length = 0
  studioId = await makeStudio(bindings, 0)
  owner = await addMember(bindings, studioId, 'owner')
  number = await connectNumber(bindings, studioId)
  await deliver(env, number, textBody(number, `wamid.in${studioId}`, '4915112345678', 'Hola'))
  conversation = (await shard.prepare('select id from conversations where studio_id = ?').bind(studioId).first<string>('id')) ?? ''
})

const write = (body: unknown) => ask('POST', `/api/conversations/${conversation}/messages`, { env, token: owner.token, body })
const run = (job: string, own = env) => runJob(own, { v: 1, studio: studioId, job })
const rowOf = async (id: string) => shard.prepare('select * from messages where studio_id = ? and id = ?').bind(studioId, id).first<{ status: string; error: string | null; external_id: string | null }>()
const jobOf = async (id: string) => shard.prepare('select * from jobs where studio_id = ? and id = ?').bind(studioId, id).first<{ state: string; attempts: number; lease_until: number | null; reason: string | null }>()
const refused = (code: number) => Response.json({ error: { code, message: 'no', type: 'OAuthException' } }, { status: 400 })
/** Time passes: what was put off is due. */
const due = (id: string) => shard.prepare('update jobs set run_at = 1 where studio_id = ? and id = ?').bind(studioId, id).run()

async function file(kind: string, mime: string): Promise<string> {
  const scope = await openStudio(env, studioId, { kind: 'system' })
  const id = newId('attachment')
  const r2Key = `studio/${studioId}/attachments/${id}`
  await env.MEDIA.put(r2Key, 'bytes')
  await scope.db.commit([insert(attachments, { id, messageId: null, position: 0, kind, mime, filename: 'x', size: 5, sha256: null, r2Key, state: 'stored', reason: null, source: null, createdAt: scope.now })])
  return id
}

async function template(components: { type: string; format?: string; text?: string; buttons?: unknown[] }[], variables: string[] = []): Promise<{ name: string; language: string }> {
  const scope = await openStudio(env, studioId, { kind: 'system' })
  const id = newId('template')
  await scope.db.commit([insert(templates, { id, accountId: number.integrationId, externalId: id, name: id, language: 'en', category: 'UTILITY', status: 'APPROVED', body: components.find(part => part.type === 'BODY')?.text ?? '', variables: JSON.stringify(variables), components: JSON.stringify(components), syncedAt: scope.now })])
  return { name: id, language: 'en' }
}

describe('a template', () => {
  it.each([['IMAGE', 'image', 'image/jpeg'], ['VIDEO', 'video', 'video/mp4'], ['DOCUMENT', 'document', 'application/pdf'], ['DOCUMENT', 'file', 'application/pdf']])('with a %s in its head goes out with a file of the kind %s', async (format, kind, mime) => {
    const use = await template([{ type: 'HEADER', format }, { type: 'BODY', text: 'Hello' }])
    const reply = await write({ type: 'template', template: use, attachments: [await file(kind, mime)] })
    expect([reply.status, reply.body.data?.type, reply.body.data?.attachments.map((one: { kind: string }) => one.kind)]).toEqual([201, 'template', [kind]])
    await run(`send:${reply.body.data.id}`)
    expect(await rowOf(reply.body.data.id)).toMatchObject({ status: 'sent', error: null })
    const parameter = { type: format.toLowerCase(), [format.toLowerCase()]: { id: 'media1' } }
    expect(JSON.parse(calls.at(-1)?.body ?? '{}').template.components).toMatchObject([{ type: 'header', parameters: [parameter] }])
  })

  it('lacking any value is refused before it is queued', async () => {
    const header = await template([{ type: 'HEADER', format: 'TEXT', text: 'Hi {{1}}' }, { type: 'BODY', text: 'Hello' }])
    const button = await template([{ type: 'BODY', text: 'Hello' }, { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Go', url: 'https://x.example/{{1}}' }] }])
    const picture = await template([{ type: 'HEADER', format: 'IMAGE' }, { type: 'BODY', text: 'Hello' }])
    const body = await template([{ type: 'BODY', text: 'Hello {{1}}' }], ['1'])
    const cases: [string, Record<string, unknown>, string][] = [
      ['header', { template: header }, 'template.header'], ['button', { template: button }, 'template.buttons'], ['blank button', { template: { ...button, buttons: [{ index: 0, value: ' ' }] } }, 'template.buttons'],
      ['no such button', { template: { ...button, buttons: [{ index: 0, value: 'a' }, { index: 1, value: 'b' }] } }, 'template.buttons'],
      ['no file', { template: picture }, 'attachments'], ['wrong file', { template: picture, attachments: [await file('document', 'application/pdf')] }, 'attachments'], ['wrong bytes', { template: picture, attachments: [await file('image', 'image/tiff')] }, 'attachments'],
      ['file for none', { template: body, attachments: [await file('image', 'image/png')] }, 'attachments'], ['body', { template: body }, 'template.variables'], ['blank body', { template: { ...body, variables: [' '] } }, 'template.variables'],
    ]
    for (const [name, more, field] of cases) {
      const reply = await write(name === 'file for none' ? { template: { ...body, variables: ['Mia'] }, attachments: more.attachments } : more)
      expect([name, reply.status, reply.body.error?.details?.field]).toEqual([name, 422, field])
    }
    expect((await write({ template: { ...header, header: { variables: ['Mia'] } } })).status).toBe(201)
    expect((await write({ template: { ...button, buttons: [{ index: 0, value: 'trial' }] } })).status).toBe(201)
  })
})

it('a type that is not what would go out is refused', async () => {
  const use = await template([{ type: 'BODY', text: 'Hello' }])
  const picture = await file('image', 'image/png')
  const wrong = [{ type: 'image', content: 'hi' }, { type: 'voice', content: 'hi' }, { type: 'template', content: 'x' }, { type: 'text', template: use }, { type: 'text', attachments: [picture] }, { type: 'video', attachments: [picture] }]
  for (const body of wrong) {
    const reply = await write(body)
    expect([body.type, reply.status, reply.body.error?.details?.field]).toEqual([body.type, 422, 'type'])
  }
  expect((await write({ type: 'note', content: 'x', template: use })).body.error?.details?.field).toBe('template')
  expect((await write({ type: 'text', content: 'hi' })).body.data.type).toBe('text')
  expect((await write({ type: 'image', attachments: [picture] })).body.data.type).toBe('image')
})

describe('a send', () => {
  const queued = async (body: unknown = { content: 'Hello' }): Promise<string> => (await write(body)).body.data.id as string

  it('with a file is leased for as long as the upload may take', async () => {
    const id = await queued({ attachments: [await file('image', 'image/png')] })
    let left = 0
    answer = async url => {
      if (url.endsWith('/media')) left = ((await jobOf(`send:${id}`))?.lease_until ?? 0) - Date.now()
      return null
    }
    await run(`send:${id}`)
    expect(left).toBeGreaterThan(110_000)
    expect(await rowOf(id)).toMatchObject({ status: 'sent' })
  })

  it.each(['before', 'after'] as const)('that the provider took is known as sent though the database fails twice %s writing it', async trouble => {
    const id = await queued()
    let failures = 0
    const own = faultyD1(env, name => (name === 'SHARD_0' && calls.length > 0 && (failures += 1) <= 2 ? trouble : null))
    await run(`send:${id}`, own)
    expect(failures).toBeGreaterThanOrEqual(2)
    expect(await rowOf(id)).toMatchObject({ status: 'sent', external_id: expect.stringContaining('wamid.out') })
    expect(await jobOf(`send:${id}`)).toMatchObject({ state: 'done' })
  })

  it('through an account that does not open waits with its reason, spends no try, and goes out once repaired', async () => {
    const credentials = await shard.prepare('select credentials from integrations where studio_id = ?').bind(studioId).first<string>('credentials')
    await shard.prepare('update integrations set credentials = ? where studio_id = ?').bind('{"access_token":{"sealed":"v9.garbage"}}', studioId).run()
    const id = await queued()
    for (let i = 0; i < 3; i += 1) {
      await due(`send:${id}`)
      await run(`send:${id}`)
      expect(await jobOf(`send:${id}`)).toMatchObject({ state: 'due', attempts: 0 })
    }
    const row = await rowOf(id)
    expect([row?.status, JSON.parse(row?.error ?? '{}')]).toMatchObject(['queued', { code: 'credentials', next: expect.any(String) }])
    await shard.prepare('update integrations set credentials = ? where studio_id = ?').bind(credentials, studioId).run()
    await due(`send:${id}`)
    await run(`send:${id}`)
    expect(await rowOf(id)).toMatchObject({ status: 'sent', error: null })
  })

  it('that waited for a broken account still has all its tries', async () => {
    const id = await queued()
    answer = () => refused(190)
    for (let i = 0; i < 9; i += 1) {
      await due(`send:${id}`)
      await run(`send:${id}`)
    }
    expect(await jobOf(`send:${id}`)).toMatchObject({ state: 'due', attempts: 0 })
    answer = () => refused(130429)
    await due(`send:${id}`)
    await run(`send:${id}`)
    expect(await rowOf(id)).toMatchObject({ status: 'queued' })
  })

  it('whose job dies is failed with the reason, in the same batch', async () => {
    const id = await queued()
    await shard.prepare('update jobs set attempts = 49 where studio_id = ? and id = ?').bind(studioId, `send:${id}`).run()
    await shard.prepare('update integrations set credentials = ? where studio_id = ?').bind('not json', studioId).run()
    await run(`send:${id}`)
    const row = await rowOf(id)
    expect([row?.status, JSON.parse(row?.error ?? '{}').code, (await jobOf(`send:${id}`))?.state]).toEqual(['failed', 'job_dead', 'dead'])
    const kinds = await shard.prepare('select kind from changes where studio_id = ? order by seq desc limit 2').bind(studioId).all<{ kind: string }>()
    expect(kinds.results.map(one => one.kind).sort()).toEqual(['job.dead', 'message.updated'])
  })

  it('planned for later that is taken back while it begins neither moves the head nor answers 200 for nothing', async () => {
    const at = Date.now() + 3_600_000
    const id = await queued({ content: 'Later', send_at: new Date(at).toISOString() })
    setClock(() => at + 1_000)
    let batches = 0
    const own = faultyD1(env, () => null)
    const race = { ...own, SHARD_0: new Proxy(own.SHARD_0, { get: (target, name) => name === 'batch' ? async (statements: D1PreparedStatement[]) => {
      // The batch after the claim and the reads is the one that marks it.
      if ((batches += 1) === 5) await shard.prepare(`update messages set status = 'canceled' where studio_id = ? and id = ?`).bind(studioId, id).run()
      return (target as D1Database).batch(statements)
    } : Reflect.get(target, name) as unknown }) }
    await run(`send:${id}`, race as typeof env)
    expect((await rowOf(id))?.status).toBe('canceled')
    expect(calls).toHaveLength(0)
    expect(await shard.prepare('select preview from conversations where studio_id = ?').bind(studioId).first('preview')).toBe('Hola')
  })

  it('that began meanwhile cannot be taken back: 409', async () => {
    const id = await queued({ content: 'Later', send_at: new Date(Date.now() + 3_600_000).toISOString() })
    let reads = 0
    const late = { ...env, SHARD_0: new Proxy(env.SHARD_0, { get: (target, name) => {
      if (name === 'batch') return async (statements: D1PreparedStatement[]) => {
        const results = await target.batch(statements)
        if ((reads += 1) === 1) await shard.prepare(`update messages set status = 'sending' where studio_id = ? and id = ?`).bind(studioId, id).run()
        return results
      }
      const value = Reflect.get(target, name) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    } }) } as typeof env
    expect((await ask('DELETE', `/api/messages/${id}`, { env: late, token: owner.token })).status).toBe(409)
    expect((await rowOf(id))?.status).toBe('sending')
  })
})

describe('a reaction', () => {
  const inbound = async () => (await shard.prepare(`select id from messages where studio_id = ? and direction = 'inbound'`).bind(studioId).first<string>('id')) ?? ''
  const put = async (emoji: string) => ask('PUT', `/api/messages/${await inbound()}/reaction`, { env, token: owner.token, body: { emoji } })
  const shown = async () => {
    const thread = await ask('GET', `/api/conversations/${conversation}/messages`, { env, token: owner.token })
    return (thread.body.data as { id: string; reactions: { emoji: string }[] }[])[0]?.reactions.map(one => one.emoji)
  }

  it('is one emoji, or nothing', async () => {
    for (const emoji of ['👍', '❤️', '👩🏽‍🚀', '🇲🇽', '3️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏳️‍🌈', '🧑🏻‍❤️‍💋‍🧑🏿', '']) expect([emoji, (await put(emoji)).status]).toEqual([emoji, 200])
    for (const emoji of ['a', '1', 'ok', '👍👍', '👍 ', '\u0000', '👍\u0000', '<b>', '\u200d', '\ufe0f', '🏽🏽']) expect([emoji, (await put(emoji)).status]).toEqual([emoji, 422])
  })

  it('is refused when the time for free replies is over', async () => {
    setClock(() => Date.now() + 25 * 3_600_000)
    await shard.prepare('update conversations set last_inbound_at = last_inbound_at - 90000000 where studio_id = ?').bind(studioId).run()
    setClock(null)
    const reply = await put('👍')
    expect([reply.status, reply.body.error.details?.reason]).toEqual([409, 'window_closed'])
    expect(await shown()).toEqual([])
  })

  it('that the provider refuses is taken back to the one before, and everybody is told', async () => {
    await put('👍')
    await run(`react:${await inbound()}`)
    await put('❤️')
    expect(await shown()).toEqual(['❤️'])
    answer = () => refused(131026)
    await due(`react:${await inbound()}`)
    await run(`react:${await inbound()}`)
    expect(await shown()).toEqual(['👍'])
    const told = await shard.prepare('select kind, body from changes where studio_id = ? order by seq desc limit 1').bind(studioId).first<{ kind: string; body: string }>()
    expect([told?.kind, JSON.parse(told?.body ?? '{}').message.reactions]).toEqual(['message.updated', [{ by: 'us', emoji: '👍' }]])
  })

  it('without word from the provider is tried again, then taken back', async () => {
    await put('👍')
    answer = () => Response.json({}, { status: 500 })
    for (let i = 0; i < 6; i += 1) {
      await due(`react:${await inbound()}`)
      await run(`react:${await inbound()}`)
    }
    expect([calls.length, await shown()]).toEqual([6, []])
    expect(await jobOf(`react:${await inbound()}`)).toMatchObject({ state: 'done' })
  })

  it('whose account does not open or whose job dies is taken back', async () => {
    for (const broken of ['{"access_token":{"sealed":"v9.garbage"}}', 'not json']) {
      await put('👍')
      await shard.prepare(`update jobs set attempts = 5 where studio_id = ? and kind = 'react'`).bind(studioId).run()
      const before = await shard.prepare('select credentials from integrations where studio_id = ?').bind(studioId).first<string>('credentials')
      await shard.prepare('update integrations set credentials = ? where studio_id = ?').bind(broken, studioId).run()
      await run(`react:${await inbound()}`)
      await shard.prepare('update integrations set credentials = ? where studio_id = ?').bind(before, studioId).run()
      expect(await shown()).toEqual([])
    }
  })
})
