// Goal (b): how many messages a second one server core takes durably without losing one, against floor g.
import { type Finding, show } from '../finding.ts'
import { floorTarget, type Harness } from '../harness.ts'
import { capacity } from '../load/capacity.ts'
import { median, medianRatio } from '../load/percentiles.ts'
import { newStudio, productTarget } from '../product.ts'

const SOCKETS = 10
const FLOOR_FROM = 500
const OURS_FROM = 250
const ROUNDS = 3

export async function run(harness: Harness): Promise<Finding[]> {
  const { load, quick } = harness
  await load.open(floorTarget('g', await harness.floor('g'), SOCKETS))
  const product = await harness.product()
  await load.open(await productTarget('ours', product, await newStudio(product, 'capacity'), SOCKETS))

  const seconds = quick ? 2 : 6
  const floor: number[] = []
  const ours: number[] = []
  for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
    floor.push(await capacity(load, 'g', FLOOR_FROM, seconds))
    ours.push(await capacity(load, 'ours', OURS_FROM, seconds))
  }
  const detail = `ours ${show(median(ours), '/s')}, g ${show(median(floor), '/s')} (${ours.join(', ')} against ${floor.join(', ')})`
  const measured = medianRatio(ours, floor)
  return [
    { goal: 'b', figure: 'durable capacity, ours / g', measured, limit: 0.5, unit: '×', atLeast: true, detail },
    { goal: 'b', figure: 'durable capacity, stretch', measured, limit: 0.7, unit: '×', atLeast: true, detail: 'stretch goal' },
  ]
}
