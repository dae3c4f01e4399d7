// The studio's search as its hosts use it: start or resume, slice by moves, and read the answer with its proof.
import type { TimetablePlacement, TimetableProblem, TimetableStatus } from '../../contract/timetabling.ts'
import { PlacementRun } from '../placement/search.ts'
import type { Progress } from '../run.ts'
import { compileStudio, toPlacements, type Compiled } from './compile.ts'

/** What is known so far. `gap` is cost minus bound over cost (0 when proven); null where there is no usable timetable yet. */
export type StudioAnswer = { status: TimetableStatus; cost: number | null; bound: number | null; gap: number | null; placements: TimetablePlacement[] }

/** One search over one problem. A step of 400 moves takes about 20 ms; the answer depends on seed and moves alone. */
export class StudioRun {
  private readonly compiled: Compiled
  private readonly run: PlacementRun

  private constructor(compiled: Compiled, run: PlacementRun) {
    this.compiled = compiled
    this.run = run
  }

  static start(problem: TimetableProblem, seed: number): StudioRun {
    const compiled = compileStudio(problem)
    return new StudioRun(compiled, new PlacementRun(compiled.model, seed))
  }

  /** Goes on from a checkpoint of the same problem. */
  static resume(problem: TimetableProblem, checkpoint: string): StudioRun {
    const compiled = compileStudio(problem)
    return new StudioRun(compiled, PlacementRun.resume(compiled.model, checkpoint))
  }

  step(moves: number): Progress {
    return this.run.step(moves)
  }

  progress(): Progress {
    return this.run.progress()
  }

  checkpoint(): string {
    return this.run.checkpoint()
  }

  answer(): StudioAnswer {
    const { cost, bound } = this.run.progress()
    const best = this.run.best()
    const status = bound === Infinity ? 'infeasible' : cost === null ? 'unknown' : bound >= cost ? 'optimal' : 'feasible'
    return {
      status, cost, bound: Number.isFinite(bound) ? bound : null,
      gap: cost === null ? null : cost === 0 ? 0 : Math.max(0, cost - bound) / cost,
      placements: best === null ? [] : toPlacements(this.compiled, best),
    }
  }

  /** The best attempt even while something is unplaced: what could be placed so far. */
  attempt(): TimetablePlacement[] {
    return toPlacements(this.compiled, this.run.attempt())
  }
}

/** Solves in one go, for hosts without slices: at most `moves` moves. */
export function solveStudio(problem: TimetableProblem, seed: number, moves: number): StudioAnswer {
  const run = StudioRun.start(problem, seed)
  run.step(moves)
  return run.answer()
}
