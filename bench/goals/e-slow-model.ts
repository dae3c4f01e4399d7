// Goal (e): a model that takes two seconds on every message must not slow the answer to the provider.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Finding, show } from '../finding.ts'
import type { Harness } from '../harness.ts'
import type { BlockResult } from '../load/block.ts'
import { lossless } from '../load/interleave.ts'
import { median, medianRatio } from '../load/percentiles.ts'
import { CLIENT_CORE } from '../processes.ts'
import { newStudio, productTarget, useModel } from '../product.ts'

const RATE = 50
const SOCKETS = 10
const MODEL_MS = 2_000
const REST_LIMIT_MS = 60_000

export async function run(harness: Harness): Promise<Finding[]> {
  const { load, pace } = harness
  const model = await harness.standIn('load/slow-model.ts', CLIENT_CORE, String(MODEL_MS))
  const calls = async () => await (await fetch(`${model.url}/calls`)).json() as { started: number; open: number }

  const plain = await harness.product()
  await load.open(await productTarget('without', plain, await newStudio(plain, 'without'), SOCKETS))
  const thinking = await harness.product({ env: { OPENAI_URL: `${model.url}/v1` } })
  const studio = await newStudio(thinking, 'thinking')
  await useModel(thinking, studio)
  await load.open(await productTarget('with', thinking, studio, SOCKETS))

  // Blocks take turns; the model's backlog is left to run out before the other side is measured.
  const results: Record<string, BlockResult[]> = { with: [], without: [] }
  for (const name of ['with', 'without']) await load.block(name, RATE, pace.warmupSeconds)
  for (let round = 0; round < pace.blocks; round++) {
    for (const name of ['without', 'with']) {
      await atRest(calls)
      results[name]!.push(lossless(name, await load.block(name, RATE, pace.seconds)))
    }
  }
  const { started } = await calls()
  if (!started) throw new Error('the model was never called, so nothing was compared')
  const pick = (name: string, key: 'p50' | 'p95') => results[name]!.map(block => block.ack[key])
  const detail = (key: 'p50' | 'p95') => `with ${show(median(pick('with', key)), 'ms')}, without ${show(median(pick('without', key)), 'ms')}; ${started} model calls of ${MODEL_MS} ms`
  return [
    { goal: 'e', figure: `ack p50 at ${RATE}/s, slow model / none`, measured: medianRatio(pick('with', 'p50'), pick('without', 'p50')), limit: 1.15, unit: '×', detail: detail('p50') },
    { goal: 'e', figure: `ack p95 at ${RATE}/s, slow model / none`, measured: medianRatio(pick('with', 'p95'), pick('without', 'p95')), limit: 1.3, unit: '×', detail: detail('p95') },
  ]
}

/** Waits until the model has had no open call for three seconds (a minute at most). */
async function atRest(calls: () => Promise<{ started: number; open: number }>): Promise<void> {
  const giveUp = Date.now() + REST_LIMIT_MS
  let before = await calls()
  for (;;) {
    await sleep(3_000)
    const now = await calls()
    if ((!now.open && now.started === before.started) || Date.now() > giveUp) return
    before = now
  }
}
