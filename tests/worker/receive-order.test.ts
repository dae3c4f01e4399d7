// What one body can hold at once: acts on one message in any order, a person under two spellings or a new number, groups, and more than a row can.
import { env } from 'cloudflare:test'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { InboundEvent, MessageEvent, Party } from '../../src/contract/channel.ts'
import { openStudio } from '../../src/db/open-studio.ts'
import type { Scope } from '../../src/db/open-studio.ts'
import { insert } from '../../src/db/statement.ts'
import { contacts } from '../../src/domain/contacts/contacts.sql.ts'
import { conversations } from '../../src/domain/conversations/conversations.sql.ts'
import { messages, parkedStatuses } from '../../src/domain/messages/messages.sql.ts'
import { receive } from '../../src/domain/messages/receive.ts'
import { sent } from '../../src/domain/messages/send-outcome.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { runJob } from '../../src/queues/consume.ts'
import { quiet } from '../support/quiet.ts'
import { makeStudio } from '../support/studio.ts'

const bindings = quiet(env as unknown as Bindings).env
const account = { account: 'int_a', channel: 'whatsapp' as const }
const phone = '+16505551234'
let a: Scope
let n = 0

beforeEach(async () => {
  a = await openStudio(bindings, await makeStudio(bindings), { kind: 'system' })
})

const partyOf = (from = phone): Party => ({ keys: [`phone:${from}`], name: 'Ana', phone: from })
function text(externalId: string, more: Partial<MessageEvent> = {}): MessageEvent {
  return { kind: 'message', externalId, at: Date.now() - 60_000, party: partyOf(), direction: 'inbound', origin: 'live', type: 'text', content: 'hi', attachments: [], raw: null, ...more }
}
const edit = (content: string, at: number, target = 'wamid.1'): InboundEvent => ({ kind: 'edit', externalId: `e${at}`, at, party: partyOf(), target, content, raw: null })
const revoke = (at: number, target = 'wamid.1'): InboundEvent => ({ kind: 'revoke', externalId: `d${at}`, at, party: partyOf(), target, raw: null })
const take = (events: InboundEvent[]) => receive(a, account, events, { id: `rcp_${n += 1}`, raw: '{}', r2Key: null })
const first = async () => (await a.db.select(messages, { where: eq(messages.externalId, 'wamid.1') }))[0]
const t = Date.now() - 30_000

test.each([['first', [revoke(t + 20), edit('late', t + 10)]], ['last', [edit('late', t + 30), revoke(t + 20)]]])('a revocation that stands %s in its body wins over the edits beside it', async (_, acts) => {
  await take([text('wamid.1')])
  await take(acts)
  expect(await first()).toMatchObject({ content: '', deletedAt: expect.any(Number) })
})

test('the newest of two edits in one body counts, in either order', async () => {
  await take([text('wamid.1')])
  await take([edit('newest', t + 20), edit('older', t + 10)])
  expect((await first())?.content).toBe('newest')
  await take([edit('third', t + 30), edit('fourth', t + 40)])
  expect((await first())?.content).toBe('fourth')
})

test('edits that come before their message wait, and the newest counts', async () => {
  await take([edit('newest', t + 20)])
  await take([edit('older', t + 10)])
  await take([text('wamid.1')])
  await a.db.commit([{ kind: 'plain', sql: sql`update jobs set run_at = 1 where studio_id = ${sql.placeholder('studio')} and kind = 'unpark'` }])
  expect(await runJob(bindings, { v: 1, studio: a.studio.id, job: 'unpark:int_a|wamid.1' })).toBe(true)
  expect((await first())?.content).toBe('newest')
  expect(await a.db.select(parkedStatuses)).toEqual([])
})

test('a status that waits for its message is looked at as soon as the echo comes', async () => {
  await take([{ kind: 'status', at: t, externalId: 'wamid.1', status: 'read', raw: null }])
  await a.db.commit([{ kind: 'plain', sql: sql`update jobs set run_at = ${a.now + 3_600_000} where studio_id = ${sql.placeholder('studio')} and kind = 'unpark'` }])
  a.db.takeRelay()
  await take([text('wamid.1', { direction: 'outbound', origin: 'echo' })])
  expect(a.db.takeRelay().jobs).toContainEqual({ id: 'unpark:int_a|wamid.1', queue: 'chores', run_at: expect.any(Number) })
  a.now = Date.now()
  expect(await runJob(bindings, { v: 1, studio: a.studio.id, job: 'unpark:int_a|wamid.1' })).toBe(true)
  expect((await first())?.status).toBe('read')
})

test('a status that waits for what we sent is looked at as soon as the provider has named it', async () => {
  await take([text('wamid.in')])
  const [talk] = await a.db.select(conversations)
  await take([{ kind: 'status', at: t, externalId: 'wamid.1', status: 'read', raw: null }])
  await a.db.commit([
    { kind: 'plain', sql: sql`update jobs set run_at = ${a.now + 3_600_000} where studio_id = ${sql.placeholder('studio')} and kind = 'unpark'` },
    insert(messages, { id: 'msg_1', conversationId: talk?.id ?? '', accountId: 'int_a', seq: 2, direction: 'outbound', origin: 'live', type: 'text', content: 'ours', channel: 'whatsapp', status: 'sending', authorKind: 'member', sentAt: a.now, createdAt: a.now }),
  ])
  const message = await a.db.get(messages, eq(messages.id, 'msg_1'))
  a.db.takeRelay()
  await sent(a, { id: 'send:msg_1', kind: 'send', queue: 'sends', subject: 'msg_1', payload: '{}', attempts: 1, run_at: 0, lease_token: 'x' }, message!, { outcome: 'sent', externalId: 'wamid.1' })
  expect(a.db.takeRelay().jobs).toContainEqual({ id: 'unpark:int_a|wamid.1', queue: 'chores', run_at: expect.any(Number) })
  a.now = Date.now()
  expect(await runJob(bindings, { v: 1, studio: a.studio.id, job: 'unpark:int_a|wamid.1' })).toBe(true)
  expect((await first())?.status).toBe('read')
})

test.each([['+551187654321', '+5511987654321'], ['+5215512345678', '+525512345678'], ['+541112345678', '+5491112345678']])('a person the messenger calls %s is the contact that a member wrote down as %s', async (given, stored) => {
  await a.db.commit([insert(contacts, { id: 'ctc_1', name: 'Bia', phone: stored, source: 'manual', createdAt: a.now, updatedAt: a.now })])
  await take([text('wamid.1', { party: partyOf(given) })])
  expect(await a.db.select(contacts)).toMatchObject([{ id: 'ctc_1', name: 'Bia', phone: stored }])
})

test('a new contact carries the spelling in force', async () => {
  await take([text('wamid.1', { party: { keys: ['phone:+5511987654321'], phone: '+551187654321' } })])
  expect(await a.db.select(contacts)).toMatchObject([{ name: '+5511987654321', phone: '+5511987654321' }])
})

test('a changed number is taken over once, unless a member has written another', async () => {
  const moved = (from: string, to: string): InboundEvent => ({ kind: 'identity', externalId: `moved${from}${to}`, at: t, before: partyOf(from), after: { keys: [`phone:${to}`], phone: to }, content: 'Their phone number changed', raw: null })
  await take([text('wamid.1')])
  await take([moved(phone, '+16505550001')])
  expect(await a.db.select(contacts)).toMatchObject([{ phone: '+16505550001' }])
  await take([moved('+16505550001', phone)])
  await take([moved(phone, '+16505550001')])
  expect(await a.db.select(contacts)).toMatchObject([{ phone }])
  await a.db.commit([{ kind: 'plain', sql: sql`update contacts set phone = '+4930123456' where studio_id = ${sql.placeholder('studio')}` }])
  await take([moved(phone, '+16505550002')])
  expect(await a.db.select(contacts)).toMatchObject([{ phone: '+4930123456' }])
})

test('what is said in a group is shown, but opens no window and asks for no answer', async () => {
  await take([text('wamid.1', { origin: 'standby', details: { group_id: 'g1' } })])
  expect(a.db.takeRelay().jobs).toEqual([])
  expect(await a.db.select(conversations)).toMatchObject([{ lastInboundAt: null, lastInboundSeq: 0, waitingSince: null, preview: 'hi' }])
})

test('a body of forty longest texts goes in whole, and again writes nothing', async () => {
  const events = Array.from({ length: 40 }, (_, i) => text(`wamid.${i}`, { content: 'ü'.repeat(64_000), details: { order: 'x'.repeat(900_000), kept: 1 } }))
  expect(await take(events)).toEqual({ stored: 40, known: 0 })
  expect(await take(events)).toEqual({ stored: 0, known: 40 })
  const [row] = await a.db.select(messages, { limit: 1 })
  expect(JSON.parse(row?.details ?? '')).toEqual({ kept: 1, cut: true })
}, 30_000)
