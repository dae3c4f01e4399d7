// Durable capacity: the highest open-loop rate that is answered in time and loses nothing.
import type { Load } from './load.ts'

const STEP = 1.15
const MOST_ACK_P95_MS = 50

/**
 * Messages per second. From `from` upwards in steps of 15 % until ack p95 reaches 50 ms or anything is refused or lost;
 * a failed step is tried once more, since one stall of the machine is not a limit of the server. 0 when `from` fails.
 */
export async function capacity(load: Load, target: string, from: number, seconds: number): Promise<number> {
  await load.block(target, from / 2, seconds)
  let held = 0
  for (let rate = from; ; rate *= STEP) {
    if (!await holds(load, target, rate, seconds) && !await holds(load, target, rate, seconds)) return Math.round(held)
    held = rate
  }
}

async function holds(load: Load, target: string, rate: number, seconds: number): Promise<boolean> {
  const block = await load.block(target, rate, seconds)
  return !block.refused && !block.lost && block.ack.p95 < MOST_ACK_P95_MS
}
