// Ruin and recreate: takes a few instructors' activities off the board and plans each week anew, exactly, one after another.
import type { Random } from '../random.ts'
import { FORBIDDEN, FREE, type Link, type PlacementModel } from './model.ts'
import type { Placement } from './state.ts'
import { PART, type WeekPlanner } from './week.ts'

const NEVER = 1e15

/** Fills a planner's options for one unplaced activity with what is free on the board, plus a guiding rent and random noise. */
export function fillFree(
  model: PlacementModel, board: Placement, planner: WeekPlanner, i: number, a: number, instructor: number,
  rent: Float64Array, share: number, noise: number, random: Random, fee: number,
): void {
  const links = model.links[a]!
  const { R, T, I, startCost, roomCost, instructorCost, duration, groups } = model
  const { cells } = board
  const length = duration[a]!
  const shared = groups[a]!
  const flat = instructorCost[a * I + instructor]!
  for (let t = 0; t < T; t++) {
    const cost = startCost[a * T + t]!
    if (cost >= FORBIDDEN || !free(cells, (R + instructor) * T + t, length)) continue
    let base = cost + flat + noise * random.unit()
    let clear = true
    for (let g = 0; g < shared.length && clear; g++) {
      clear = free(cells, shared[g]! * T + t, length)
      for (let s = t; s < t + length; s++) base += share * rent[shared[g]! * T + s]!
    }
    if (!clear) continue
    let least = NEVER
    for (let r = 0; r < R; r++) {
      const fit = roomCost[a * R + r]!
      if (fit >= FORBIDDEN || !free(cells, r * T + t, length)) continue
      let sum = fit + base
      if (links.length > 0) sum += owed(links, t, r, instructor, board, fee)
      if (share !== 0) for (let s = r * T + t; s < r * T + t + length; s++) sum += share * rent[s]!
      if (sum < least) {
        least = sum
        planner.optionRoom[i * T + t] = r
      }
    }
    planner.optionCost[i * T + t] = least
  }
}

/** What an activity's links with standing partners would cost here. */
function owed(links: Link[], start: number, room: number, instructor: number, board: Placement, fee: number): number {
  let cost = 0
  for (const link of links) {
    if (board.start[link.other]! < 0) continue
    cost += (link.required ? fee : link.weight) * link.units(start, room, instructor, board)
  }
  return cost
}

function free(cells: Int16Array, from: number, length: number): boolean {
  for (let i = from; i < from + length; i++) if (cells[i] !== FREE) return false
  return true
}

/** Plans unplaced activities of one instructor (at most PART) onto the free board; what does not fit stays unplaced. */
export function replan(
  model: PlacementModel, board: Placement, planner: WeekPlanner, members: ArrayLike<number>, k: number, instructor: number,
  missing: number, rent: Float64Array, share: number, noise: number, random: Random,
): void {
  if (k > PART) throw new RangeError(`${k} activities are too many to plan at once`)
  planner.clear(k)
  for (let i = 0; i < k; i++) fillFree(model, board, planner, i, members[i]!, instructor, rent, share, noise, random, missing)
  let taught = 0
  for (let d = 0; d < model.D; d++) {
    const slots = board.hours[instructor * model.D + d]!
    taught += slots
    planner.dayCost[d] = slots === 0 ? model.dayCost[instructor]! : 0
    planner.dayRoom[d] = model.mostPerDay[instructor]! - slots
  }
  planner.solve(members, k, missing, model.mostPerWeek[instructor]! - taught)
  for (let i = 0; i < k; i++) {
    const t = planner.start[i]!
    if (t >= 0) board.put(members[i]!, t, planner.optionRoom[i * model.T + t]!, instructor)
  }
}
