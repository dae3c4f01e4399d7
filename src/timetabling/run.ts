// What every search looks like to its host: steps counted in moves, the best answer so far, and a checkpoint.

/** How far a search has come. `cost` is the best usable answer's, or null while there is none. */
export type Progress = { moves: number; planned: number; cost: number | null; bound: number; done: boolean }

/**
 * A search that the host slices. The answer depends on the problem, the seed, the plan and the number of moves made,
 * never on how they were sliced; a run restored from a checkpoint goes on as if it had not been interrupted.
 */
export interface Run<Answer> {
  /** Makes exactly `moves` moves, or fewer when the answer is proven. */
  step(moves: number): Progress
  /** Tells how many moves the whole run will have; cooling follows it. A host on a clock may correct its guess. */
  plan(moves: number): void
  progress(): Progress
  /** The best usable answer so far, or null. */
  best(): Answer | null
  /** Everything needed to go on elsewhere, as JSON. */
  checkpoint(): string
}
