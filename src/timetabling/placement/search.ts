// The placement search: price the scarce hours first, then ruin and recreate whole weeks under a cooling temperature.
import { Random } from '../random.ts'
import type { Progress, Run } from '../run.ts'
import type { Place, PlacementModel } from './model.ts'
import { Prices } from './prices.ts'
import { replan } from './rebuild.ts'
import { Ruin, type Part } from './ruin.ts'
import { Placement } from './state.ts'
import { WeekPlanner } from './week.ts'

/** Moves spent on prices before anything is placed, and at most after (one in four moves until they settle). */
const PRICING = 120
/** The first cooling cycle's length in moves; each later one is twice as long. */
const CYCLE = 4000
const HOT = 1
const COLD = 0.2

export class PlacementRun implements Run<Place[]> {
  private readonly model: PlacementModel
  private readonly random: Random
  private readonly planner: WeekPlanner
  private readonly prices: Prices
  private readonly board: Placement
  private readonly ruin: Ruin
  /** Fee for an unplaced activity: more than any placed one can cost. */
  private readonly fee: number
  private moves = 0
  private planned = 0
  private cycleFrom = PRICING
  private cycle = CYCLE
  private cost = Infinity
  private bestPlaces: Place[] | null = null
  private bestCost = Infinity

  constructor(model: PlacementModel, seed: number) {
    this.model = model
    this.random = new Random(seed)
    this.planner = new WeekPlanner(model)
    this.prices = new Prices(model, this.planner)
    this.board = new Placement(model)
    this.ruin = new Ruin(model, this.random)
    this.fee = feeOf(model)
  }

  plan(moves: number): void {
    this.planned = moves
  }

  progress(): Progress {
    const feasible = this.bestCost < this.fee
    const bound = Math.ceil(this.prices.bound - 1e-6)
    return {
      moves: this.moves, planned: this.planned, cost: feasible ? this.bestCost : null, bound,
      done: bound === Infinity || (feasible && this.bestCost <= bound) || this.model.n === 0,
    }
  }

  best(): Place[] | null {
    return this.bestCost < this.fee ? this.bestPlaces : null
  }

  step(moves: number): Progress {
    for (let left = moves; left > 0 && !this.progress().done; left--) {
      this.move()
      this.moves++
    }
    return this.progress()
  }

  checkpoint(): string {
    return JSON.stringify({})
  }

  private move(): void {
    const upper = this.bestCost < this.fee ? this.bestCost : 1.03 * Math.max(this.prices.bound, 1) + 3
    if (this.moves < PRICING) this.prices.step(upper)
    else if (this.cost === Infinity) this.build()
    else if ((this.moves & 3) === 0 && !this.prices.settled) this.prices.step(upper)
    else this.improve()
  }

  private build(): void {
    for (const part of this.ruin.everything()) this.replan(part, 1, 0)
    this.accept()
  }

  private improve(): void {
    const { board, random } = this
    if (this.moves >= this.cycleFrom + this.cycle) {
      this.cycleFrom += this.cycle
      this.cycle *= 2
    }
    const temperature = HOT * Math.pow(COLD / HOT, (this.moves - this.cycleFrom) / this.cycle)
    const parts = this.ruin.some(board)
    const before = parts.flatMap(part => part.members).map(a => [a, board.start[a]!, board.room[a]!, board.instructor[a]!] as const)
    for (const [a, start] of before) if (start >= 0) board.take(a)
    const share = random.unit()
    for (const part of parts) this.replan(part, share, 1)
    const cost = board.cost + this.fee * board.unplaced
    if (cost - this.cost <= -temperature * Math.log(random.unit() + 1e-12)) return this.accept()
    for (const [a] of before) if (board.start[a]! >= 0) board.take(a)
    for (const [a, start, room, instructor] of before) if (start >= 0) board.put(a, start, room, instructor)
  }

  private replan(part: Part, share: number, noise: number): void {
    replan(this.model, this.board, this.planner, part.members, part.members.length, part.instructor, this.fee, this.prices.bestRent, share, noise, this.random)
  }

  private accept(): void {
    this.cost = this.board.cost + this.fee * this.board.unplaced
    if (this.cost >= this.bestCost) return
    this.bestCost = this.cost
    this.bestPlaces = this.board.places()
  }
}

/** More than the dearest complete timetable costs, so that placing one more always pays. */
function feeOf(model: PlacementModel): number {
  const dearest = (table: Int32Array): number => table.reduce((most, cost) => (cost < 1 << 28 && cost > most ? cost : most), 0)
  const days = model.dayCost.reduce((sum, cost) => sum + cost * model.D, 0)
  return 1 + days + model.n * (dearest(model.startCost) + dearest(model.roomCost) + dearest(model.instructorCost))
}
