// Ways out of an impossible problem: which requirement to give up, ranked by what it does to the published timetable.
import type { Repair, TimetablePlacement, TimetableProblem } from '../../contract/timetabling.ts'
import { explain } from './explain.ts'
import { conflictOf } from './reasons.ts'
import { names, relax, say } from './relax.ts'
import { StudioRun } from './solve.ts'

/** Most requirements given up together; beyond that a person should look at the whole. */
const MOST_DROPPED = 3

/**
 * Repairs of an impossible problem: sets of requirements (each from a minimal conflict) without which a timetable exists,
 * smallest first, then fewest published changes, then fewest families affected, then cost. `moves` is spent on each candidate.
 */
export function repairsOf(problem: TimetableProblem, moves: number): Repair[] {
  const repairs: Repair[] = []
  let open: string[][] = [[]]
  for (let size = 1; size <= MOST_DROPPED && repairs.length === 0 && open.length > 0; size++) {
    const next = new Map<string, string[]>()
    for (const dropped of open) {
      const relaxed = relax(problem, new Set(dropped))
      for (const { element } of conflictOf(relaxed)?.reasons ?? []) {
        const candidate = [...dropped, element].sort()
        next.set(candidate.join(' '), candidate)
      }
    }
    const failed: string[][] = []
    for (const candidate of next.values()) {
      const repair = tryWithout(problem, candidate, moves)
      if (repair === null) failed.push(candidate)
      else repairs.push(repair)
    }
    open = failed.slice(0, 12)
  }
  return repairs.sort((a, b) => a.drop.length - b.drop.length || a.changes - b.changes || a.families - b.families || a.cost - b.cost)
}

function tryWithout(problem: TimetableProblem, drop: string[], moves: number): Repair | null {
  const relaxed = relax(problem, new Set(drop))
  const run = StudioRun.start(keepPublished(relaxed), 1)
  run.step(moves)
  const { cost: found, placements } = run.answer()
  if (found === null) return null
  const cost = explain(relaxed, placements).reduce((sum, line) => sum + line.cost, 0)
  const changed = changesOf(problem, placements)
  const sentences = drop.map(element => (element.startsWith('class:') ? `Leave out ${names(problem, [element.slice(6)])}.` : `Give up: ${say(problem, element)}`))
  const gone = problem.classes.filter(item => drop.includes(`class:${item.id}`) && item.published !== null)
  return {
    drop, sentence: sentences.join(' '), changes: changed.length + gone.length,
    families: [...changed, ...gone].reduce((sum, item) => sum + item.families, 0), cost, placements,
  }
}

/** Classes that stand elsewhere than published: another time, room or instructor. */
export function changesOf(problem: TimetableProblem, placements: readonly TimetablePlacement[]): TimetableProblem['classes'] {
  return problem.classes.filter(item => {
    const at = placements.find(place => place.class_id === item.id)
    const was = item.published
    return at && was && (at.day !== was.day || at.start !== was.start || at.room_id !== was.room_id || at.instructor_id !== was.instructor_id)
  })
}

/** The same problem with changes priced above every wish, so that the search looks for the smallest change first. */
function keepPublished(problem: TimetableProblem): TimetableProblem {
  if (!problem.classes.some(item => item.published !== null)) return problem
  const { weights } = problem
  return { ...problem, weights: { ...weights, change_time: Math.max(100, weights.change_time), change_room: Math.max(50, weights.change_room), change_instructor: Math.max(50, weights.change_instructor) } }
}
