// Goal (c): what one text from a known contact costs in round trips, rows and queue operations, counted by the product itself.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Finding, show } from '../finding.ts'
import type { Harness } from '../harness.ts'
import { median } from '../load/percentiles.ts'
import { counter, metrics, newStudio, productTarget, thinkingDue } from '../product.ts'

const COUNTED = { batches: 'd1_batches_total', rows: 'd1_rows_written_total', sends: 'queue_sends_total' } as const
const WINDOW_MS = 400
const MESSAGES = 15
const DRAIN_LIMIT_S = 60
const MOST_SETTLE_WINDOWS = 40

type Counts = Record<keyof typeof COUNTED, number>

export async function run(harness: Harness): Promise<Finding[]> {
  const { load } = harness
  const product = await harness.product()
  const studio = await newStudio(product, 'counts')
  const one = await productTarget('one', product, studio, 1)
  await load.open({ ...one, sender: { ...one.sender, contacts: 1 } })
  await load.open(await productTarget('many', product, studio, 0))
  await load.block('one', 10, 1)

  const read = async (): Promise<Counts> => {
    const all = await metrics(product)
    return { batches: counter(all, COUNTED.batches), rows: counter(all, COUNTED.rows), sends: counter(all, COUNTED.sends) }
  }
  // The sweeper and the reading itself count too, so idle windows of the same length are taken off.
  const window = async (during: () => Promise<unknown>): Promise<Counts> => {
    const before = await read()
    await Promise.all([during(), sleep(WINDOW_MS)])
    const after = await read()
    return { batches: after.batches - before.batches, rows: after.rows - before.rows, sends: after.sends - before.sends }
  }
  const idle: Counts[] = []
  const busy: Counts[] = []
  // Thinking goes on after a message; the next one waits until nothing is written any more.
  const settle = async () => {
    for (let tries = 0; tries < MOST_SETTLE_WINDOWS && (await window(nothing)).rows > 0; tries++) await nothing()
  }
  await settle()
  for (let index = 0; index < MESSAGES; index++) idle.push(await window(nothing))
  for (let index = 0; index < MESSAGES; index++) {
    await settle()
    busy.push(await window(() => load.block('one', 1, 1)))
  }
  const cost = (key: keyof Counts) => median(busy.map(counts => counts[key])) - median(idle.map(counts => counts[key]))

  await load.block('many', 200, harness.pace.seconds)
  const drained = await secondsUntilDrained(() => thinkingDue(product, studio))
  const detail = `medians of ${MESSAGES} messages, idle windows subtracted`
  return [
    { goal: 'c', figure: 'D1 round trips per text from a known contact', measured: cost('batches'), limit: 1, unit: '', detail },
    { goal: 'c', figure: 'rows written, indexes included', measured: cost('rows'), limit: 14, unit: '', detail },
    { goal: 'c', figure: 'queue sends', measured: cost('sends'), limit: 1, unit: '', detail },
    { goal: 'c', figure: 'thinking jobs drained after a run at 200/s', measured: drained, limit: DRAIN_LIMIT_S, unit: 's', detail: `${show(harness.pace.seconds, 's')} of load before` },
  ]
}

const nothing = async (): Promise<void> => undefined

/** Seconds until no job is due; NaN when some still are after twice the limit. */
async function secondsUntilDrained(due: () => Promise<number>): Promise<number> {
  const start = Date.now()
  while (Date.now() - start < 2 * DRAIN_LIMIT_S * 1000) {
    if (await due() === 0) return (Date.now() - start) / 1000
    await sleep(250)
  }
  return NaN
}
