// Group commit: many bodies at once are few batches, and trouble with one is nobody else's.
import { env } from 'cloudflare:test'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { MessageEvent } from '../../src/contract/channel.ts'
import { openStudio } from '../../src/db/open-studio.ts'
import type { Scope } from '../../src/db/open-studio.ts'
import { own } from '../../src/db/statement.ts'
import { messages, receipts } from '../../src/domain/messages/messages.sql.ts'
import { receiveTogether } from '../../src/domain/messages/receive-together.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { makeStudio } from '../support/studio.ts'

const bindings = env as unknown as Bindings
const from = { account: 'int_group', channel: 'whatsapp' as const }
const text = (n: number): MessageEvent => ({ kind: 'message', externalId: `wamid.g${n}`, at: Date.now() - 1000, party: { keys: [`phone:+1650555${1000 + (n % 7)}`], phone: `+1650555${1000 + (n % 7)}` }, direction: 'inbound', origin: 'live', type: 'text', content: `nr ${n}`, attachments: [], raw: null })
const rows = (scope: Scope, table: Parameters<typeof own>[0]) => scope.db.all<{ seq: number }>(sql`select * from ${own(table)}`)

test('fifty bodies at once are stored once each, with their receipts, in far fewer batches', async () => {
  const studio = await makeStudio(bindings)
  let commits = 0
  const scopes = await Promise.all(Array.from({ length: 50 }, () => openStudio(bindings, studio, { kind: 'contact' })))
  for (const scope of scopes) {
    const commit = scope.db.commit.bind(scope.db)
    scope.db.commit = writes => {
      commits += 1
      return commit(writes)
    }
  }
  await Promise.all(scopes.map((scope, n) => receiveTogether(scope, from, [text(n)], { id: `rcp_g${n}`, raw: `body ${n}`, r2Key: null })))
  const [first] = scopes
  if (first === undefined) throw new Error('no scope')
  expect((await rows(first, messages)).map(row => row.seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
  expect(await rows(first, receipts)).toHaveLength(50)
  expect(commits).toBeLessThan(10)
  // What one request committed for all, it relays for all.
  expect(scopes.flatMap(scope => scope.db.takeRelay().changes)).toHaveLength(50)
})

test('a group that cannot be stored falls apart: every body is tried by itself', async () => {
  const scope = await openStudio(bindings, await makeStudio(bindings), { kind: 'contact' })
  const commit = scope.db.commit.bind(scope.db)
  scope.db.commit = async writes => {
    const events = String(writes.find(write => write.values?.events !== undefined)?.values?.events ?? '[]')
    if ((JSON.parse(events) as unknown[]).length > 1) throw new Error('the group is too much')
    return commit(writes)
  }
  await Promise.all(Array.from({ length: 6 }, (_, n) => receiveTogether(scope, from, [text(100 + n)], { id: `rcp_h${n}`, raw: 'x', r2Key: null })))
  expect(await rows(scope, messages)).toHaveLength(6)
})

test('a leader that never comes back holds nobody up for longer than its followers wait', async () => {
  const studio = await makeStudio(bindings)
  const [lost, scope] = await Promise.all([openStudio(bindings, studio, { kind: 'contact' }), openStudio(bindings, studio, { kind: 'contact' })])
  lost.db.commit = () => new Promise(() => undefined)
  void receiveTogether(lost, from, [text(200)], { id: 'rcp_i', raw: 'x', r2Key: null })
  await receiveTogether(scope, from, [text(201)], { id: 'rcp_j', raw: 'x', r2Key: null })
  const start = Date.now()
  await receiveTogether(scope, from, [text(202)], { id: 'rcp_k', raw: 'x', r2Key: null })
  expect(Date.now() - start).toBeLessThan(350)
  expect(await rows(scope, messages)).toHaveLength(2)
})
