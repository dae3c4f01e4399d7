// What every host relies on: same seed and moves, same answer, however the run is sliced, stopped and resumed.
import { describe, expect, test } from 'vitest'
import { compileCurriculum } from '../../../src/timetabling/curriculum/model.ts'
import { CurriculumRun } from '../../../src/timetabling/curriculum/anneal.ts'
import { parseCtt } from '../../../src/timetabling/formats/ctt.ts'
import { StudioRun } from '../../../src/timetabling/studio/solve.ts'
import { judgeCtt } from '../../../src/timetabling/validate/ctt.ts'
import { judgeStudio } from '../../../src/timetabling/validate/studio.ts'
import { tinyProblem } from '../../support/timetabling/problems.ts'
import { studioProblem } from '../../support/timetabling/studios.ts'
import { smallCtt } from '../../support/timetabling/small-ctt.ts'

const studio = studioProblem(3, { classes: 24, rooms: 2, instructors: 6 }, 'tight')

describe('a studio run', () => {
  test('gives one answer per seed and number of moves', () => {
    const run = (seed: number) => {
      const once = StudioRun.start(studio, seed)
      once.step(900)
      return once.answer()
    }
    expect(run(5)).toEqual(run(5))
    expect(judgeStudio(studio, run(5).placements).violations).toEqual([])
  })

  test.each([1, 7, 64, 333])('is the same in slices of %i moves', slice => {
    const whole = StudioRun.start(studio, 2)
    whole.step(800)
    const sliced = StudioRun.start(studio, 2)
    for (let made = 0; made < 800; made += slice) sliced.step(Math.min(slice, 800 - made))
    expect(sliced.answer()).toEqual(whole.answer())
    expect(sliced.checkpoint()).toBe(whole.checkpoint())
  })

  test('goes on from a checkpoint as if it had not been interrupted, in every phase', () => {
    for (const at of [0, 60, 121, 500, 1500]) {
      const whole = StudioRun.start(studio, 4)
      whole.step(at)
      const resumed = StudioRun.resume(studio, whole.checkpoint())
      whole.step(500)
      resumed.step(500)
      expect(resumed.checkpoint(), `interrupted at ${at}`).toBe(whole.checkpoint())
    }
  })

  test('resumes in the middle of a proof', () => {
    for (let seed = 1; seed <= 120; seed++) {
      const problem = tinyProblem(seed)
      const whole = StudioRun.start(problem, 1)
      const resumed = StudioRun.start(problem, 1)
      whole.step(60_000)
      let again = resumed
      for (let i = 0; i < 400 && !again.progress().done; i++) {
        again.step(i % 2 === 0 ? 37 : 400)
        again = StudioRun.resume(problem, again.checkpoint())
      }
      expect(again.answer(), `seed ${seed}`).toEqual(whole.answer())
    }
  })
})

describe('a course run', () => {
  const ctt = parseCtt(smallCtt)
  const model = compileCurriculum(ctt)

  test('is the same sliced, resumed and whole, and its answer is usable', () => {
    const whole = new CurriculumRun(model, 9, 60_000)
    whole.step(60_000)
    let sliced = new CurriculumRun(model, 9, 60_000)
    for (let made = 0; made < 60_000; made += 7_500) {
      sliced.step(7_500)
      sliced = CurriculumRun.resume(model, sliced.checkpoint())
    }
    expect(sliced.checkpoint()).toBe(whole.checkpoint())
    const verdict = judgeCtt(ctt, whole.best()!)
    expect(verdict.violations).toEqual([])
    expect(verdict.cost).toBe(whole.progress().cost)
  })
})
