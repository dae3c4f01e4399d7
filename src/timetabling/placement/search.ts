// The placement search: price the scarce hours first, then ruin and recreate whole weeks under a cooling temperature,
// and, where the gap to the bound is small, prove the rest by branch and bound.
import { Random } from '../random.ts'
import type { Progress, Run } from '../run.ts'
import { FORBIDDEN, type Place, type PlacementModel } from './model.ts'
import { nudge } from './nudge.ts'
import { Prices, type SavedPrices } from './prices.ts'
import { Proof, type SavedProof } from './proof.ts'
import { replan } from './rebuild.ts'
import { RuleBook } from './rule-book.ts'
import { Ruin, type Part } from './ruin.ts'
import { Placement } from './state.ts'
import { WeekPlanner } from './week.ts'

/** Moves spent on prices before anything is placed, before it is improved, and after that one in four until they settle. */
const FIRST = 40
const PRICING = 120
/** The first cooling cycle's length in moves; each later one is twice as long. */
const CYCLE = 4000
const HOT = 2
const COLD = 0.5
/** While something is unplaced or broken the soft cost matters less, so the search may wander. */
const WANDER = 15
/** After so many moves without a usable answer, some moves go into showing that there is none. */
const DOUBT = 1000

type Saved = {
  random: [number, number, number, number]; moves: number; planned: number; cycleFrom: number; cycle: number
  built: boolean; places: Place[]; best: Place[] | null; bestCost: number; lacking: number; prices: SavedPrices; proof: SavedProof
}

export class PlacementRun implements Run<Place[]> {
  private readonly model: PlacementModel
  private readonly random: Random
  private readonly planner: WeekPlanner
  private readonly prices: Prices
  private readonly proof: Proof
  private readonly board: Placement
  private readonly rules: RuleBook
  private readonly ruin: Ruin
  private readonly everyone: number[]
  /** Fee for an unplaced activity or a broken requirement: more than any soft cost it could save. */
  private readonly fee: number
  private moves = 0
  private planned = 0
  private cycleFrom = PRICING
  private cycle = CYCLE
  private built = false
  private bestPlaces: Place[] | null = null
  private bestCost = Infinity
  /** Unplaced activities and broken requirements of the best answer; 0 means usable. */
  private lacking = Infinity

  constructor(model: PlacementModel, seed: number) {
    this.model = model
    this.random = new Random(seed)
    this.planner = new WeekPlanner(model)
    this.prices = new Prices(model, this.planner)
    this.proof = new Proof(model, this.planner)
    this.board = new Placement(model)
    this.rules = new RuleBook(model)
    this.ruin = new Ruin(model, this.random)
    this.everyone = Array.from({ length: model.n }, (_, a) => a)
    this.fee = feeOf(model)
  }

  plan(moves: number): void {
    this.planned = moves
  }

  progress(): Progress {
    const bound = Math.max(this.proof.proven, Math.ceil(this.prices.bound - 1e-6), 0)
    const usable = this.lacking === 0
    return { moves: this.moves, planned: this.planned, cost: usable ? this.bestCost : null, bound, done: bound === Infinity || (usable && this.bestCost <= bound) }
  }

  best(): Place[] | null {
    return this.lacking === 0 ? this.bestPlaces : null
  }

  /** The best attempt even when it is not usable: unplaced activities have start -1. */
  attempt(): Place[] {
    return this.bestPlaces ?? this.board.places()
  }

  step(moves: number): Progress {
    for (let left = moves; left > 0 && !this.progress().done; left--) {
      this.move()
      this.moves++
    }
    return this.progress()
  }

  checkpoint(): string {
    const saved: Saved = {
      random: this.random.save(), moves: this.moves, planned: this.planned, cycleFrom: this.cycleFrom, cycle: this.cycle, built: this.built,
      places: this.board.places(), best: this.bestPlaces, bestCost: this.bestPlaces ? this.bestCost : 0, lacking: this.bestPlaces ? this.lacking : -1,
      prices: this.prices.save(), proof: this.proof.save(),
    }
    return JSON.stringify(saved)
  }

  /** Continues a run from its checkpoint. */
  static resume(model: PlacementModel, checkpoint: string): PlacementRun {
    const saved = JSON.parse(checkpoint) as Saved
    const run = new PlacementRun(model, 0)
    run.random.restore(saved.random)
    Object.assign(run, { moves: saved.moves, planned: saved.planned, cycleFrom: saved.cycleFrom, cycle: saved.cycle, built: saved.built })
    saved.places.forEach(({ start, room, instructor }, a) => start >= 0 && run.board.put(a, start, room, instructor))
    run.rules.update(run.everyone, run.board)
    if (saved.best) Object.assign(run, { bestPlaces: saved.best, bestCost: saved.bestCost, lacking: saved.lacking })
    run.prices.restore(saved.prices)
    run.proof.restore(saved.proof)
    return run
  }

  private move(): void {
    const upper = this.lacking === 0 ? this.bestCost : 1.03 * Math.max(this.prices.bound, 1) + 3
    if (this.moves < FIRST && !this.prices.settled) this.prices.step(upper)
    else if (!this.built) this.build()
    else if (this.moves < PRICING && !this.prices.settled) this.prices.step(upper)
    else if ((this.moves & 3) === 0 && !this.prices.settled) this.prices.step(upper)
    else if ((this.moves & 3) === 2 && this.lacking > 0 && this.moves > DOUBT && this.proof.doubting) this.proof.question()
    else if ((this.moves & 1) === 1 && this.proof.running) this.prove()
    else this.improve()
  }

  private build(): void {
    this.built = true
    for (const part of this.ruin.everything()) this.replan(part, 1, 0)
    this.rules.update(this.everyone, this.board)
    this.accept()
  }

  private improve(): void {
    const { board, random, rules } = this
    if (this.moves >= this.cycleFrom + this.cycle) {
      this.cycleFrom += this.cycle
      this.cycle *= 2
    }
    if (this.prices.settled && (this.moves & 255) < 4) this.proof.prepare(this.prices, this.lacking === 0 ? this.bestCost : Infinity)
    const lacking = board.unplaced + rules.broken > 0
    const temperature = HOT * Math.pow(COLD / HOT, Math.max(0, this.moves - this.cycleFrom) / this.cycle) * (lacking ? WANDER : 1)
    if (this.model.rules.length > 0 && random.below(2) === 0) {
      nudge(this.model, board, rules, random, temperature, this.fee, () => this.accept())
      return
    }
    const before = this.cost()
    const parts = this.ruin.some(board)
    const members = parts.flatMap(part => part.members)
    const places = members.map(a => [a, board.start[a]!, board.room[a]!, board.instructor[a]!] as const)
    for (const a of members) if (board.start[a]! >= 0) board.take(a)
    const share = random.unit()
    for (const part of parts) this.replan(part, share, 1)
    rules.update(members, board)
    if (this.cost() - before <= -temperature * Math.log(random.unit() + 1e-12)) return this.accept()
    for (const a of members) if (board.start[a]! >= 0) board.take(a)
    for (const [a, start, room, instructor] of places) if (start >= 0) board.put(a, start, room, instructor)
    rules.update(members, board)
  }

  private cost(): number {
    return this.board.cost + this.rules.soft + this.fee * (this.board.unplaced + this.rules.broken)
  }

  private replan(part: Part, share: number, noise: number): void {
    replan(this.model, this.board, this.planner, part.members, part.members.length, part.instructor, this.fee, this.prices.bestRent, share, noise, this.random)
  }

  private accept(): void {
    const lacking = this.board.unplaced + this.rules.broken
    const cost = this.board.cost + this.rules.soft
    if (lacking < this.lacking || (lacking === this.lacking && cost < this.bestCost)) this.keep(this.board.places(), cost, lacking)
  }

  private keep(places: Place[], cost: number, lacking: number): void {
    this.bestPlaces = places
    this.bestCost = cost
    this.lacking = lacking
    if (lacking === 0) this.proof.lower(cost)
  }

  private prove(): void {
    const found = this.proof.step()
    if (found !== null && (this.lacking > 0 || found.cost < this.bestCost)) this.keep(found.places, found.cost, 0)
  }
}

/** More than the dearest complete timetable's own costs, so that placing one more always pays. */
function feeOf(model: PlacementModel): number {
  const dearest = (table: Int32Array): number => table.reduce((most, cost) => (cost < FORBIDDEN && cost > most ? cost : most), 0)
  const days = model.dayCost.reduce((sum, cost) => sum + cost * model.D, 0)
  const rules = model.rules.reduce((sum, rule) => sum + (rule.required ? 0 : rule.weight), 0)
  return 1 + days + rules + model.n * (dearest(model.startCost) + dearest(model.roomCost) + dearest(model.instructorCost))
}
