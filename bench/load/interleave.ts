// Floor and product in the same run, block by block, so that what the machine does meanwhile happens to both.
import type { BlockResult } from './block.ts'
import type { Load } from './load.ts'

/** How long to measure; `quick` is for developing, never for quoting. */
export interface Pace { blocks: number; seconds: number; warmupSeconds: number }
export const FULL: Pace = { blocks: 5, seconds: 8, warmupSeconds: 4 }
export const QUICK: Pace = { blocks: 2, seconds: 2, warmupSeconds: 1 }

/**
 * Runs `pace.blocks` rounds; in each, every target once, in turning order. Answers all blocks by target name.
 * Throws when a message was refused or an event lost: a latency with losses means nothing.
 */
export async function interleave(load: Load, names: string[], rate: number, pace: Pace): Promise<Record<string, BlockResult[]>> {
  for (const name of names) await load.block(name, rate, pace.warmupSeconds)
  const results: Record<string, BlockResult[]> = Object.fromEntries(names.map(name => [name, []]))
  for (let round = 0; round < pace.blocks; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length]!
      results[name]!.push(lossless(name, await load.block(name, rate, pace.seconds)))
    }
  }
  return results
}

/** The block itself, or an error that says what was lost. */
export function lossless(name: string, block: BlockResult): BlockResult {
  if (block.refused || block.lost) {
    throw new Error(`${name} at ${block.rate}/s: ${block.refused} of ${block.sent} refused, ${block.lost} events lost, ${block.closedSockets} sockets closed`)
  }
  return block
}
