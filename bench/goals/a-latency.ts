// Goal (a): how long a webhook takes to reach ten staff sockets at 200 messages a second, against floors f and g.
import { type Finding, show } from '../finding.ts'
import { floorTarget, type Harness } from '../harness.ts'
import { interleave } from '../load/interleave.ts'
import { median, medianRatio } from '../load/percentiles.ts'
import { newStudio, productTarget } from '../product.ts'

const RATE = 200
const SOCKETS = 10

export async function run(harness: Harness): Promise<Finding[]> {
  const { load, pace } = harness
  await load.open(floorTarget('f', await harness.floor('f'), SOCKETS))
  await load.open(floorTarget('g', await harness.floor('g'), SOCKETS))
  const product = await harness.product()
  await load.open(await productTarget('ours', product, await newStudio(product, 'latency'), SOCKETS))

  const blocks = await interleave(load, ['f', 'g', 'ours'], RATE, pace)
  const p50 = (name: string) => blocks[name]!.map(block => block.event.p50)
  const p95 = (name: string) => blocks[name]!.map(block => block.event.p95)
  const ms = (pick: (name: string) => number[]) => ['ours', 'f', 'g'].map(name => `${name} ${show(median(pick(name)), 'ms')}`).join(', ')
  const late = Math.max(...Object.values(blocks).flat().map(block => block.generatorLate))
  const p99 = ['ours', 'f', 'g'].map(name => `${name} ${show(median(blocks[name]!.map(block => block.event.p99)), 'ms')}`).join(', ')
  return [
    { goal: 'a', figure: 'webhook → socket p50, ours / f', measured: medianRatio(p50('ours'), p50('f')), limit: 2.0, unit: '×', detail: ms(p50) },
    { goal: 'a', figure: 'webhook → socket p50, ours / g', measured: medianRatio(p50('ours'), p50('g')), limit: 1.5, unit: '×', detail: ms(p50) },
    { goal: 'a', figure: 'webhook → socket p95, ours / f', measured: medianRatio(p95('ours'), p95('f')), limit: 3.5, unit: '×',
      detail: `${ms(p95)}; p99 ${p99}; generator late by ${show(late, 'ms')} at most` },
  ]
}
