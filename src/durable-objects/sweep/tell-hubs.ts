// Tells many hubs at once, but not all: one that is slow or broken holds up nobody else.
import { second } from '../../platform/clock.ts'
import type { StudioHead } from '../../db/open-shard.ts'
import { describe, log } from '../../platform/log.ts'

const atOnce = 20
export const patienceMs = 3 * second

/** Runs `tell` for each, twenty at a time, each for at most `patience` ms. Answers whether all succeeded; failures are logged and skipped. */
export async function tellEach<T>(items: readonly T[], tell: (item: T) => Promise<void>, patience = patienceMs): Promise<boolean> {
  const queue = items.values()
  let whole = true
  const work = async (): Promise<void> => {
    for (const item of queue) {
      await within(tell(item), patience).catch((error: unknown) => {
        whole = false
        log('warn', 'sweep.hub_failed', { error: describe(error) })
      })
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work))
  return whole
}

/** Pokes the hubs that are not known to have their studio's head; what each has reached, and no more, counts as acknowledged. */
export async function pokeBehind(heads: readonly StudioHead[], acknowledged: Map<string, number>, poke: (head: StudioHead) => Promise<number | null>, patience = patienceMs): Promise<void> {
  const behind = heads.filter(head => (acknowledged.get(head.studio_id) ?? 0) !== head.seq)
  await tellEach(behind, async head => {
    const reached = await poke(head)
    if (reached !== null) acknowledged.set(head.studio_id, Math.min(reached, head.seq))
  }, patience)
}

function within(work: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
    void work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
