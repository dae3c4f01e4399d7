// The live line against its edges: tickets that outlived their right, roles that may not hear all, hellos nobody understands.
import { runDurableObjectAlarm } from 'cloudflare:test'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ServerFrame } from '../../src/contract/live.ts'
import type { Role } from '../../src/contract/policy.ts'
import { change } from '../../src/db/changes.ts'
import { openStudio } from '../../src/db/open-studio.ts'
import { relay } from '../../src/db/relay.ts'
import { catchUp } from '../../src/durable-objects/hub/catch-up.ts'
import { ask, bindings } from '../support/api.ts'
import { Browser, openSocket } from '../support/browser.ts'
import { faultyHubs } from '../support/faulty.ts'
import { addMember } from '../support/member.ts'
import type { Member } from '../support/member.ts'
import { quiet } from '../support/quiet.ts'
import { makeStudio } from '../support/studio.ts'
import { graphThatAgrees } from '../support/whatsapp.ts'

const { env } = quiet(bindings)
let studioId: string
let owner: Member

beforeAll(() => void vi.stubGlobal('fetch', graphThatAgrees().fetch))
afterAll(() => vi.unstubAllGlobals())
beforeEach(async () => {
  studioId = await makeStudio(bindings)
  owner = await addMember(env, studioId, 'owner')
})

const ticketOf = async (member: Member): Promise<string> => (await ask('POST', '/api/live/ticket', { env, token: member.token, body: {} })).body.data.ticket
const come = async (member: Member): Promise<Browser> => {
  const browser = new Browser(env, member)
  await browser.open()
  await browser.until(() => !browser.line.asking, 'coming')
  return browser
}
const setRole = async (member: Member, role: Role) => expect((await ask('PATCH', `/api/members/${member.memberId}`, { env, token: owner.token, body: { role } })).status).toBe(200)
async function sweep(): Promise<void> {
  const shard = (await env.DIRECTORY.prepare('select shard from studios where id = ?').bind(studioId).first<number>('shard')) ?? 0
  const sweeper = bindings.SHARD_SWEEPER.get(bindings.SHARD_SWEEPER.idFromName(`shard-${shard}`))
  await (sweeper as unknown as { ensure(shard: number): Promise<void> }).ensure(shard)
  await runDurableObjectAlarm(sweeper)
}
/** Writes one change of each given kind and tells the hub. */
async function happen(...kinds: Parameters<typeof change>[0][]): Promise<void> {
  const scope = await openStudio(env, studioId, { kind: 'system' })
  for (const kind of kinds) await scope.db.commit([change(kind, 'x', sql`json_object('secret', ${kind})`)])
  await relay(env, studioId, scope.db.takeRelay())
}

describe('a ticket', () => {
  it('opens nothing for a session that ended after it was taken', async () => {
    const agent = await addMember(env, studioId, 'agent')
    const ticket = await ticketOf(agent)
    await env.DIRECTORY.prepare('update sessions set revoked_at = ? where id = ?').bind(Date.now(), agent.sessionId).run()
    expect((await openSocket(env, agent, ticket)).status).toBe(401)
  })

  it('opens nothing for a member who was removed after it was taken', async () => {
    const agent = await addMember(env, studioId, 'agent')
    const ticket = await ticketOf(agent)
    await env.DIRECTORY.prepare(`update memberships set state = 'removed' where id = ?`).bind(agent.memberId).run()
    expect((await openSocket(env, agent, ticket)).status).toBe(401)
  })

  it('is worth the role of now, not the one it was taken with', async () => {
    const admin = await addMember(env, studioId, 'admin')
    const ticket = await ticketOf(admin)
    await setRole(admin, 'viewer')
    const { socket } = await openSocket(env, admin, ticket)
    const heard: ServerFrame[] = []
    socket?.addEventListener('message', event => heard.push(JSON.parse(String(event.data)) as ServerFrame))
    socket?.send('{"type":"hello","epoch":null,"seq":0}')
    await vi.waitFor(() => expect(heard.some(frame => frame.type === 'snapshot')).toBe(true))
    await happen('job.dead')
    await vi.waitFor(() => expect(heard.find(frame => frame.type === 'change' && frame.kind === 'job.dead')).toMatchObject({ data: null }))
  })

  it('of a hub that is down is answered "try again"', async () => {
    const ticket = await ticketOf(owner)
    expect((await openSocket(faultyHubs(env, () => Promise.reject(new Error('reset'))), owner, ticket)).status).toBe(503)
  })
})

describe('a changed role', () => {
  it('closes the sockets of before, once: who came back since stays, however often the sweep repeats it', async () => {
    const agent = await addMember(env, studioId, 'agent')
    const before = await come(agent)
    await new Promise(resolve => setTimeout(resolve, 2))
    await setRole(agent, 'viewer')
    await before.until(() => before.closedWith !== null, 'closing')
    expect(before.closedWith).toBe(4403)
    const after = await come(agent)
    for (let i = 0; i < 2; i += 1) await sweep()
    await happen('settings.updated')
    await after.until(() => after.frames.some(frame => frame.type === 'change' && frame.kind === 'settings.updated'), 'hearing on')
    expect(after.closedWith).toBeNull()
  })

  it('is told by the sweep when the first telling was lost', async () => {
    const agent = await addMember(env, studioId, 'agent')
    const browser = await come(agent)
    await env.DIRECTORY.prepare(`update memberships set role = 'viewer', changed_at = ? where id = ?`).bind(Date.now() + 5, agent.memberId).run()
    await sweep()
    await browser.until(() => browser.closedWith !== null, 'closing')
    expect(browser.closedWith).toBe(4403)
  })
})

describe('frames', () => {
  const guarded = ['integration.updated', 'job.dead', 'account.event', 'access.denied'] as const

  it('R13 follow the role: a body nobody would be shown by HTTP is not sent, live or in a replay', async () => {
    const people = { owner, agent: await addMember(env, studioId, 'agent'), viewer: await addMember(env, studioId, 'viewer') }
    const lines = [await come(people.owner), await come(people.agent), await come(people.viewer)]
    await happen(...guarded, 'settings.updated')
    for (const line of lines) await line.until(() => line.line.seq >= 5, 'hearing all')
    const bodies = lines.map(line => line.frames.flatMap(frame => (frame.type === 'change' ? [frame.data !== null] : [])))
    expect(bodies).toEqual([[true, true, true, true, true], [false, false, false, false, true], [false, false, false, false, true]])
    for (const line of lines) {
      line.line = { ...line.line, seq: 0 }
      line.frames.length = 0
      line.hello()
      await line.until(() => line.frames.some(frame => frame.type === 'replay'), 'replay')
    }
    const replayed = lines.map(line => line.frames.flatMap(frame => (frame.type === 'replay' ? frame.changes.map(change => change.data !== null) : [])))
    expect(replayed).toEqual(bodies)
  })

  it('a viewer’s typing is nobody’s business: it neither shows nor locks', async () => {
    const viewer = await come(await addMember(env, studioId, 'viewer'))
    const agent = await come(await addMember(env, studioId, 'agent'))
    viewer.say({ type: 'typing', conversation_id: 'cnv_1', on: true })
    agent.say({ type: 'typing', conversation_id: 'cnv_1', on: true })
    const lastBoard = () => agent.frames.flatMap(frame => (frame.type === 'presence' ? [frame.members] : [])).at(-1) ?? []
    await agent.until(() => lastBoard().some(row => row.member_id === agent.member.memberId && row.answering), 'answering')
    expect(lastBoard().find(row => row.member_id === viewer.member.memberId)).toMatchObject({ typing: false, answering: false })
  })
})

describe('a hello', () => {
  it('R8 with a number or an epoch that is none gets a snapshot', async () => {
    const epoch = await env.DIRECTORY.prepare('select epoch from studios where id = ?').bind(studioId).first<string>('epoch')
    await happen('settings.updated')
    for (const odd of [{ epoch, seq: -1 }, { epoch, seq: 1.5 }, { epoch, seq: '3' }, { epoch, seq: null }, { epoch }, { epoch: 7, seq: 0 }, { seq: 0 }, { epoch: 'x'.repeat(65), seq: 0 }, { epoch, seq: 2 ** 60 }, {}]) {
      const browser = await come(owner)
      browser.frames.length = 0
      browser.say({ type: 'hello', ...odd })
      await browser.until(() => browser.frames.some(frame => frame.type !== 'presence'), 'an answer')
      expect(browser.frames.find(frame => frame.type !== 'presence')?.type, JSON.stringify(odd)).toBe('snapshot')
      browser.drop()
    }
  })

  it('R2 misses nothing when the hub moves on, past its own memory, while D1 is read', async () => {
    await happen('settings.updated', 'settings.updated', 'settings.updated')
    const epoch = (await env.DIRECTORY.prepare('select epoch from studios where id = ?').bind(studioId).first<string>('epoch')) ?? ''
    let [head, forgets] = [0, 2]
    const hub = {
      head: () => head,
      // Two more are written and told while the hub catches up, and it has forgotten their frames.
      reach: async (seq: number) => {
        await happen('settings.updated', 'settings.updated')
        head = seq + 2
      },
      after: () => ((forgets -= 1) >= 0 ? null : []),
    }
    let seqs: number[] = []
    await catchUp(env, { studioId, role: 'owner', epoch, seq: 0 }, hub, texts => {
      seqs = texts.flatMap(text => (JSON.parse(text) as { changes: { seq: number }[] }).changes.map(each => each.seq))
    })
    expect(seqs).toEqual([1, 2, 3, 4, 5])
  })
})

describe('search', () => {
  it('that is down is answered "try again"', async () => {
    const down = { ...env, STUDIO_SEARCH: { idFromName: (name: string) => name, get: () => ({ search: () => Promise.reject(new Error('Durable Object storage operation exceeded timeout')) }) } as unknown as DurableObjectNamespace }
    const reply = await ask('GET', '/api/search?q=salsa', { env: down, token: owner.token })
    expect([reply.status, reply.body.error.code]).toEqual([503, 'UNAVAILABLE'])
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
