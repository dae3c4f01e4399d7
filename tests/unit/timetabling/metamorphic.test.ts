// What must hold for any studio: names mean nothing, and asking for more never makes a timetable cheaper.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TimetableProblem } from '../../../src/contract/timetabling.ts'
import { solveStudio } from '../../../src/timetabling/studio/solve.ts'
import { elementsOf, relax } from '../../../src/timetabling/studio/relax.ts'
import { rolls, tinyProblem } from '../../support/timetabling/problems.ts'

const MOVES = 60_000
const seeds = fc.integer({ min: 1, max: 1_000_000 })
const value = (problem: TimetableProblem): number => {
  const { status, cost } = solveStudio(problem, 1, MOVES)
  expect(['optimal', 'infeasible']).toContain(status)
  return cost ?? Infinity
}

describe('a timetable', () => {
  test('costs the same under other names and in another order', () => {
    fc.assert(fc.property(seeds, seed => {
      const problem = tinyProblem(seed)
      expect(value(relabel(problem, seed))).toBe(value(problem))
    }), { numRuns: 150, seed: 20_26 })
  })

  test('never becomes cheaper when a requirement is added', () => {
    fc.assert(fc.property(seeds, fc.nat(), (seed, pick) => {
      const problem = tinyProblem(seed)
      const elements = elementsOf(problem).filter(element => !element.startsWith('class:') && !element.startsWith('size:'))
      const without = relax(problem, new Set(elements.filter((_, i) => (pick >> i % 20) & 1)))
      expect(value(without)).toBeLessThanOrEqual(value(problem))
    }), { numRuns: 150, seed: 20_27 })
  })

  test('never becomes cheaper when a wish weighs more', () => {
    fc.assert(fc.property(seeds, seed => {
      const problem = tinyProblem(seed)
      const { weights } = problem
      const dearer = { ...problem, weights: { ...weights, instructor_day: weights.instructor_day + 2, instructor_gap: weights.instructor_gap + 1, change_time: weights.change_time + 1 } }
      expect(value(dearer)).toBeGreaterThanOrEqual(value(problem))
    }), { numRuns: 80, seed: 20_28 })
  })
})

/** The same studio with every id renamed and every list turned round; levels keep their order, which ids decide between equals. */
function relabel(problem: TimetableProblem, seed: number): TimetableProblem {
  const roll = rolls(seed + 1)
  const salt = `z${roll.below(1000)}-`
  const turn = <Item>(items: readonly Item[]): Item[] => {
    const cut = roll.below(items.length + 1)
    return [...items.slice(cut), ...items.slice(0, cut)].reverse()
  }
  const name = (id: string): string => salt + id
  const orNull = (id: string | null): string | null => (id === null ? null : name(id))
  return {
    ...problem, opening: turn(problem.opening),
    rooms: turn(problem.rooms).map(room => ({ ...room, id: name(room.id), site: name(room.site) })),
    instructors: turn(problem.instructors).map(who => ({ ...who, id: name(who.id) })),
    classes: turn(problem.classes).map(item => ({
      ...item, id: name(item.id), instructors: turn(item.instructors).map(name),
      pinned: item.pinned && { ...item.pinned, room_id: orNull(item.pinned.room_id), instructor_id: orNull(item.pinned.instructor_id) },
      published: item.published && { ...item.published, room_id: name(item.published.room_id), instructor_id: name(item.published.instructor_id) },
    })),
    shared: turn(problem.shared).map(set => ({ ...set, id: name(set.id), classes: turn(set.classes).map(name) })),
    links: turn(problem.links).map(link => ({ ...link, id: name(link.id), first: name(link.first), second: name(link.second) })),
    travel: problem.travel.map(way => ({ ...way, from: name(way.to), to: name(way.from) })),
  }
}
