// Objects sleep, restart and lose their memory at any moment: sockets go on, used tickets stay used, and rights come from what is stored.
import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { hubOf } from '../../src/db/relay.ts'
import { ask, bindings } from '../support/api.ts'
import { Browser, evictHub, fetchAll, openSocket } from '../support/browser.ts'
import { addMember } from '../support/member.ts'
import type { Member } from '../support/member.ts'
import { quiet } from '../support/quiet.ts'
import { makeStudio } from '../support/studio.ts'
import { connectNumber, deliver, graphThatAgrees, textBody } from '../support/whatsapp.ts'
import type { Number_ } from '../support/whatsapp.ts'

const { env } = quiet(bindings)
let studioId: string
let owner: Member
let agent: Member
let number: Number_
let n = 0

beforeAll(() => void vi.stubGlobal('fetch', graphThatAgrees().fetch))
afterAll(() => vi.unstubAllGlobals())
beforeEach(async () => {
  studioId = await makeStudio(bindings)
  owner = await addMember(env, studioId, 'owner')
  agent = await addMember(env, studioId, 'agent')
  number = await connectNumber(env, studioId)
})

const write = () => deliver(env, number, textBody(number, `wamid.e${(n += 1)}`, '4915112345678', `line ${n}`))
const come = async (member: Member): Promise<Browser> => {
  const browser = new Browser(env, member)
  await browser.open()
  await browser.until(() => !browser.line.asking, 'coming')
  return browser
}
const shows = async (browser: Browser, seq: number): Promise<void> => {
  await browser.until(() => browser.line.seq >= seq, `reaching ${seq}`)
  expect(new Set(browser.facts.conversations.keys())).toEqual(new Set((await fetchAll(env, browser.member)).map(row => row.id)))
}

describe('a hub that sleeps', () => {
  it('F15 R10 keeps its sockets, and goes on with the next change without a hole', async () => {
    const browsers = [await come(owner), await come(agent)]
    for (let i = 1; i <= 6; i += 1) {
      await write()
      if (i % 2 === 0) await evictHub(bindings, studioId, 'hibernate')
    }
    for (const browser of browsers) {
      await shows(browser, 6)
      expect(browser.closedWith).toBeNull()
      expect(browser.frames.flatMap(frame => (frame.type === 'change' ? [frame.seq] : []))).toEqual([1, 2, 3, 4, 5, 6])
    }
  })

  it('R10 knows after it woke who sits behind a socket, and closes it by session and by member', async () => {
    const [first, second] = [await come(owner), await come(agent)]
    await evictHub(bindings, studioId, 'hibernate')
    await hubOf(bindings, studioId).revoke(studioId, { sessions: [owner.sessionId] })
    await first.until(() => first.closedWith !== null, 'closing')
    expect(first.closedWith).toBe(4401)
    await evictHub(bindings, studioId, 'hibernate')
    await hubOf(bindings, studioId).revoke(studioId, { members: [agent.memberId] })
    await second.until(() => second.closedWith !== null, 'closing')
    expect(second.closedWith).toBe(4403)
    const before = [first.frames.length, second.frames.length]
    await write()
    expect([first.frames.length, second.frames.length]).toEqual(before)
  })

  it('a socket that had not said hello is still not served after the sleep', async () => {
    const { socket } = await openSocket(env, owner)
    const heard: string[] = []
    socket?.addEventListener('message', event => heard.push(String(event.data)))
    await evictHub(bindings, studioId, 'hibernate')
    const other = await come(agent)
    await write()
    await shows(other, 1)
    expect(heard.filter(text => text.includes('"change"'))).toEqual([])
  })

  it('R1 a ticket that was used stays used, asleep or restarted', async () => {
    const { ticket, status } = await openSocket(env, owner)
    expect(status).toBe(101)
    await evictHub(bindings, studioId, 'hibernate')
    expect((await openSocket(env, owner, ticket)).status).toBe(401)
    await evictHub(bindings, studioId, 'close')
    expect((await openSocket(env, owner, ticket)).status).toBe(401)
    await abortAllDurableObjects()
    expect((await openSocket(env, owner, ticket)).status).toBe(401)
  })

  it('R9 ends a socket whose session ran out, at the next frame, also when it slept in between', async () => {
    const browser = await come(owner)
    const hub = bindings.STUDIO_HUB.get(bindings.STUDIO_HUB.idFromName(studioId))
    await runInDurableObject(hub, (_, state) => {
      for (const socket of state.getWebSockets()) socket.serializeAttachment({ ...(socket.deserializeAttachment() as object), expiresAt: 1 })
    })
    await evictHub(bindings, studioId, 'hibernate')
    await write()
    await browser.until(() => browser.closedWith !== null, 'ending')
    expect(browser.closedWith).toBe(4401)
    expect(browser.frames.some(frame => frame.type === 'change')).toBe(false)
  })
})

describe('a hub that is gone', () => {
  it('F16 is rebuilt from D1: who comes back gets what was missed', async () => {
    const browser = await come(owner)
    await write()
    await shows(browser, 1)
    await evictHub(bindings, studioId, 'close')
    browser.drop()
    for (let i = 0; i < 3; i += 1) await write()
    await browser.open()
    await shows(browser, 4)
    expect(browser.frames.filter(frame => frame.type === 'snapshot')).toHaveLength(1)
    expect(browser.applied).toEqual([0, 1, 2, 3, 4])
  })

  it('F16 with all others at once: requests, webhooks and sockets go on', async () => {
    const browser = await come(owner)
    await write()
    await abortAllDurableObjects()
    browser.drop()
    expect((await write()).status).toBe(200)
    expect((await ask('GET', '/api/conversations', { env, token: owner.token })).status).toBe(200)
    await browser.open()
    await shows(browser, 2)
  })

  it('its stored head alone may be lost: the next relay finds the rest', async () => {
    const browser = await come(owner)
    await write()
    const hub = bindings.STUDIO_HUB.get(bindings.STUDIO_HUB.idFromName(studioId))
    await runInDurableObject(hub, async (_, state) => void await state.storage.delete('head'))
    await evictHub(bindings, studioId, 'hibernate')
    await write()
    await write()
    await shows(browser, 3)
    expect(browser.applied).toEqual([0, 1, 2, 3])
  })
})

describe('a sweeper that is gone', () => {
  it('F31 starts again by any request, and tells the hub what a lost relay did not', async () => {
    const shard = (await env.DIRECTORY.prepare('select shard from studios where id = ?').bind(studioId).first<number>('shard')) ?? 0
    const sweeper = bindings.SHARD_SWEEPER.get(bindings.SHARD_SWEEPER.idFromName(`shard-${shard}`))
    const ensure = () => (sweeper as unknown as { ensure(shard: number): Promise<void> }).ensure(shard)
    const browser = await come(owner)
    const deaf = { ...env, STUDIO_HUB: { idFromName: (name: string) => bindings.STUDIO_HUB.idFromName(name), get: () => ({ relay: async () => 0 }) } as unknown as DurableObjectNamespace }
    for (let i = 0; i < 2; i += 1) {
      await deliver(deaf, number, textBody(number, `wamid.deaf${i}${studioId}`, '4915112345678', 'nobody told'))
      expect(browser.line.seq).toBe(i)
      await ensure()
      await runDurableObjectAlarm(sweeper)
      await shows(browser, i + 1)
      await evictDurableObject(sweeper)
    }
  })
})

describe('a search that is gone', () => {
  it('finds the same again', async () => {
    await deliver(env, number, textBody(number, `wamid.s${studioId}`, '4915112345678', 'How much is a trampoline lesson?'))
    const find = async () => ((await ask('GET', '/api/search?q=trampoline', { env, token: owner.token })).body.data.messages as { id: string }[]).map(hit => hit.id)
    const found = await find()
    expect(found).toHaveLength(1)
    const search = bindings.STUDIO_SEARCH.get(bindings.STUDIO_SEARCH.idFromName(studioId))
    await evictDurableObject(search)
    expect(await find()).toEqual(found)
    await runInDurableObject(search, async (_, state) => state.storage.deleteAll())
    await evictDurableObject(search)
    await vi.waitFor(async () => expect(await find()).toEqual(found), { timeout: 5_000 })
  })
})
