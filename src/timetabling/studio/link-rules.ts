// The rules between two classes: links of every kind, and soft conflicts of shared families.
import type { LinkKind } from '../../contract/timetabling.ts'
import type { Link, Rule, Standing } from '../placement/model.ts'

type Spot = { start: number; room: number; instructor: number }
/** 1 when the link is broken for a first class at `x` and a second at `y`, which last `dx` and `dy` slots in days of P slots. */
type Test = (x: Spot, y: Spot, dx: number, dy: number, P: number) => boolean

const overlap: Test = (x, y, dx, dy) => x.start < y.start + dy && y.start < x.start + dx
const sameDay = (x: Spot, y: Spot, P: number): boolean => Math.floor(x.start / P) === Math.floor(y.start / P)

const broken: Record<LinkKind, Test> = {
  same_time: (x, y) => x.start !== y.start,
  different_time: overlap,
  before: (x, y, dx) => x.start + dx > y.start,
  back_to_back: (x, y, dx, dy, P) => !sameDay(x, y, P) || (x.start + dx !== y.start && y.start + dy !== x.start),
  same_room: (x, y) => x.room !== y.room,
  same_instructor: (x, y) => x.instructor !== y.instructor,
  same_day: (x, y, _dx, _dy, P) => !sameDay(x, y, P),
  different_day: (x, y, _dx, _dy, P) => sameDay(x, y, P),
}

export type PairTerms = { kind: LinkKind; required: boolean; weight: number; first: number; second: number }

/** The rule of a pair, and each side's link for steering. `P` is slots per day; durations are in slots. */
export function pairRule({ kind, required, weight, first, second }: PairTerms, durations: ArrayLike<number>, P: number): { rule: Rule; sides: [Link, Link] } {
  const test = broken[kind]
  const [dx, dy] = [durations[first]!, durations[second]!]
  const spot = (at: Standing, a: number): Spot => ({ start: at.start[a]!, room: at.room[a]!, instructor: at.instructor[a]! })
  const rule: Rule = {
    required, weight, grows: true, activities: [first, second],
    units: at => (at.start[first]! >= 0 && at.start[second]! >= 0 && test(spot(at, first), spot(at, second), dx, dy, P) ? 1 : 0),
  }
  return {
    rule,
    sides: [
      { other: second, required, weight, units: (start, room, instructor, at) => (test({ start, room, instructor }, spot(at, second), dx, dy, P) ? 1 : 0) },
      { other: first, required, weight, units: (start, room, instructor, at) => (test(spot(at, first), { start, room, instructor }, dx, dy, P) ? 1 : 0) },
    ],
  }
}
