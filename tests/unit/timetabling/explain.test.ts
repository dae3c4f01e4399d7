// What a person asks of a timetable: what it costs and why, why not there, and what to give up when nothing works.
import { describe, expect, test } from 'vitest'
import type { TimetableClass, TimetableProblem } from '../../../src/contract/timetabling.ts'
import { costPerClass, explain } from '../../../src/timetabling/studio/explain.ts'
import { conflictOf } from '../../../src/timetabling/studio/reasons.ts'
import { repairsOf } from '../../../src/timetabling/studio/repairs.ts'
import { solveStudio } from '../../../src/timetabling/studio/solve.ts'
import { whatIfThere, whyNot } from '../../../src/timetabling/studio/why-not.ts'
import { judgeStudio } from '../../../src/timetabling/validate/studio.ts'
import { plainClass, plainProblem } from '../../support/timetabling/problems.ts'
import { studioProblem } from '../../support/timetabling/studios.ts'

const tuesday = [{ day: 1, from: 960, to: 1080 }]
const place = (class_id: string, start: number, room_id = 'r1', instructor_id = 'i1') => ({ class_id, day: 1, start, room_id, instructor_id })
const elements = (reasons: readonly { element: string }[]): string[] => reasons.map(({ element }) => element).sort()

describe('the cost of a timetable', () => {
  test('comes in sentences that add up to it, and splits over the classes', () => {
    const problem = studioProblem(11, { classes: 18, rooms: 2, instructors: 5 }, 'normal')
    const { cost, placements } = solveStudio(problem, 1, 1500)
    const lines = explain(problem, placements)
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.reduce((sum, line) => sum + line.cost, 0)).toBe(cost)
    expect(judgeStudio(problem, placements)).toEqual({ violations: [], cost })
    expect([...costPerClass(lines).values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(cost!)
    expect(lines.find(line => line.term === 'instructor_day')?.sentence).toMatch(/^Instructor \d comes in on \w+day\.$/)
  })
})

describe('why not Tuesday 17:00', () => {
  const problem: TimetableProblem = {
    ...plainProblem([plainClass('jazz', ['i1']), plainClass('tap', ['i2']), plainClass('ballet', ['i1'])], tuesday),
    rooms: [
      { id: 'r1', name: 'Studio 1', features: [], capacity: 20, site: 'main' },
      { id: 'r2', name: 'Studio 2', features: ['sprung'], capacity: 20, site: 'main' },
    ],
  }
  problem.instructors = [problem.instructors[0]!, { ...problem.instructors[0]!, id: 'i2', name: 'Ben' }]

  test('names the one class in the way where another room is free', () => {
    const answer = whyNot(problem, [place('jazz', 960), place('tap', 1020, 'r1', 'i2'), place('ballet', 1020)], { class_id: 'tap', day: 1, start: 960 })
    expect(answer).toEqual({ room_id: 'r2', instructor_id: 'i2', reasons: [] })
    const own = whyNot(problem, [place('jazz', 960), place('ballet', 1020, 'r2')], { class_id: 'ballet', day: 1, start: 960 })
    expect(own.reasons).toEqual([{ element: 'booked:jazz', sentence: 'Class jazz is taught by Ana at Tuesday 16:00.' }])
  })

  test('tells of closed hours, limits, features, links and families', () => {
    expect(elements(whyNot(problem, [], { class_id: 'tap', day: 1, start: 1050 }).reasons)).toEqual(['available:i2', 'closed'])
    const strict: TimetableProblem = {
      ...problem,
      classes: problem.classes.map(item => (item.id === 'ballet' ? { ...item, needs: ['sprung', 'barre'] } : item)),
      links: [{ id: 'order', kind: 'before', first: 'ballet', second: 'jazz', weight: 'required' }],
      shared: [{ id: 'smiths', classes: ['ballet', 'tap'], families: 2, weight: 'required' }],
      instructors: problem.instructors.map(who => ({ ...who, max_minutes_day: 90 })),
    }
    const { reasons } = whyNot(strict, [place('jazz', 960), place('tap', 1020, 'r1', 'i2')], { class_id: 'ballet', day: 1, start: 1020, room_id: 'r2' })
    expect(elements(reasons)).toEqual(['booked:tap', 'day_hours:i1', 'link:order', 'needs:ballet'])
    expect(reasons.find(({ element }) => element === 'booked:tap')?.sentence).toContain('shares 2 families')
  })

  test('with everything free to move: the price, or the minimal conflict', () => {
    expect(whatIfThere(problem, { class_id: 'ballet', day: 1, start: 960 }, 5000).answer).toMatchObject({ status: 'optimal', cost: 0 })
    const half = whatIfThere(problem, { class_id: 'ballet', day: 1, start: 990 }, 5000)
    expect(half.answer.status).toBe('infeasible')
    expect(elements(half.reasons)).toEqual(['class:ballet', 'class:jazz', 'pin:ballet'])
  })
})

describe('an impossible timetable', () => {
  const late: TimetableClass = { ...plainClass('late', ['i1']), families: 3 }
  const full = plainProblem([plainClass('a', ['i1']), plainClass('b', ['i1']), late], tuesday)

  test('gives the minimal conflict in words', () => {
    const conflict = conflictOf({ ...full, classes: [...full.classes, plainClass('bystander', [])].slice(0, 3) })!
    expect(conflict.proven).toBe(true)
    expect(elements(conflict.reasons)).toEqual(['class:a', 'class:b', 'class:late'])
    expect(conflict.reasons[0]!.sentence).toBe('Class a must be taught once a week, by Ana.')
  })

  test('finds the few classes behind it among many', () => {
    const problem = studioProblem(5, { classes: 40, rooms: 3, instructors: 8 }, 'easy')
    problem.classes[7]!.needs = ['harlequin floor']
    const conflict = conflictOf(problem)!
    expect(elements(conflict.reasons)).toEqual(['class:class-7', 'needs:class-7'])
    expect(conflict.proven).toBe(true)
  })

  test('offers repairs, fewest published changes and families first', () => {
    const published = (item: TimetableClass, start: number): TimetableClass => ({ ...item, published: { day: 1, start, room_id: 'r1', instructor_id: 'i1' } })
    const problem = { ...full, classes: [published(full.classes[0]!, 960), published(full.classes[1]!, 1020), late] }
    const repairs = repairsOf(problem, 2000)
    expect(repairs.map(({ drop, changes, families }) => ({ drop, changes, families }))).toEqual([
      { drop: ['class:late'], changes: 0, families: 0 },
      { drop: ['class:a'], changes: 1, families: 8 },
      { drop: ['class:b'], changes: 1, families: 8 },
    ])
    for (const { drop, placements } of repairs) {
      const left = { ...problem, classes: problem.classes.filter(item => !drop.includes(`class:${item.id}`)) }
      expect(judgeStudio(left, placements).violations).toEqual([])
    }
  })
})
