// Small moves judged by the whole cost: one activity goes elsewhere, which the week planner, blind to rules, would not try.
import type { Random } from '../random.ts'
import { FORBIDDEN, FREE, instructorsOf, type PlacementModel } from './model.ts'
import type { RuleBook } from './rule-book.ts'
import type { Placement } from './state.ts'

/** Attempts in one nudge: enough that a move of this kind costs about as much time as a ruined week. */
const ATTEMPTS = 24

/** Tries random free places for random activities, accepting by temperature; calls `accepted` after each accepted one. */
export function nudge(
  model: PlacementModel, board: Placement, rules: RuleBook, random: Random, temperature: number, fee: number, accepted: () => void,
): void {
  const total = (): number => board.cost + rules.soft + fee * (board.unplaced + rules.broken)
  for (let tries = 0; tries < ATTEMPTS; tries++) {
    const a = random.below(model.n)
    const was = { start: board.start[a]!, room: board.room[a]!, instructor: board.instructor[a]! }
    const place = draw(model, board, random, a)
    if (place === null) continue
    const before = total()
    if (was.start >= 0) board.take(a)
    if (fits(model, board, a, place.start, place.room, place.instructor)) {
      board.put(a, place.start, place.room, place.instructor)
      rules.update([a], board)
      if (total() - before <= -temperature * Math.log(random.unit() + 1e-12)) {
        accepted()
        continue
      }
      board.take(a)
      if (was.start >= 0) board.put(a, was.start, was.room, was.instructor)
      rules.update([a], board)
    } else if (was.start >= 0) board.put(a, was.start, was.room, was.instructor)
  }
}

/** A random start, room and instructor: often only one of the three changes. */
function draw(model: PlacementModel, board: Placement, random: Random, a: number): { start: number; room: number; instructor: number } | null {
  const { T, R, I, startCost, roomCost } = model
  const fresh = board.start[a]! < 0
  const kind = fresh ? 0 : random.below(4)
  const start = kind < 3 ? random.below(T) : board.start[a]!
  const room = fresh || kind !== 1 ? random.below(R) : board.room[a]!
  const may = instructorsOf(model, a)
  if (may.length === 0) return null
  const instructor = fresh || kind === 2 ? may[random.below(may.length)]! : board.instructor[a]!
  if (startCost[a * T + start]! >= FORBIDDEN || roomCost[a * R + room]! >= FORBIDDEN || instructor >= I) return null
  return { start, room, instructor }
}

function fits(model: PlacementModel, board: Placement, a: number, start: number, room: number, instructor: number): boolean {
  const { T, R, D, P, duration, groups, mostPerDay, mostPerWeek } = model
  const { cells, hours } = board
  const length = duration[a]!
  for (let t = start; t < start + length; t++) {
    if (cells[room * T + t] !== FREE || cells[(R + instructor) * T + t] !== FREE) return false
    for (const g of groups[a]!) if (cells[g * T + t] !== FREE) return false
  }
  let week = length
  for (let d = 0; d < D; d++) week += hours[instructor * D + d]!
  return week <= mostPerWeek[instructor]! && hours[instructor * D + Math.floor(start / P)]! + length <= mostPerDay[instructor]!
}
