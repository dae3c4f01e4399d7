// The solver against trying everything: a thousand tiny studios, optimal or impossible, each claim checked.
import { describe, expect, test } from 'vitest'
import { decide } from '../../../src/timetabling/studio/decide.ts'
import { explain } from '../../../src/timetabling/studio/explain.ts'
import { conflictOf } from '../../../src/timetabling/studio/reasons.ts'
import { elementsOf, relax } from '../../../src/timetabling/studio/relax.ts'
import { solveStudio } from '../../../src/timetabling/studio/solve.ts'
import { judgeStudio } from '../../../src/timetabling/validate/studio.ts'
import { bruteForce } from '../../support/timetabling/brute-force.ts'
import { tinyProblem } from '../../support/timetabling/problems.ts'

const INSTANCES = 1000
const MOVES = 60_000

describe('a tiny studio', () => {
  test('is solved to the proven optimum, or shown impossible, exactly as trying everything says', () => {
    let possible = 0
    let impossible = 0
    for (let seed = 1; seed <= INSTANCES; seed++) {
      const problem = tinyProblem(seed)
      const best = bruteForce(problem)
      const answer = solveStudio(problem, seed, MOVES)
      if (best === null) {
        impossible++
        expect(answer.status, `seed ${seed}`).toBe('infeasible')
        continue
      }
      possible++
      expect([answer.status, answer.cost, answer.bound], `seed ${seed}`).toEqual(['optimal', best, best])
      const verdict = judgeStudio(problem, answer.placements)
      expect(verdict, `seed ${seed}`).toEqual({ violations: [], cost: best })
      const lines = explain(problem, answer.placements)
      expect(lines.reduce((sum, line) => sum + line.cost, 0), `lines of seed ${seed}`).toBe(best)
    }
    expect(possible).toBeGreaterThan(400)
    expect(impossible).toBeGreaterThan(200)
  })

  test('that is impossible gets a reason that is impossible alone, and possible without any one of it', () => {
    let checked = 0
    for (let seed = 1; checked < 60; seed++) {
      const problem = tinyProblem(seed)
      if (bruteForce(problem) !== null) continue
      checked++
      const conflict = conflictOf(problem)
      expect(conflict?.proven, `seed ${seed}`).toBe(true)
      const reason = conflict!.reasons.map(({ element }) => element)
      const only = (kept: string[]) => relax(problem, new Set(elementsOf(problem).filter(element => !kept.includes(element))))
      expect(reason.length, `seed ${seed}`).toBeGreaterThan(0)
      expect(bruteForce(only(reason)), `the reason of seed ${seed}: ${reason.join(', ')}`).toBeNull()
      for (const element of reason)
        expect(decide(only(reason.filter(other => other !== element)), MOVES).verdict, `seed ${seed} without ${element}`).toBe('possible')
    }
  })
})
