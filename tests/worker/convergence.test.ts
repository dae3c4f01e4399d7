// Whatever happens on the way, every browser ends with what a fresh fetch would give it, and has seen every change once, in order.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { hubOf } from '../../src/db/relay.ts'
import type { HubCalls } from '../../src/db/relay.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { ask, bindings } from '../support/api.ts'
import { Browser, evictHub, fetchAll } from '../support/browser.ts'
import { addMember } from '../support/member.ts'
import type { Member } from '../support/member.ts'
import { quiet } from '../support/quiet.ts'
import { makeStudio } from '../support/studio.ts'
import { connectNumber, deliver, envelope, graphThatAgrees, textMessage } from '../support/whatsapp.ts'
import type { Number_ } from '../support/whatsapp.ts'

const soak = bindings['SOAK'] === '1'
const runs = soak ? 300 : 30
const steps = soak ? 60 : 16
const seed = Number(bindings['SEED'] === '' ? 20_261_120 : bindings['SEED'])

beforeAll(() => void vi.stubGlobal('fetch', graphThatAgrees().fetch))
afterAll(() => vi.unstubAllGlobals())

type Deed = 'assign' | 'label' | 'close' | 'open' | 'read' | 'unread' | 'send' | 'note'
type Act = { do: Deed; who: number; on: number } | { do: 'relabel'; who: number }
type Step =
  | Act
  | { do: 'write'; person: number; n: number; twice: boolean }
  | { do: 'drop' | 'come'; browser: number }
  | { do: 'evict' | 'kill' | 'poke' }

const who = fc.nat(1)
const on = fc.nat(5)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('write' as const), person: fc.nat(5), n: fc.integer({ min: 1, max: 3 }), twice: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('assign', 'label', 'close', 'open', 'read', 'unread', 'send', 'note' as const), who, on }) as fc.Arbitrary<Step> },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('relabel' as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('drop', 'come' as const), browser: fc.nat(3) }) as fc.Arbitrary<Step> },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ do: 'evict' }, { do: 'kill' }, { do: 'poke' }) },
)
/** Share of relays that never arrive, of frames that come twice, of frames that come late; and the dice for them. */
const trouble = fc.record({ lost: fc.nat(60), twice: fc.nat(40), late: fc.nat(40), dice: fc.integer() })

test(`four browsers converge (seed ${seed}, ${runs} runs)`, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: steps, maxLength: steps }), trouble, live), { seed, numRuns: runs, endOnFailure: true, verbose: 1 })
}, soak ? 1_800_000 : 120_000)

async function live(story: Step[], { lost, twice, late, dice }: { lost: number; twice: number; late: number; dice: number }): Promise<void> {
  let state = dice | 1
  const chance = (percent: number): boolean => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9 | 0
    return ((state >>> 8) % 100) < percent
  }
  const studioId = await makeStudio(bindings)
  const { env } = quiet({ ...bindings, STUDIO_HUB: lossy(bindings.STUDIO_HUB, () => chance(lost)) })
  const people = [await addMember(env, studioId, 'owner'), await addMember(env, studioId, 'agent')]
  const number = await connectNumber(env, studioId, { routed: true })
  const label = (await ask('POST', '/api/labels', { env, token: people[0]?.token, body: { name: 'A', color: '#aabbcc' } })).body.data.id as string
  const weather = { copies: () => (chance(twice) ? 2 : 1), holds: () => chance(late) }
  const browsers = [0, 1, 0, 1].map(i => new Browser(env, people[i] as Member, weather))
  const world: World = { env, studioId, number, people, browsers, label, sent: 0 }
  await Promise.all(browsers.slice(0, 3).map(browser => come(browser)))
  for (const next of story) await play(world, next)
  await converge(world)
  for (const browser of browsers) browser.drop()
}

interface World { env: Bindings; studioId: string; number: Number_; people: Member[]; browsers: Browser[]; label: string; sent: number }

async function play(world: World, next: Step): Promise<void> {
  const { env, number, studioId } = world
  if (next.do === 'write') {
    const from = `4915100000${100 + next.person}`
    const messages = Array.from({ length: next.n }, () => textMessage(`wamid.c${(world.sent += 1)}`, from, `line ${world.sent}`))
    const body = envelope(number, { contacts: [{ profile: { name: `Person ${next.person}` }, wa_id: from }], messages })
    await Promise.all(Array.from({ length: next.twice ? 2 : 1 }, () => deliver(env, number, body)))
  } else if (next.do === 'drop') world.browsers[next.browser]?.drop()
  else if (next.do === 'come') {
    const browser = world.browsers[next.browser] as Browser
    if (browser.socket === null) await come(browser)
  } else if (next.do === 'evict' || next.do === 'kill') {
    await evictHub(bindings, studioId, next.do === 'kill' ? 'close' : 'hibernate')
    if (next.do === 'kill') for (const browser of world.browsers) browser.drop()
  } else if (next.do === 'poke') await poke(world)
  else await act(world, next as Act)
}

async function act({ env, people, label }: World, next: Act): Promise<void> {
  const member = people[next.who] as Member
  const call = async (method: string, path: string, body: unknown): Promise<void> => {
    const reply = await ask(method, path, { env, token: member.token, body })
    expect(reply.status, `${method} ${path} ${reply.text}`).toBeLessThan(300)
  }
  if (next.do === 'relabel') return call('PUT', `/api/labels/${label}`, { name: 'B', color: '#112233' })
  const rows = await fetchAll(env, member)
  const id = rows.map(row => row.id).sort()[rows.length === 0 ? 0 : next.on % rows.length]
  if (id === undefined) return
  const at = `/api/conversations/${id}`
  if (next.do === 'assign') await call('PUT', `${at}/assignment`, { assignee_id: people[(next.on + next.who) % 2]?.memberId ?? null })
  else if (next.do === 'label') await call('PUT', `${at}/labels`, { labels: next.on % 2 === 0 ? [label] : [] })
  else if (next.do === 'close' || next.do === 'open') await call('PUT', `${at}/status`, { status: next.do === 'close' ? 'closed' : 'open' })
  else if (next.do === 'read' || next.do === 'unread') await call('PUT', `${at}/read`, next.do === 'unread' ? { unread: true } : {})
  else await call('POST', `${at}/messages`, next.do === 'note' ? { type: 'note', content: 'n' } : { content: 'answer' })
}

async function come(browser: Browser): Promise<void> {
  await browser.open()
  await browser.until(() => !browser.line.asking, 'coming back')
  await browser.load()
}

/** What the sweeper does every five seconds. */
async function poke({ env, studioId }: World): Promise<number> {
  const place = await env.DIRECTORY.prepare('select shard, epoch from studios where id = ?').bind(studioId).first<{ shard: number; epoch: string }>()
  const head = await (env[`SHARD_${place?.shard}`] as D1Database).prepare('select max(seq) as seq from changes where studio_id = ?').bind(studioId).first<number>('seq')
  await hubOf(bindings, studioId).poke(studioId, place?.epoch ?? '', head ?? 0)
  return head ?? 0
}

/** Half are still there and only wait for the sweep, half come back; then all must show what HTTP shows. */
async function converge(world: World): Promise<void> {
  for (const browser of world.browsers) if (browser.socket === null) await come(browser)
  for (const browser of world.browsers) browser.calm()
  const head = await poke(world)
  for (const browser of world.browsers) {
    await browser.until(() => browser.line.seq === head, 'converging')
    const fresh = await fetchAll(world.env, browser.member)
    const shown = [...browser.facts.conversations.values()].map(({ unseen: _, counted: __, touched: ___, ...row }) => ({ ...row, read_seq: row.read_seq ?? 0 })).sort(byId)
    expect(shown).toEqual(fresh.sort(byId))
    for (const [i, seq] of browser.applied.entries()) if (i > 0) expect(seq, 'a change was skipped or applied twice').toBe((browser.applied[i - 1] ?? 0) + 1)
    expect(browser.applied.at(-1) ?? head).toBe(head)
  }
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)

/** A hub that some relays never reach. */
function lossy(hubs: DurableObjectNamespace, loses: () => boolean): DurableObjectNamespace {
  return new Proxy(hubs, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (name !== 'get') return typeof value === 'function' ? value.bind(target) : value
      return (id: DurableObjectId) => {
        const stub = target.get(id) as unknown as HubCalls & Fetcher
        return {
          relay: (...call: Parameters<HubCalls['relay']>) => (loses() ? Promise.resolve(0) : stub.relay(...call)),
          poke: (...call: Parameters<HubCalls['poke']>) => stub.poke(...call), revoke: (...call: Parameters<HubCalls['revoke']>) => stub.revoke(...call), fetch: (...call: Parameters<Fetcher['fetch']>) => stub.fetch(...call),
        }
      }
    },
  })
}
