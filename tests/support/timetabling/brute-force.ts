// Finds the best timetable of a tiny problem by trying everything; it knows the rules only through the judge.
import type { TimetablePlacement, TimetableProblem } from '../../../src/contract/timetabling.ts'
import { judgeStudio } from '../../../src/timetabling/validate/studio.ts'

/** The least cost of any usable timetable, or null when there is none. Meant for at most seven classes and a few slots. */
export function bruteForce(problem: TimetableProblem): number | null {
  const { classes } = problem
  const part = (ids: readonly number[]): TimetableProblem => ({ ...problem, classes: ids.map(i => classes[i]!) })
  // A weaker problem whose prices only grow with more classes, so that sums over classes and pairs are lower bounds.
  const growing = (ids: readonly number[]): TimetableProblem => {
    const { weights } = problem
    return { ...part(ids), styles: [], weights: { ...weights, instructor_day: 0, instructor_gap: 0, room_change: 0, fair_load: 0 } }
  }
  const options = classes.map((_, c) => everywhere(problem, classes[c]!.id).flatMap(place => {
    const { violations, cost } = judgeStudio(growing([c]), [place])
    return violations.length === 0 ? [{ place, cost }] : []
  }).sort((x, y) => x.cost - y.cost))
  const pair = new Map<string, number>()
  const between = (a: number, i: number, b: number, j: number): number => {
    const key = `${a},${i},${b},${j}`
    const known = pair.get(key)
    if (known !== undefined) return known
    const [x, y] = [options[a]![i]!, options[b]![j]!]
    const { violations, cost } = judgeStudio(growing([a, b]), [x.place, y.place])
    const extra = violations.length > 0 ? Infinity : cost - x.cost - y.cost
    pair.set(key, extra)
    return extra
  }
  const order = classes.map((_, c) => c).sort((a, b) => options[a]!.length - options[b]!.length)
  const least = order.map((_, k) => order.slice(k + 1).reduce((sum, c) => sum + (options[c]![0]?.cost ?? Infinity), 0))
  const chosen: number[] = []
  let best = Infinity
  const extend = (depth: number, cost: number): void => {
    if (depth === order.length) {
      const places = order.map((c, k) => options[c]![chosen[k]!]!.place)
      const verdict = judgeStudio(problem, places)
      if (verdict.violations.length === 0) best = Math.min(best, verdict.cost)
      return
    }
    const c = order[depth]!
    for (let i = 0; i < options[c]!.length; i++) {
      let sum = cost + options[c]![i]!.cost
      if (sum + least[depth]! >= best) break
      for (let k = 0; k < depth && sum < best; k++) sum += between(order[k]!, chosen[k]!, c, i)
      if (sum + least[depth]! >= best) continue
      chosen[depth] = i
      extend(depth + 1, sum)
    }
  }
  extend(0, 0)
  return best === Infinity ? null : best
}

function everywhere(problem: TimetableProblem, class_id: string): TimetablePlacement[] {
  const places: TimetablePlacement[] = []
  const from = Math.min(...problem.opening.map(w => w.from))
  for (const window of problem.opening)
    for (let start = from; start < window.to; start += problem.slot_minutes)
      for (const room of problem.rooms)
        for (const who of problem.instructors) places.push({ class_id, day: window.day, start, room_id: room.id, instructor_id: who.id })
  return places
}
