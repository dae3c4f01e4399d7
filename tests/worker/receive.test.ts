// Storing what a channel delivers: once, in order, under one person and one conversation.
import { env } from 'cloudflare:test'
import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { InboundEvent, MessageEvent } from '../../src/contract/channel.ts'
import { openStudio } from '../../src/db/open-studio.ts'
import type { Scope } from '../../src/db/open-studio.ts'
import { own } from '../../src/db/statement.ts'
import { contacts, identities } from '../../src/domain/contacts/contacts.sql.ts'
import { conversations } from '../../src/domain/conversations/conversations.sql.ts'
import { messages } from '../../src/domain/messages/messages.sql.ts'
import { receive } from '../../src/domain/messages/receive.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { makeStudio } from '../support/studio.ts'

const bindings = env as unknown as Bindings
const account = { account: 'int_a', channel: 'whatsapp' as const }
let a: Scope
let b: Scope
let n = 0

beforeEach(async () => {
  a = await openStudio(bindings, await makeStudio(bindings), { kind: 'system' })
  b = await openStudio(bindings, await makeStudio(bindings), { kind: 'system' })
})

function text(externalId: string, from = '+16505551234', content = 'Hola ¿qué tal?'): MessageEvent {
  return { kind: 'message', externalId, at: Date.now() - 1000, party: { keys: [`phone:${from}`], name: 'Ana', phone: from }, direction: 'inbound', origin: 'live', type: 'text', content, attachments: [], raw: null }
}
const take = (scope: Scope, events: InboundEvent[]) => receive(scope, account, events, { id: `rcp_${n += 1}`, raw: '{}', r2Key: null })
const rows = <T>(scope: Scope, table: Parameters<typeof own>[0]) => scope.db.all<T>(sql`select * from ${own(table)}`)

test('a first message makes contact, conversation, message, job and one change with its body', async () => {
  expect(await take(a, [text('wamid.1')])).toEqual({ stored: 1, known: 0 })
  const { changes, jobs } = a.db.takeRelay()
  expect(changes).toHaveLength(1)
  expect(changes[0]).toMatchObject({ seq: 1, kind: 'message.created', actor: 'contact' })
  const body = JSON.parse(changes[0]?.body ?? '')
  expect(body.message).toMatchObject({ content: 'Hola ¿qué tal?', direction: 'inbound', status: 'received', seq: 1, attachments: [], reactions: [], reply_to: null, author: { kind: 'contact', name: 'Ana' } })
  expect(body.conversation).toMatchObject({ contact: { name: 'Ana', phone: '+16505551234', lead_status: 'NEW' }, last_seq: 1, last_inbound_seq: 1, status: 'open', labels: [], preview: 'Hola ¿qué tal?' })
  expect(body.conversation.window_ends_at).toMatch(/Z$/)
  expect(jobs.map(job => job.id)).toEqual([`think:${body.conversation.id}`])
})

test('W13 W14 a redelivered message writes nothing and takes no number, from the short and from the full form', async () => {
  await take(a, [text('wamid.1')])
  await take(a, [text('wamid.1')])
  await take(a, [text('wamid.1'), text('wamid.2')])
  await Promise.all(Array.from({ length: 20 }, () => take(a, [text('wamid.3')])))
  expect((await rows<{ seq: number }>(a, messages)).map(row => row.seq).sort()).toEqual([1, 2, 3])
  expect(await rows(a, contacts)).toHaveLength(1)
  expect(await rows(a, conversations)).toHaveLength(1)
})

test('W17 an album of ten from a new person in parallel is one contact, one conversation, ten messages', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, i) => take(a, [text(`wamid.album${i}`, '+16505550000')])))
  expect(await rows(a, contacts)).toHaveLength(1)
  expect(await rows(a, conversations)).toHaveLength(1)
  expect(await rows(a, messages)).toHaveLength(10)
})

test('W18 a thousand events of many people go in as one batch with dense numbers', async () => {
  const events = Array.from({ length: 1000 }, (_, i) => text(`wamid.bulk${i}`, `+1650555${1000 + (i % 37)}`))
  expect((await take(a, events)).stored).toBe(1000)
  const seqs = (await rows<{ seq: number }>(a, messages)).map(row => row.seq).sort((x, y) => x - y)
  expect(seqs).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1))
  expect(await rows(a, contacts)).toHaveLength(37)
})

test('T11 the same provider id in two studios is two messages', async () => {
  await take(a, [text('wamid.same')])
  await take(b, [text('wamid.same')])
  expect(await rows(a, messages)).toHaveLength(1)
  expect(await rows(b, messages)).toHaveLength(1)
})

test('a person known by user id and later by phone stays one person', async () => {
  await take(a, [{ ...text('wamid.1'), party: { keys: ['bsuid:US.1'], username: 'ana' } }])
  await take(a, [{ ...text('wamid.2'), party: { keys: ['bsuid:US.1', 'phone:+16505551234'], phone: '+16505551234', name: 'Ana R' } }])
  await take(a, [text('wamid.3')])
  const people = await rows<{ phone: string; name: string }>(a, contacts)
  expect(people).toHaveLength(1)
  expect(people[0]).toMatchObject({ phone: '+16505551234', name: 'Ana R' })
  expect(await rows(a, identities)).toHaveLength(2)
  expect(await rows(a, conversations)).toHaveLength(1)
})

test('W16 statuses move forward only, a failure after delivery is kept beside it, an early status waits', async () => {
  await take(a, [{ ...text('wamid.out'), direction: 'outbound', origin: 'echo' }])
  const status = (status: 'sent' | 'delivered' | 'read' | 'failed', externalId = 'wamid.out'): InboundEvent => ({ kind: 'status', at: Date.now(), externalId, status, raw: null, error: status === 'failed' ? { code: '131049', reason: 'x', verdict: 'reject', next: 'y' } : undefined })
  await take(a, [status('read')])
  await take(a, [status('sent'), status('delivered')])
  expect((await rows<{ status: string }>(a, messages))[0]?.status).toBe('read')
  await take(a, [status('failed')])
  expect((await rows<{ status: string; error: string }>(a, messages))[0]).toMatchObject({ status: 'read', error: expect.stringContaining('131049') })
  a.db.takeRelay()
  await take(a, [status('read')])
  expect(a.db.takeRelay().changes).toEqual([])
  await take(a, [status('delivered', 'wamid.unknown')])
  expect(a.db.takeRelay().jobs.map(job => job.id)).toEqual(['unpark:int_a|wamid.unknown'])
})

test('reactions, edits and revocations change the message once', async () => {
  await take(a, [text('wamid.1')])
  a.db.takeRelay()
  const reaction = (emoji: string, at: number): InboundEvent => ({ kind: 'reaction', externalId: `r${at}`, at, party: text('x').party, direction: 'inbound', target: 'wamid.1', emoji, raw: null })
  const t = Date.now() - 5000
  await take(a, [reaction('❤️', t)])
  await take(a, [reaction('❤️', t)])
  expect(a.db.takeRelay().changes.map(change => JSON.parse(change.body ?? '').message.reactions)).toEqual([[{ by: 'contact', emoji: '❤️' }]])
  await take(a, [reaction('', t + 1)])
  await take(a, [reaction('👍', t - 1)])
  expect(a.db.takeRelay().changes.map(change => JSON.parse(change.body ?? '').message.reactions)).toEqual([[]])
  await take(a, [{ kind: 'edit', externalId: 'e', at: t + 2, party: text('x').party, target: 'wamid.1', content: 'edited', raw: null }])
  await take(a, [{ kind: 'revoke', externalId: 'd', at: t + 3, party: text('x').party, target: 'wamid.1', raw: null }])
  await take(a, [{ kind: 'edit', externalId: 'e2', at: t + 4, party: text('x').party, target: 'wamid.1', content: 'again', raw: null }])
  const told = a.db.takeRelay().changes.map(change => JSON.parse(change.body ?? '').message)
  expect(told.map(message => message.content)).toEqual(['edited', ''])
  expect(told[1].deleted_at).not.toBeNull()
})

test('the change log refuses edits and deletions', async () => {
  await take(a, [text('wamid.1')])
  const database = bindings[`SHARD_${a.studio.shard}`] as D1Database
  await expect(database.prepare('update changes set kind = ? where studio_id = ?').bind('x', a.studio.id).run()).rejects.toThrow(/append-only/)
  await expect(database.prepare('delete from changes where studio_id = ?').bind(a.studio.id).run()).rejects.toThrow(/append-only/)
})
