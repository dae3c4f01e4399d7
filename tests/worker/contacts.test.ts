// People: found, added once, moved with a reason, and forgotten without a trace.
import { sql } from 'drizzle-orm'
import { runInDurableObject } from 'cloudflare:test'
import { beforeEach, describe, expect, test } from 'vitest'
import { jobs } from '../../src/db/jobs.sql.ts'
import { insertSelect, own } from '../../src/db/statement.ts'
import { contacts, identities } from '../../src/domain/contacts/contacts.sql.ts'
import { messages, receipts } from '../../src/domain/messages/messages.sql.ts'
import { newId } from '../../src/platform/ids.ts'
import { runJob } from '../../src/queues/consume.ts'
import { ask, bindings } from '../support/api.ts'
import { openDesk } from '../support/desk.ts'
import type { Desk } from '../support/desk.ts'
import { fullStudio } from '../support/full-studio.ts'
import { addMember } from '../support/member.ts'
import { quiet } from '../support/quiet.ts'
import { allRows, holding } from '../support/rows.ts'
import { deliver, envelope, textBody, textMessage } from '../support/whatsapp.ts'

let a: Desk
let b: Desk
const { env } = quiet(bindings)

beforeEach(async () => {
  ;[a, b] = [await openDesk(), await openDesk()]
})

const call = (desk: Desk, method: string, path: string, body?: unknown) => ask(method, `/api/contacts${path}`, { token: desk.person.token, body, env })
const add = async (desk: Desk, body: Record<string, unknown>) => (await call(desk, 'POST', '', body)).body.data
const names = async (desk: Desk, query: string): Promise<string[]> => (await call(desk, 'GET', query)).body.data.map((row: any) => row.name)
/** Rows of the studio's search index that hold the word. */
const indexed = (studioId: string, word: string) => runInDurableObject(bindings.STUDIO_SEARCH.get(bindings.STUDIO_SEARCH.idFromName(studioId)), (_, { storage }) =>
  ['docs', 'words'].flatMap(table => storage.sql.exec(`select * from ${table}`).toArray().map(row => JSON.stringify(row)).filter(row => row.includes(word))))
const changesOf = (desk: Desk, kind: string) => desk.scope.db.all<{ subject: string; body: string }>(sql`select subject, body from (select * from changes where studio_id = ${sql.placeholder('studio')}) where kind = ${kind} order by seq`)

describe('adding and changing', () => {
  test('a person is added with a phone in one spelling, told, and belongs to one studio', async () => {
    const reply = await call(a, 'POST', '', { name: ' Ana Pérez ', phone: '0049 (30) 1234567', email: 'ANA@Example.org', notes: 'Salsa' })
    expect(reply.status).toBe(201)
    expect(reply.body.data).toMatchObject({ name: 'Ana Pérez', phone: '+49301234567', email: 'ana@example.org', source: 'manual', lead_status: 'NEW', lead_stage: 'new', lead_score: 0, lead_status_by_hand: null })
    const { id } = reply.body.data
    expect((await changesOf(a, 'contact.updated')).map(row => JSON.parse(row.body).contact.id)).toEqual([id])
    for (const [method, path, body] of [['GET', '', undefined], ['PUT', '', { name: 'x' }], ['PUT', '/status', { status: 'HOT', reason: 'x' }], ['DELETE', '', undefined]] as const) {
      const foreign = await call(b, method, `/${id}${path}`, body)
      const unknown = await call(b, method, `/${newId('contact')}${path}`, body)
      expect([method, foreign.status, foreign.body.error]).toEqual([method, 404, unknown.body.error])
    }
    expect((await call(a, 'GET', `/${id}`)).body.data).toMatchObject({ name: 'Ana Pérez', notes: 'Salsa', identities: [], score: null, history: [], conversations: [] })
    expect((await call(b, 'GET', '')).body.data).toEqual([])
  })

  test('W26 a second person with the same phone is refused with the first one\'s id, also in a race', async () => {
    const first = await add(a, { name: 'Ana', phone: '+5511987654321' })
    const second = await call(a, 'POST', '', { name: 'Anna', phone: '+55 11 8765-4321' })
    expect([second.status, second.body.error.details]).toEqual([409, { field: 'phone', contact_id: first.id }])
    const other = await add(a, { name: 'Bo' })
    expect((await call(a, 'PUT', `/${other.id}`, { phone: '+5511987654321' })).body.error.details).toEqual({ field: 'phone', contact_id: first.id })
    expect((await call(a, 'PUT', `/${first.id}`, { phone: '+5511987654321', name: 'Ana M' })).status).toBe(200)
    expect((await add(b, { name: 'Ana', phone: '+5511987654321' })).id).not.toBe(first.id)
    const raced = await Promise.all(Array.from({ length: 10 }, () => call(a, 'POST', '', { name: 'Cy', phone: '+4915112345678' })))
    expect(raced.map(reply => reply.status).sort()).toEqual([201, ...Array(9).fill(409)])
    expect((await call(a, 'POST', '', { name: 'D', phone: '12' })).body.error.details).toEqual({ field: 'phone' })
    expect((await call(a, 'POST', '', { name: 'D', phone: 'call me' })).body.error.details).toEqual({ field: 'phone' })
  })

  test('T15 nobody writes score, id or temperature through a patch', async () => {
    const { id } = await add(a, { name: 'Ana' })
    for (const field of ['lead_score', 'id', 'lead_status', 'studio_id', 'created_at']) expect((await call(a, 'PUT', `/${id}`, { [field]: 'x' })).body.error.details).toEqual({ field })
    const viewer = await addMember(bindings, a.person.studioId, 'viewer')
    expect((await ask('PUT', `/api/contacts/${id}`, { token: viewer.token, body: { name: 'x' } })).status).toBe(403)
    expect((await ask('DELETE', `/api/contacts/${id}`, { token: (await addMember(bindings, a.person.studioId, 'agent')).token })).status).toBe(403)
  })

  test('a stage moves with its history; lost wants a reason', async () => {
    const { id } = await add(a, { name: 'Ana' })
    expect((await call(a, 'PUT', `/${id}`, { lead_stage: 'contacted' })).body.data.lead_stage).toBe('contacted')
    expect((await call(a, 'PUT', `/${id}`, { lead_stage: 'lost' })).body.error.details).toEqual({ field: 'lost_reason' })
    expect((await call(a, 'PUT', `/${id}`, { lead_stage: 'won', lost_reason: 'x' })).body.error.details).toEqual({ field: 'lost_reason' })
    await call(a, 'PUT', `/${id}`, { lead_stage: 'lost', lost_reason: 'moved away' })
    await call(a, 'PUT', `/${id}`, { lead_stage: 'lost', name: 'Ana B' })
    const { history } = (await call(a, 'GET', `/${id}`)).body.data
    expect(history).toMatchObject([{ what: 'stage', from: 'contacted', to: 'lost', why: 'moved away', by: 'Pat' }, { what: 'stage', from: 'new', to: 'contacted' }])
  })

  test('a temperature set by hand stays until it is cleared, then follows the score', async () => {
    const { id } = await add(a, { name: 'Ana' })
    const database = bindings[`SHARD_${a.scope.studio.shard}`] as D1Database
    await database.prepare('update contacts set lead_score = 65 where studio_id = ? and id = ?').bind(a.person.studioId, id).run()
    expect((await call(a, 'PUT', `/${id}/status`, { status: 'HOT' })).status).toBe(422)
    expect((await call(a, 'PUT', `/${id}/status`, { status: 'HOT', reason: 'called us' })).body.data).toMatchObject({ lead_status: 'HOT', lead_status_by_hand: { status: 'HOT', reason: 'called us' } })
    expect((await call(a, 'PUT', `/${id}/status`, { status: null })).body.data).toMatchObject({ lead_status: 'WARM', lead_status_by_hand: null })
    expect((await call(a, 'GET', `/${id}`)).body.data.history.map((row: any) => [row.from, row.to, row.why])).toEqual([['HOT', 'WARM', 'follows the score again (65)'], ['NEW', 'HOT', 'called us']])
  })
})

describe('the list', () => {
  test('finds by the start of a word, digits of a phone and e-mail, without wildcards', async () => {
    await add(a, { name: 'Ana Pérez', phone: '+4915112345678', email: 'ana@tanz.example' })
    await add(a, { name: 'Bo_100%' })
    await add(b, { name: 'Ana Foreign' })
    expect(await names(a, '?q=pér')).toEqual(['Ana Pérez'])
    expect(await names(a, '?q=ANA')).toEqual(['Ana Pérez'])
    expect(await names(a, '?q=0151%20123')).toEqual([])
    expect(await names(a, '?q=151%20123')).toEqual(['Ana Pérez'])
    expect(await names(a, '?q=ana@t')).toEqual(['Ana Pérez'])
    expect(await names(a, '?q=%25')).toEqual([])
    expect(await names(a, '?q=nobody')).toEqual([])
    expect((await call(a, 'GET', `?q=${'x'.repeat(201)}`)).status).toBe(422)
    expect((await call(a, 'GET', `?q=${encodeURIComponent("' or 1=1; --")}`)).body.data).toEqual([])
  })

  test('T8 pages through every order without gaps, and refuses a cursor of another studio or filter', async () => {
    for (const name of ['carla', 'Ana', 'bob', 'Dan', 'eve']) await add(a, { name })
    for (const sort of ['created_at', 'name', 'score']) {
      const seen: string[] = []
      for (let cursor = ''; ;) {
        const page = await call(a, 'GET', `?sort=${sort}&per_page=2${cursor}`)
        seen.push(...page.body.data.map((row: any) => row.name))
        const { next_cursor: next, total } = page.body.pagination as { next_cursor: string | null; total: number }
        expect(total).toBe(5)
        if (next === null) break
        cursor = `&cursor=${next}`
      }
      expect([...seen].sort()).toEqual(['Ana', 'Dan', 'bob', 'carla', 'eve'])
      if (sort === 'name') expect(seen).toEqual(['Ana', 'bob', 'carla', 'Dan', 'eve'])
    }
    const { next_cursor: mine } = (await call(a, 'GET', '?per_page=2')).body.pagination as { next_cursor: string }
    expect((await call(b, 'GET', `?per_page=2&cursor=${mine}`)).status).toBe(400)
    expect((await call(a, 'GET', `?per_page=2&sort=name&cursor=${mine}`)).status).toBe(400)
    expect((await call(a, 'GET', '?sort=created_at;drop')).status).toBe(422)
    expect(await names(a, '?stage=won')).toEqual([])
  })
})

describe('erasing', () => {
  test('A5 leaves nothing of the person anywhere, touches nobody else, and a redelivery brings nothing back', async () => {
    const [mine, other] = [await fullStudio(env), await fullStudio(env)]
    const token = mine.owner.token
    const from = '16505557788'
    const word = `secret${crypto.randomUUID().slice(0, 8)}`
    const body = textBody(mine.number, `wamid.${word}`, from, `My word is ${word}`, `Person ${word}`)
    expect((await deliver(env, mine.number, body)).status).toBe(200)
    const conversation = (await ask('GET', `/api/conversations?per_page=100`, { token, env })).body.data.find((row: any) => row.contact.name.includes(word))
    const contact = conversation.contact.id
    const [noted, unsent] = [{ contact: { full_name: `Person ${word}`, phone_number: from }, action: 'add', type: 'contact', metadata: { timestamp: '1795161600' } }, { id: `wamid.odd${crypto.randomUUID()}`, type: 'text', text: { body: `odd ${word} ${from}` } }]
    expect((await deliver(env, mine.number, envelope(mine.number, { state_sync: [noted] }, 'smb_app_state_sync'))).status).toBe(200)
    expect((await deliver(env, mine.number, envelope(mine.number, { messages: [unsent] }))).status).toBe(200)
    expect((await ask('GET', `/api/search?q=${word}`, { token, env })).body.data.messages).not.toEqual([])
    expect(await indexed(mine.id, word)).not.toEqual([])
    const sent = await ask('POST', `/api/conversations/${conversation.id}/messages`, { token, env, body: { content: `Hello ${word}` }, headers: { 'idempotency-key': word } })
    expect(sent.status).toBe(201)
    await ask('PUT', `/api/contacts/${contact}`, { token, env, body: { notes: `notes ${word}`, lead_stage: 'lost', lost_reason: `because ${word}` } })
    const person = holding([word, from])
    expect(Object.keys(await allRows(env, person)).length).toBeGreaterThan(4)
    const others = await allRows(env, holding([other.id, other.word]))
    expect((await ask('DELETE', `/api/contacts/${contact}`, { token, env })).status).toBe(200)
    expect(await runJob(env, { v: 1, studio: mine.id, job: `contact.scrub:${contact}` })).toBe(true)
    // The provider's id of the message stays, so that the same delivery is known; in this test it holds the word.
    expect(await indexed(mine.id, word)).toEqual([])
    const left = await allRows(env, row => person(row.replaceAll(`wamid.${word}`, '')))
    expect(left).toEqual({})
    expect(await allRows(env, holding([other.id, other.word]))).toEqual(others)
    expect((await ask('GET', `/api/contacts/${contact}`, { token, env })).status).toBe(404)
    expect((await ask('DELETE', `/api/contacts/${contact}`, { token, env })).status).toBe(404)
    expect((await ask('GET', `/api/conversations/${conversation.id}`, { token, env })).status).toBe(404)
    // The same bytes, and the same message in other bytes.
    for (const again of [body, body.replace('{', '{ ')]) expect((await deliver(env, mine.number, again)).status).toBe(200)
    expect(await allRows(env, row => person(row.replaceAll(`wamid.${word}`, '')))).toEqual({})
    expect((await ask('GET', `/api/conversations?per_page=100&status=all`, { token, env })).body.data.some((row: any) => row.contact.name.includes(word))).toBe(false)
  })

  test('a large body that comes again after an erasure is not put again', async () => {
    const { id: studio, number, owner } = await fullStudio(env)
    const name = `Person ${crypto.randomUUID()}`
    const one = (from: number, count: number) => envelope(number, { contacts: [{ profile: { name }, wa_id: '16505557799' }], messages: Array.from({ length: count }, (_, i) => textMessage(`wamid.large${from + i}`, '16505557799', 'x'.repeat(count > 50 ? 10 : 10_000), 1_795_000_000_000)) })
    const bodies = [one(0, 30), one(100, 60)]
    const stored = async () => (await bindings.MEDIA.list({ prefix: `studio/${studio}/receipts/` })).objects.length
    for (const body of bodies) expect((await deliver(env, number, body)).status).toBe(200)
    expect(await stored()).toBe(2)
    const contact = (await ask('GET', '/api/conversations', { token: owner.token, env })).body.data.find((row: any) => row.contact.name === name).contact.id
    expect((await ask('DELETE', `/api/contacts/${contact}`, { token: owner.token, env })).status).toBe(200)
    expect(await runJob(env, { v: 1, studio, job: `contact.scrub:${contact}` })).toBe(true)
    expect(await stored()).toBe(0)
    for (const body of bodies) expect((await deliver(env, number, body)).status).toBe(200)
    expect(await stored()).toBe(0)
  })

  test('raw bodies of many pages are read a page a run, those kept apart too, and under the other spellings of the phone', async () => {
    const made = await add(a, { name: 'Bia', phone: '+5511987654321' })
    const rowsOf = (from: number, to: number, body: string) => a.scope.db.commit([insertSelect(receipts, { id: sql`'rcp_' || printf('%04d', v.value)`, accountId: 'int_x', receivedAt: 1, body, r2Key: null }, sql`from json_each(${JSON.stringify(Array.from({ length: to - from }, (_, i) => from + i))}) v where true`)])
    await rowsOf(0, 450, '{"from":"4915100000"}')
    await rowsOf(450, 452, '{"from":"551187654321"}')
    await bindings.MEDIA.put('test/large', '{"from":"551187654321"}')
    await a.scope.db.commit([insertSelect(receipts, { id: 'rcp_0210x', accountId: 'int_x', receivedAt: 1, body: null, r2Key: 'test/large' }, sql`where true`)])
    expect((await call(a, 'DELETE', `/${made.id}`)).status).toBe(200)
    let runs = 0
    while (runs < 10 && await runJob(env, { v: 1, studio: a.person.studioId, job: `contact.scrub:${made.id}` })) runs += 1
    expect(runs).toBe(3)
    expect(await a.scope.db.all(sql`select id from ${own(receipts)} where body is null order by id`)).toEqual([{ id: 'rcp_0210x' }, { id: 'rcp_0450' }, { id: 'rcp_0451' }])
    expect(await bindings.MEDIA.head('test/large')).toBeNull()
    expect(await a.scope.db.all(sql`select payload, state from ${own(jobs)} where id = ${`contact.scrub:${made.id}`}`)).toEqual([{ payload: '{}', state: 'done' }])
  })

  test('the log keeps that it happened and who did it; a new word from the same phone begins anew', async () => {
    const heard = await a.hear('+16505551234', 'first')
    expect((await call(a, 'DELETE', `/${heard.contact}`)).status).toBe(200)
    const told = await changesOf(a, 'contact.erased')
    expect(told.map(row => JSON.parse(row.body))).toEqual([{ contact_id: heard.contact }])
    expect((await changesOf(a, 'message.created')).map(row => row.body)).toEqual([null])
    const again = await a.hear('+16505551234', 'second')
    expect(again.contact).not.toBe(heard.contact)
    expect(again.conversation).not.toBe(heard.conversation)
    expect(await a.scope.db.all(sql`select id from ${own(identities)}`)).toHaveLength(1)
    expect(await a.scope.db.all(sql`select id from ${own(messages)} where content <> ''`)).toHaveLength(1)
    expect(await a.scope.db.all(sql`select id from ${own(contacts)} where erased_at is null`)).toHaveLength(1)
  })
})
