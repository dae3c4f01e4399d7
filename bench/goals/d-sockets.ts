// Goal (d): a thousand sockets in one studio, ten messages a second, against the bare hub.
import { type Finding, show } from '../finding.ts'
import { floorTarget, type Harness } from '../harness.ts'
import { interleave } from '../load/interleave.ts'
import { median, medianRatio } from '../load/percentiles.ts'
import { newStudio, productTarget } from '../product.ts'

const RATE = 10

export async function run(harness: Harness): Promise<Finding[]> {
  const { load, pace } = harness
  const sockets = 1_000
  await load.open(floorTarget('hub', await harness.floor('hub'), sockets))
  const product = await harness.product()
  await load.open(await productTarget('ours', product, await newStudio(product, 'sockets'), sockets))

  const blocks = await interleave(load, ['hub', 'ours'], RATE, pace)
  const p95 = (name: string) => blocks[name]!.map(block => block.event.p95)
  const busy = Math.max(...Object.values(blocks).flat().map(block => block.clientBusy))
  return [{
    goal: 'd', figure: `p95 of all frames, ${sockets} sockets at ${RATE}/s, ours / bare hub`, measured: medianRatio(p95('ours'), p95('hub')), limit: 1.5, unit: '×',
    detail: `ours ${show(median(p95('ours')), 'ms')}, hub ${show(median(p95('hub')), 'ms')}; client core ${show(busy * 100, '%')} busy at most`,
  }]
}
