// A lower bound by Lagrangian relaxation: rooms and groups charge rent per slot, and each instructor plans the week alone.
// Held, Wolfe, Crowder: "Validation of subgradient optimization" (1974); the direction is deflected after Camerini et al. (1975).
import { instructorsOf, type PlacementModel } from './model.ts'
import { MOST, WeekPlanner } from './week.ts'

const NEVER = 1e15

/** Activities that one relaxed problem plans together: all of an instructor's, or one activity alone where that is too much. */
type Cluster = { instructor: number; members: Int32Array; whole: boolean }

export class Prices {
  /** resource × slot → rent, never negative */
  readonly rent: Float64Array
  /** The best bound so far, before rounding up; Infinity when some instructor's week is impossible by itself. */
  bound = -Infinity
  /** Rents of the best bound. */
  readonly bestRent: Float64Array
  /** Set once further steps are not worth their time. */
  settled = false
  private theta = 1.5
  private stale = 0
  private readonly direction: Float64Array
  private readonly usage: Float64Array
  private readonly model: PlacementModel
  private readonly clusters: Cluster[]
  private readonly planner: WeekPlanner

  constructor(model: PlacementModel, planner: WeekPlanner) {
    const cells = (model.R + model.I + model.G) * model.T
    this.model = model
    this.planner = planner
    this.rent = new Float64Array(cells)
    this.bestRent = new Float64Array(cells)
    this.direction = new Float64Array(cells)
    this.usage = new Float64Array(cells)
    this.clusters = clustersOf(model)
  }

  /** One step: evaluates the present rents and moves them. `upper` is the cost of a known answer, or a guess above the bound. */
  step(upper: number): void {
    const { rent, usage, direction } = this
    usage.fill(-1)
    const bound = this.evaluate()
    if (bound > this.bound + 1e-4) {
      if (bound > this.bound + 1e-3 * Math.abs(bound)) this.stale = 0
      this.bound = bound
      this.bestRent.set(rent)
    }
    if (bound >= NEVER) {
      this.bound = Infinity
      this.settled = true
      return
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

  /** The bound the present rents give; leaves in `usage` how often each cell is wanted, less one. */
  private evaluate(): number {
    let total = 0
    for (let i = 0; i < this.rent.length; i++) total -= this.rent[i]!
    for (const cluster of this.clusters) total += this.planCluster(cluster)
    return total
  }

  private planCluster({ instructor, members, whole }: Cluster): number {
    const { model, planner } = this
    const k = members.length
    planner.clear(k)
    for (let i = 0; i < k; i++) fillPriced(model, planner, this.rent, i, members[i]!, instructor)
    planner.dayCost.fill(whole ? model.dayCost[instructor]! : 0)
    const cost = planner.solve(members, k, NEVER)
    if (cost >= NEVER) return NEVER
    const { T, duration, groups } = model
    for (let i = 0; i < k; i++) {
      const a = members[i]!
      const start = planner.start[i]!
      const room = planner.optionRoom[i * T + start]!
      for (let t = start; t < start + duration[a]!; t++) {
        this.usage[room * T + t]!++
        for (const g of groups[a]!) this.usage[g * T + t]!++
      }
    }
    return cost
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
    if (cost >= 1 << 28 || !open(cells, (R + instructor) * T + t, length)) continue
    let base = cost + flat
    for (let g = 0; g < shared.length; g++) for (let s = t; s < t + length; s++) base += rent[shared[g]! * T + s]!
    let least = NEVER
    for (let r = 0; r < R; r++) {
      const fit = roomCost[a * R + r]!
      if (fit >= 1 << 28 || !open(cells, r * T + t, length)) continue
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
  for (let i = from; i < from + length; i++) if (cells[i] !== -1) return false
  return true
}

function clustersOf(model: PlacementModel): Cluster[] {
  const own: number[][] = Array.from({ length: model.I }, () => [])
  for (let a = 0; a < model.n; a++) {
    const may = instructorsOf(model, a)
    if (may.length === 1) own[may[0]!]!.push(a)
  }
  return own.flatMap((members, instructor): Cluster[] =>
    members.length <= MOST ? (members.length === 0 ? [] : [{ instructor, members: Int32Array.from(members), whole: true }]) : [])
}
