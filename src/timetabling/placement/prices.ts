// A lower bound by Lagrangian relaxation: cells charge rent, and each instructor plans the week alone.
// Held, Wolfe, Crowder: "Validation of subgradient optimization" (1974); the direction is deflected after Camerini et al. (1975).
import { clustersOf, type Cluster } from './clusters.ts'
import { FORBIDDEN, FREE, type PlacementModel } from './model.ts'
import type { WeekPlanner } from './week.ts'

const NEVER = 1e15

/** Everything of the prices that a checkpoint keeps. */
export type SavedPrices = { rent: number[]; best: number[]; direction: number[]; bound: number; theta: number; stale: number; settled: boolean }

export class Prices {
  readonly clusters: Cluster[]
  /** resource × slot → rent, never negative: the present ones, and those of the best bound */
  readonly rent: Float64Array
  readonly bestRent: Float64Array
  /** The best bound so far, before rounding up; Infinity when some week is impossible by itself. */
  bound = -Infinity
  /** Set once further steps are not worth their time. */
  settled = false
  private theta = 1.5
  private stale = 0
  private readonly direction: Float64Array
  private readonly usage: Float64Array
  private readonly model: PlacementModel
  private readonly planner: WeekPlanner

  /** Fee for leaving an activity out of the relaxed plans; by default none may be left out. */
  private readonly missing: number

  constructor(model: PlacementModel, planner: WeekPlanner, missing = NEVER) {
    this.missing = missing
    const cells = model.cells.length
    this.model = model
    this.planner = planner
    this.clusters = clustersOf(model)
    this.rent = new Float64Array(cells)
    this.bestRent = new Float64Array(cells)
    this.direction = new Float64Array(cells)
    this.usage = new Float64Array(cells)
  }

  /** One step: evaluates the present rents and moves them. `upper` is the cost of a known answer, or a guess above the bound. */
  step(upper: number): void {
    const { rent, usage, direction } = this
    const bound = this.evaluate()
    if (bound >= NEVER / 2) {
      this.bound = Infinity
      this.settled = true
      return
    }
    if (bound > this.bound + 1e-4) {
      this.bound = bound
      this.bestRent.set(rent)
    }
    if (++this.stale >= 12) {
      this.theta *= 0.7
      this.stale = 0
    }
    let norm = 0
    for (let i = 0; i < rent.length; i++) {
      const slope = usage[i]! + 0.6 * direction[i]!
      direction[i] = rent[i]! <= 0 && slope < 0 ? 0 : slope
      norm += direction[i]! * direction[i]!
    }
    if (norm === 0 || this.theta < 1e-3) {
      this.settled = true
      return
    }
    const length = (this.theta * Math.max(upper - bound, 0.5)) / norm
    for (let i = 0; i < rent.length; i++) rent[i] = Math.max(0, rent[i]! + length * direction[i]!)
  }

  save(): SavedPrices {
    const { bound, theta, stale, settled } = this
    return { rent: [...this.rent], best: [...this.bestRent], direction: [...this.direction], bound: Number.isFinite(bound) ? bound : bound < 0 ? -1e300 : 1e300, theta, stale, settled }
  }

  restore(saved: SavedPrices): void {
    this.rent.set(saved.rent)
    this.bestRent.set(saved.best)
    this.direction.set(saved.direction)
    this.bound = Math.abs(saved.bound) < 1e300 ? saved.bound : saved.bound * Infinity
    this.theta = saved.theta
    this.stale = saved.stale
    this.settled = saved.settled
  }

  /** The bound the present rents give; leaves in `usage` how often each cell is wanted, less one. */
  private evaluate(): number {
    this.usage.fill(-1)
    let total = 0
    for (let i = 0; i < this.rent.length; i++) total -= this.rent[i]!
    for (const cluster of this.clusters) total += this.planCluster(cluster)
    return total
  }

  /** Least priced cost of a cluster: an instructor's by planning the week, a free activity's by trying each instructor. */
  private planCluster({ members, instructors, share }: Cluster): number {
    let least = NEVER
    let pick = -1
    for (const instructor of instructors) {
      const cost = this.planWith(members, instructor, share)
      if (cost < least) [least, pick] = [cost, instructor]
    }
    if (pick < 0) return NEVER
    if (instructors.length > 1) this.planWith(members, pick, share)
    const { model, planner } = this
    const { T, R, duration, groups } = model
    for (let i = 0; i < members.length; i++) {
      const a = members[i]!
      const start = planner.start[i]!
      if (start < 0) continue
      const room = planner.optionRoom[i * T + start]!
      for (let t = start; t < start + duration[a]!; t++) {
        this.usage[room * T + t]!++
        this.usage[(R + pick) * T + t]!++
        for (const g of groups[a]!) this.usage[g * T + t]!++
      }
    }
    return least
  }

  private planWith(members: number[], instructor: number, share: number): number {
    const { model, planner } = this
    const k = members.length
    planner.clear(k)
    for (let i = 0; i < k; i++) fillPriced(model, planner, this.rent, i, members[i]!, instructor)
    planner.dayCost.fill(share * model.dayCost[instructor]!)
    planner.dayRoom.fill(model.mostPerDay[instructor]!)
    return planner.solve(members, k, this.missing, model.mostPerWeek[instructor]!)
  }
}

/** Fills a planner's options for one activity at the given rents, over the cells that are not blocked from the outset. */
function fillPriced(model: PlacementModel, planner: WeekPlanner, rent: Float64Array, i: number, a: number, instructor: number): void {
  const { R, T, I, startCost, roomCost, instructorCost, duration, groups, cells } = model
  const length = duration[a]!
  const shared = groups[a]!
  const flat = instructorCost[a * I + instructor]!
  for (let t = 0; t < T; t++) {
    const cost = startCost[a * T + t]!
    if (cost >= FORBIDDEN || !open(cells, (R + instructor) * T + t, length)) continue
    let base = cost + flat
    for (let s = (R + instructor) * T + t; s < (R + instructor) * T + t + length; s++) base += rent[s]!
    for (let g = 0; g < shared.length; g++) for (let s = t; s < t + length; s++) base += rent[shared[g]! * T + s]!
    let least = NEVER
    for (let r = 0; r < R; r++) {
      const fit = roomCost[a * R + r]!
      if (fit >= FORBIDDEN || !open(cells, r * T + t, length)) continue
      let sum = fit + base
      for (let s = r * T + t; s < r * T + t + length; s++) sum += rent[s]!
      if (sum < least) {
        least = sum
        planner.optionRoom[i * T + t] = r
      }
    }
    planner.optionCost[i * T + t] = least
  }
}

function open(cells: Int16Array, from: number, length: number): boolean {
  for (let i = from; i < from + length; i++) if (cells[i] !== FREE) return false
  return true
}
