// The measuring files: what is read, what is refused, and that the answers stand before the judges.
import { describe, expect, test } from 'vitest'
import { openFile } from '../../../src/timetabling/formats/open-file.ts'
import { parseCtt } from '../../../src/timetabling/formats/ctt.ts'
import { parseDance, type Dance, type DancePlacement } from '../../../src/timetabling/formats/dance.ts'
import { Malformed } from '../../../src/timetabling/formats/malformed.ts'
import { solveFor } from '../../../src/timetabling/solve-for.ts'
import { judgeCtt } from '../../../src/timetabling/validate/ctt.ts'
import { judgeDance } from '../../../src/timetabling/validate/dance.ts'
import { danceInstance } from '../../support/timetabling/dance-instance.ts'
import { smallCtt } from '../../support/timetabling/small-ctt.ts'

const still = { seconds: 60, seed: 1, now: () => 0, started: 0 }

describe('a .ctt file', () => {
  test('is solved to a cost that the judge confirms', () => {
    const answer = solveFor(openFile('small.ctt', smallCtt), { ...still, moves: 40_000 })
    const verdict = judgeCtt(parseCtt(smallCtt), answer.assignment as never)
    expect(verdict).toMatchObject({ violations: [], cost: answer.cost })
    expect(solveFor(openFile('small.ctt', smallCtt), { ...still, moves: 40_000 })).toEqual(answer)
  })

  test('with more lectures than there is room for is called infeasible', () => {
    const crowded = smallCtt.replace('anatomy reed 3', 'anatomy reed 12')
    expect(solveFor(openFile('x.ctt', crowded), { ...still, moves: 1000 })).toMatchObject({ status: 'infeasible', feasible: false, cost: null, bound: null, assignment: [] })
  })

  test('gets a bound where rooms are too small whatever the order', () => {
    const large = smallCtt.replace('anatomy reed 3 3 28', 'anatomy reed 3 3 33')
    expect(solveFor(openFile('x.ctt', large), { ...still, moves: 20_000 }).bound).toBe(9 + 3)
  })

  test.each([
    ['no header', smallCtt.replace('Rooms: 2', ''), 'header "Rooms:" is missing'],
    ['a word for a number', smallCtt.replace('hall 30', 'hall big'), 'hall: "big" is not a whole number'],
    ['a missing row', smallCtt.replace('loft 18\n', ''), 'section "ROOMS:" has 1 rows'],
    ['an unknown course', smallCtt.replace('drama 2 3', 'opera 2 3'), 'unknown course opera'],
    ['a period outside the week', smallCtt.replace('drama 2 3', 'drama 3 0'), 'outside the week'],
    ['no text', '', 'is missing'],
  ])('with %s is refused', (_, text, message) => {
    expect(() => openFile('x.ctt', text)).toThrow(Malformed)
    expect(() => openFile('x.ctt', text)).toThrow(message)
  })
})

describe('a dance file', () => {
  const dance = danceInstance(4, { classes: 24, rooms: 3, instructors: 6 })

  test('is solved to the proven optimum', () => {
    const answer = solveFor(openFile('d.json', JSON.stringify(dance)), { ...still, moves: 20_000 })
    expect(answer.status).toBe('optimal')
    expect(answer.bound).toBe(answer.cost)
    expect(judgeDance(dance, answer.assignment as DancePlacement[])).toEqual({ violations: [], cost: answer.cost })
  })

  test('that cannot be solved is called infeasible', () => {
    const full: Dance = { ...dance, rooms: [{ cap: 20, sprung: true }], classes: dance.classes.map(item => ({ ...item, dur: 4 })) }
    expect(solveFor(openFile('d.json', JSON.stringify(full)), { ...still, moves: 20_000 })).toMatchObject({ status: 'infeasible', feasible: false, cost: null, assignment: [] })
  })

  test.each([
    ['not JSON', '{', 'not JSON'],
    ['no rooms', JSON.stringify({ ...dance, rooms: undefined }), 'rooms must be a list'],
    ['an instructor nobody knows', JSON.stringify({ ...dance, classes: [{ ...dance.classes[0], instr: 99 }] }), 'classes[0].instr'],
    ['a short preference row', JSON.stringify({ ...dance, classes: [{ ...dance.classes[0], pref: [[1]] }] }), 'classes[0].pref'],
  ])('with %s is refused', (_, text, message) => {
    expect(() => parseDance(text)).toThrow(Malformed)
    expect(() => parseDance(text)).toThrow(message)
  })

  test('is judged strictly: a clash, a wrong floor and a lost class are told', () => {
    const answer = solveFor(openFile('d.json', JSON.stringify(dance)), { ...still, moves: 20_000 }).assignment as DancePlacement[]
    const [first, second, ...rest] = answer
    expect(judgeDance(dance, [first!, { ...first!, class: second!.class }, ...rest]).violations.join()).toMatch(/room|instructor/)
    expect(judgeDance(dance, rest).violations).toContain(`class ${first!.class} is placed 0 times`)
    const barefoot = { ...dance, rooms: dance.rooms.map(room => ({ ...room, sprung: false })) }
    expect(judgeDance(barefoot, answer).violations.some(text => text.endsWith('needs a sprung floor'))).toBe(true)
  })
})
