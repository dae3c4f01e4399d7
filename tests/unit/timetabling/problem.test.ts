// The wire shape of a problem: what the generators make is accepted, what nobody bears the name of is found.
import { describe, expect, test } from 'vitest'
import { timetableProblemSchema } from '../../../src/contract/timetabling.ts'
import { unknownIds } from '../../../src/timetabling/studio/unknown-ids.ts'
import { plainClass, plainProblem, tinyProblem } from '../../support/timetabling/problems.ts'
import { studioProblem } from '../../support/timetabling/studios.ts'

const open = [{ day: 0, from: 960, to: 1080 }]

describe('a timetabling problem', () => {
  test('of the generators passes the schema and names only what exists', () => {
    const problems = [...Array.from({ length: 50 }, (_, seed) => tinyProblem(seed)), studioProblem(1, { classes: 60, rooms: 4, instructors: 12 }, 'normal')]
    for (const problem of problems) {
      expect(timetableProblemSchema.parse(problem)).toEqual(problem)
      expect(unknownIds(problem)).toEqual([])
    }
  })

  test.each([
    ['a window that ends before it begins', { opening: [{ day: 0, from: 1080, to: 960 }] }, 'opening.0.to'],
    ['an eighth day', { opening: [{ day: 7, from: 960, to: 1080 }] }, 'opening.0.day'],
    ['slots of seven minutes', { slot_minutes: 7 }, 'slot_minutes'],
    ['a key that nobody knows', { speed: 3 }, ''],
  ])('with %s is refused at its field', (_, change, field) => {
    const result = timetableProblemSchema.safeParse({ ...plainProblem([plainClass('a', ['i1'])], open), ...change })
    expect(result.error?.issues.map(issue => issue.path.join('.'))).toEqual([field])
  })

  test('with unknown or doubled names says where', () => {
    const problem = plainProblem([plainClass('a', ['i1', 'nobody']), plainClass('a', ['i1'])], open)
    problem.links.push({ id: 'l', kind: 'before', first: 'a', second: 'ghost', weight: 1 })
    expect(unknownIds(problem)).toEqual(['classes.1.id: "a" occurs twice', 'classes.0.instructors.1: "nobody" is unknown', 'links.0.second: "ghost" is unknown'])
  })
})
