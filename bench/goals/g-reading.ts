// Goal (g): list, thread and search of one studio among a million messages of two hundred, against one percent of that.
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Finding, show } from '../finding.ts'
import type { Harness } from '../harness.ts'
import { median, medianRatio, percentiles } from '../load/percentiles.ts'
import { newStudio, type Product, reads, type Studio } from '../product.ts'
import { writeHistory } from '../seed/history.ts'
import { openShardOf } from '../seed/shard-file.ts'

const STUDIOS = 200
const CONVERSATIONS = 100_000
const MESSAGES_PER_CONVERSATION = 10
/** The studio that is read owns this share of everything, so its own size grows a hundredfold too. */
const OWN_SHARE = 0.1
const LIMIT_MS = 50
const SETTLE_MS = 300_000

interface Side { product: Product; studio: Studio; conversations: number }

export async function run(harness: Harness): Promise<Finding[]> {
  const large = await seeded(harness, harness.quick ? CONVERSATIONS / 10 : CONVERSATIONS)
  const small = await seeded(harness, CONVERSATIONS / 100)
  const rounds = harness.quick ? 3 : 9
  const requests = harness.quick ? 20 : 100
  const findings: Finding[] = []
  for (const what of ['list', 'thread', 'search'] as const) {
    const p95: Record<'large' | 'small', number[]> = { large: [], small: [] }
    await round(large, what, 20)
    await round(small, what, 20)
    for (let turn = 0; turn < rounds; turn++) {
      p95.large.push(percentiles(await round(large, what, requests)).p95)
      p95.small.push(percentiles(await round(small, what, requests)).p95)
    }
    const detail = `${show(median(p95.large), 'ms')} among ${large.conversations * MESSAGES_PER_CONVERSATION} messages, ${show(median(p95.small), 'ms')} among ${small.conversations * MESSAGES_PER_CONVERSATION}`
    findings.push({ goal: 'g', figure: `${what} p95`, measured: median(p95.large), limit: LIMIT_MS, unit: 'ms', detail })
    findings.push({ goal: 'g', figure: `${what} p95, all / 1 %`, measured: medianRatio(p95.large, p95.small), limit: 1.3, unit: '×', detail })
  }
  return findings
}

/** A product with 200 registered studios and a history written into its shard while it is stopped. */
async function seeded(harness: Harness, conversations: number): Promise<Side> {
  const state = harness.folder()
  const first = await harness.product({ state })
  const studio = await newStudio(first, 'reader')
  const others: Studio[] = []
  for (let index = 1; index < STUDIOS; index++) others.push(await newStudio(first, `other${index}`, { connect: false }))
  await first.stop()

  const own = Math.round(conversations * OWN_SHARE)
  // What is left is dealt out so that the total is exact.
  const dealt = (count: number) => Math.floor((conversations - own) * count / others.length)
  const db = openShardOf(state, studio.id)
  writeHistory(db, [
    { studioId: studio.id, accountId: studio.integrationId, conversations: own, perConversation: MESSAGES_PER_CONVERSATION },
    ...others.map((other, index) => ({ studioId: other.id, accountId: 'int_seed', conversations: dealt(index + 1) - dealt(index), perConversation: MESSAGES_PER_CONVERSATION })),
  ])
  db.close()
  const side = { product: await harness.product({ state }), studio, conversations }
  await untilSearchable(side, own * MESSAGES_PER_CONVERSATION)
  return side
}

/** The index of search is built behind the reader; it is ready when the oldest and the newest message are found. */
async function untilSearchable({ product, studio }: Side, messages: number): Promise<void> {
  const giveUp = Date.now() + SETTLE_MS
  for (const word of ['note0', `note${messages - 1}`]) {
    while (!(await (await reads.search(product, studio, word)).text()).includes(word)) {
      if (Date.now() > giveUp) throw new Error(`search did not find ${word} within ${SETTLE_MS / 1000} s`)
      await sleep(500)
    }
  }
}

/** `count` requests one after another on a kept connection; ms each, body included. */
async function round(side: Side, what: 'list' | 'thread' | 'search', count: number): Promise<number[]> {
  const own = Math.round(side.conversations * OWN_SHARE)
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    const pick = Math.floor(Math.random() * own)
    const start = performance.now()
    const response = what === 'list' ? await reads.list(side.product, side.studio, index % 5 + 1)
      : what === 'thread' ? await reads.thread(side.product, side.studio, `cnv_seed${String(pick).padStart(8, '0')}`)
      : await reads.search(side.product, side.studio, index % 2 ? `note${pick}` : ['ballet trial', 'recital', 'Núñez', 'costume par'][index % 4]!)
    const body = await response.text()
    times.push(performance.now() - start)
    if (!response.ok) throw new Error(`${what}: ${response.status} ${body.slice(0, 200)}`)
  }
  return times
}
