// F43: one shard goes back to its backup; what providers deliver again fills the gap, browsers notice, nothing is doubled.
import { afterAll, expect, test } from 'vitest'
import { backup } from '../../scripts/backup.ts'
import { restore } from '../../scripts/restore.ts'
import { DatabaseSync } from 'node:sqlite'
import { databaseFiles } from '../../scripts/state-files.ts'
import { differences } from '../support/fresh.node.ts'
import { checkInvariants } from '../support/invariants.node.ts'
import { LiveClient } from '../support/live.node.ts'
import type { Told } from '../support/load.node.ts'
import { builtCopy, freePort, makeProduct, temporaryFolder, until } from '../support/product.node.ts'
import { startSimulator } from '../support/simulator.node.ts'
import { call, callAll, openDesk, postWebhook, webhookBody } from '../support/studio.node.ts'
import type { Said } from '../support/studio.node.ts'

const ends: (() => Promise<void> | void)[] = []
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

const customers = ['4915200000001', '4915200000002', '4915200000003']

test('F43 a shard restored to its backup is filled by redelivered webhooks, and its neighbour never notices', { timeout: 180_000 }, async () => {
  const folder = temporaryFolder('restore')
  const port = await freePort()
  const simulator = await startSimulator(folder.path, `http://127.0.0.1:${port}`)
  const product = makeProduct({ port, state: `${folder.path}/state`, dist: await builtCopy(folder.path), flags: ['--no-simulator'], env: { ...simulator.env, SEND_SILENCE_MS: '2000', LONGEST_LEASE_MS: '18000' } })
  ends.push(() => folder.clean(), () => simulator.stop(), () => product.kill())
  await product.start()
  const told: Told[] = [await openDesk(product, simulator, 'ada'), await openDesk(product, simulator, 'bob')].map(desk => ({ desk, messages: new Map(), replies: new Map() }))
  const [ada, bob] = told as [Told, Told]
  for (const { desk } of told) for (const customer of customers) await simulator.control('POST', `whatsapp/${desk.phoneNumberId}/chat/${customer}/window`, { open: true })
  const clients = told.map(({ desk }) => new LiveClient(product, desk))
  ends.push(() => clients.forEach(client => client.close()))
  await until(() => clients.every(client => client.snapshots > 0), 20_000, 'the live lines')

  const hear = async (one: Told, said: Said): Promise<void> => {
    await until(() => postWebhook(one.desk, webhookBody(one.desk, [said], Date.now())), 20_000, 'an acknowledged webhook')
    one.messages.set(said.wamid, said)
  }
  const news = (one: Told, i: number): Said => ({ wamid: `wamid.${one.desk.studioId}.${i}`, from: customers[i % 3] ?? '', name: `Customer ${i % 3}`, text: `Hello ${one.desk.studioId}.${i}` })
  const reply = async (one: Told, id: string, sendAt?: string): Promise<void> => {
    const [first] = await callAll<{ id: string }>(product, '/api/conversations?status=all', one.desk.token)
    const conversation = first?.id ?? ''
    await call(product, 'POST', `/api/conversations/${conversation}/messages`, { token: one.desk.token, body: { id, content: `Reply ${id}`, ...(sendAt === undefined ? {} : { send_at: sendAt }) } })
    one.replies.set(id, { id, conversation, text: `Reply ${id}` })
  }
  const statusOf = async (id: string): Promise<string | undefined> => (await call<{ id: string; status: string }[]>(product, 'GET', `/api/conversations/${ada.replies.get(id)?.conversation}/messages?limit=100`, { token: ada.desk.token })).data.find(message => message.id === id)?.status
  const accepted = async (id: string): Promise<boolean> => (await simulator.sends('whatsapp')).by_tag[id] === 1

  for (const one of told) for (let i = 0; i < 15; i += 1) await hear(one, news(one, i))
  const [sent, planned] = ['msg_before00000000000001', 'msg_planned0000000000002']
  await reply(ada, sent)
  await until(() => accepted(sent), 20_000, 'the first reply')
  await until(async () => (await call<unknown[]>(product, 'GET', '/api/jobs?state=due&kind=mail.send', { token: ada.desk.token })).data.length === 0, 20_000, 'the mails')
  // Still planned in the backup, long gone out when it is restored: the trap of every restore.
  await reply(ada, planned, new Date(Date.now() + 8_000).toISOString())
  backup(product.state, `${folder.path}/backup`)
  expect(() => backup(product.state, `${folder.path}/backup`)).toThrow('exists')
  await until(() => accepted(planned), 30_000, 'the planned reply')
  // Its statuses are acknowledged too: nobody will tell them again.
  await until(async () => (await statusOf(planned)) === 'delivered', 20_000, 'its delivery')

  const later = [ada, bob].flatMap(one => Array.from({ length: 15 }, (_, i) => ({ one, said: news(one, 100 + i) })))
  for (const { one, said } of later) await hear(one, said)
  await until(async () => (await Promise.all(told.map(({ desk }, i) => differences(product, desk, clients[i] as LiveClient, { threads: true })))).flat().length === 0, 20_000, 'the clients')
  const epochs = clients.map(client => client.line.epoch)
  const seqBefore = clients[0]?.line.seq ?? 0
  await product.stop()

  const shard = homeOf(product.state, ada.desk.studioId)
  expect(shard).not.toBe(homeOf(product.state, bob.desk.studioId))
  const begun = Date.now()
  const [result] = restore(product.state, `${folder.path}/backup`, shard)
  expect(result).toMatchObject({ shard, studios: 1, madeAgain: 0, disconnected: 0, inDoubt: 1 })
  expect(checkInvariants(product.state, [ada], { total: 0, by_tag: {}, doubles: {} }).broken.filter(line => line.startsWith('I1')).length).toBe(15)
  await product.start()
  console.log(`restored and ready in ${Date.now() - begun} ms`)
  await until(() => clients[0]?.line.epoch !== epochs[0] && clients[0]?.line.seq !== undefined && clients[0].line.seq < seqBefore, 20_000, 'a snapshot for the restored studio')

  // Meta delivers what it holds unacknowledged for seven days; here all of it comes, some twice, on both shards.
  for (const { one, said } of later) await hear(one, said)
  for (const { one, said } of later.slice(0, 8)) await hear(one, said)
  await until(async () => (await Promise.all(told.map(({ desk }) => call<unknown[]>(product, 'GET', '/api/jobs?state=due&kind=send', { token: desk.token })))).every(page => page.data.length === 0), 40_000, 'the sends')
  await until(async () => (await call<unknown[]>(product, 'GET', '/api/jobs?state=due&kind=think', { token: ada.desk.token })).data.length === 0, 40_000, 'the thinking')
  let stale: string[] = []
  await until(async () => (stale = [...await differences(product, ada.desk, clients[0] as LiveClient, { threads: false }), ...await differences(product, bob.desk, clients[1] as LiveClient, { threads: true })]).length === 0, 20_000, 'the clients').catch(() => undefined)
  expect(stale).toEqual([])
  expect([clients[0]?.snapshots, clients[1]?.snapshots]).toEqual([2, 1])
  expect(clients[1]?.line.epoch).toBe(epochs[1])

  for (const client of clients) client.close()
  const sends = await simulator.sends('whatsapp')
  await product.stop()
  const findings = checkInvariants(product.state, told, sends)
  expect(findings.broken).toEqual([])
  expect(findings.unconfirmed.map(({ id, accepted: had }) => [id, had])).toEqual([[planned, true]])
  expect([sends.by_tag[sent], sends.by_tag[planned]]).toEqual([1, 1])
})

/** The shard on which a studio lives. */
function homeOf(state: string, studioId: string): number {
  const directory = new DatabaseSync(databaseFiles(state)[0]?.path ?? '')
  const row = directory.prepare('select shard from studios where id = ?').get(studioId)
  directory.close()
  return Number(row?.shard)
}
