// Runs a search against a clock in slices, the way every host does, and says what it can vouch for.
import type { Opened } from './formats/open-file.ts'

export type Limits = { seconds: number; seed: number; moves: number; now: () => number; started: number }

/** One answer as the command prints it. `cost` and `bound` are null where there is none. */
export type Answer = {
  status: 'optimal' | 'feasible' | 'infeasible' | 'unknown'
  feasible: boolean
  cost: number | null
  bound: number | null
  seconds: number
  assignment: unknown[]
}

/** A slice in milliseconds; the number of moves in it follows the speed measured so far. */
const SLICE = 20

/**
 * Runs until the answer is proven, `seconds` have passed since `started`, or `moves` are made; the clock is the host's, in milliseconds.
 * With `moves` given, the answer depends on the seed and that number alone.
 */
export function solveFor(problem: Opened, { seconds, seed, moves, now, started }: Limits): Answer {
  const run = problem.start(seed)
  const deadline = started + seconds * 1000 - SLICE / 2
  const begun = now()
  if (moves < Infinity) run.plan(moves)
  let slice = 100
  for (;;) {
    const before = now()
    if (before >= deadline) break
    const progress = run.progress()
    if (progress.done || progress.moves >= moves) break
    if (moves === Infinity && progress.moves > 0) run.plan(Math.max(progress.moves + 1, Math.round((progress.moves * (deadline - begun)) / (before - begun))))
    run.step(Math.min(slice, moves - progress.moves))
    const took = Math.max(0.1, now() - before)
    slice = Math.max(1, Math.min(slice * 4, Math.round((slice * Math.min(SLICE, Math.max(1, deadline - now()))) / took)))
  }
  const { cost, bound } = run.progress()
  const assignment = problem.assignment(run)
  const verdict = cost === null ? null : problem.judge(assignment)
  if (verdict !== null && (verdict.violations.length > 0 || verdict.cost !== cost))
    throw new Error(`the judge disagrees: cost ${verdict.cost} instead of ${cost}, ${verdict.violations.slice(0, 3).join('; ')}`)
  return {
    status: bound === Infinity ? 'infeasible' : cost === null ? 'unknown' : bound >= cost ? 'optimal' : 'feasible',
    feasible: cost !== null, cost, bound: Number.isFinite(bound) ? bound : null,
    seconds: Math.round(now() - started) / 1000, assignment,
  }
}
