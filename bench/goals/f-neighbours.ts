// Goal (f): what studio A feels while studio B floods at half of the server's capacity, against floor g.
import { type Finding, show } from '../finding.ts'
import { floorTarget, type Harness } from '../harness.ts'
import { capacity } from '../load/capacity.ts'
import { lossless } from '../load/interleave.ts'
import { median } from '../load/percentiles.ts'
import { newStudio, productTarget } from '../product.ts'

const CALM_RATE = 50
const SOCKETS = 10

export async function run(harness: Harness): Promise<Finding[]> {
  const { load, pace, quick } = harness
  const floor = await harness.floor('g')
  await load.open(floorTarget('g-a', floor, SOCKETS, 'a'))
  await load.open(floorTarget('g-b', floor, SOCKETS, 'b'))
  const product = await harness.product()
  await load.open(await productTarget('ours-a', product, await newStudio(product, 'calm'), SOCKETS))
  await load.open(await productTarget('ours-b', product, await newStudio(product, 'flood'), SOCKETS))

  const seconds = quick ? 2 : 4
  const flood = { g: await capacity(load, 'g-b', 500, seconds) / 2, ours: await capacity(load, 'ours-b', 200, seconds) / 2 }
  const growth: Record<'g' | 'ours', number[]> = { g: [], ours: [] }
  const flooded: Record<'g' | 'ours', number[]> = { g: [], ours: [] }
  for (const side of ['g', 'ours'] as const) await load.block(`${side}-a`, CALM_RATE, pace.warmupSeconds)
  for (let round = 0; round < pace.blocks; round++) {
    for (const side of ['g', 'ours'] as const) {
      const alone = lossless(side, await load.block(`${side}-a`, CALM_RATE, pace.seconds))
      const [beside] = await Promise.all([
        load.block(`${side}-a`, CALM_RATE, pace.seconds), load.block(`${side}-b`, flood[side], pace.seconds)])
      growth[side].push(lossless(side, beside).event.p95 / alone.event.p95)
      flooded[side].push(beside.event.p95)
    }
  }
  const grown = { g: median(growth.g), ours: median(growth.ours) }
  return [{
    goal: 'f', figure: "growth of A's p95 while B floods at half of capacity, ours / g", measured: grown.ours / grown.g, limit: 1.3, unit: '×',
    detail: `ours grows ${show(grown.ours, '×')} to ${show(median(flooded.ours), 'ms')} (B ${show(flood.ours, '/s')}), `
      + `g ${show(grown.g, '×')} to ${show(median(flooded.g), 'ms')} (B ${show(flood.g, '/s')})`,
  }]
}
