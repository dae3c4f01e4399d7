// Decides whether a problem has any usable timetable: a quick search for one, a relaxation and a full search against it.
import type { TimetablePlacement, TimetableProblem } from '../../contract/timetabling.ts'
import { PlacementRun } from '../placement/search.ts'
import { compileStudio, toPlacements } from './compile.ts'

/** `unknown` when neither a timetable nor a proof was found within the moves allowed. */
export type Decision = { verdict: 'possible' | 'impossible' | 'unknown'; placements: TimetablePlacement[] }

/** Looks for any usable timetable, wishes aside, for at most `moves` moves (about 50 µs each). */
export function decide(problem: TimetableProblem, moves: number): Decision {
  const compiled = compileStudio(withoutWishes(problem))
  const run = new PlacementRun(compiled.model, 1)
  for (let left = moves; left > 0; left -= 50) {
    const { cost, bound } = run.step(Math.min(50, left))
    if (cost !== null) return { verdict: 'possible', placements: toPlacements(compiled, run.best()!) }
    if (bound === Infinity) return { verdict: 'impossible', placements: [] }
  }
  return { verdict: 'unknown', placements: [] }
}

/** The same requirements with every price at zero: any usable timetable is then as good as another, and the search stops at once. */
export function withoutWishes(problem: TimetableProblem): TimetableProblem {
  const { weights } = problem
  return {
    ...problem,
    classes: problem.classes.map(item => ({ ...item, preferences: [], published: null })),
    shared: problem.shared.filter(set => set.weight === 'required'),
    links: problem.links.filter(link => link.weight === 'required'),
    styles: [],
    weights: {
      room_over: weights.room_over === 'required' ? 'required' : 0, room_spare: 0, instructor_day: 0, instructor_gap: 0, room_change: 0,
      youngest_early: 0, fair_load: 0, change_time: 0, change_room: 0, change_instructor: 0,
    },
  }
}
