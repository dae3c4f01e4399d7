// The side of a run that proves: that nothing cheaper exists, by branch and bound, or that nothing usable exists at all.
import { Exact, type SavedExact } from './exact.ts'
import { FORBIDDEN, type Place, type PlacementModel } from './model.ts'
import { Prices, type SavedPrices } from './prices.ts'
import type { WeekPlanner } from './week.ts'

/** Nodes visited in one move, and at most before a proof is given up until the next better answer. */
const NODES = 16
const MOST_NODES = 3_000_000

export type SavedProof = { proven: number | 'impossible' | null; doubt: SavedPrices; exact: SavedExact | null; nodes: number; tried: number }

export class Proof {
  /** The cost below which a finished search has shown that there is nothing (Infinity: no usable answer exists). */
  proven = -Infinity
  /** Prices of room alone: their bound counts activities that cannot be placed. */
  private readonly doubt: Prices
  private readonly model: PlacementModel
  private exact: Exact | null = null
  private nodes = 0
  /** Cost below which a proof was last prepared (-1: none, -2: any), so that it is not prepared twice for the same. */
  private tried = -1

  constructor(model: PlacementModel, planner: WeekPlanner) {
    this.model = model
    this.doubt = new Prices(withoutCosts(model), planner, 1)
  }

  get running(): boolean {
    return this.exact !== null
  }

  get doubting(): boolean {
    return !this.doubt.settled
  }

  /** One step towards showing that not everything can be placed, whatever it costs. */
  question(): void {
    this.doubt.step(this.doubt.bound + 1)
    if (this.doubt.bound > 1e-6) this.proven = Infinity
  }

  /** Sets a search up for anything cheaper than `upper` (Infinity: for anything usable), unless that was tried before. */
  prepare(prices: Prices, upper: number): void {
    const mark = upper === Infinity ? -2 : upper
    if (this.exact !== null || this.tried === mark) return
    this.tried = mark
    this.nodes = 0
    this.exact = Exact.prepare(this.model, prices.bestRent, prices.bound, upper)
  }

  /** Tells the running search that an answer of this cost is known. */
  lower(cost: number): void {
    if (this.exact !== null) this.exact.upper = Math.min(this.exact.upper, cost)
  }

  /** Goes on for one move. Returns the best answer the search has come across, if any, with its cost. */
  step(): { places: Place[]; cost: number } | null {
    const { exact } = this
    if (exact === null) return null
    exact.step(NODES)
    this.nodes += NODES
    if (exact.finished) this.proven = exact.upper
    if (exact.finished || this.nodes > MOST_NODES) this.exact = null
    return exact.found && { places: exact.found, cost: exact.foundCost }
  }

  save(): SavedProof {
    const proven = this.proven === Infinity ? 'impossible' : this.proven === -Infinity ? null : this.proven
    return { proven, doubt: this.doubt.save(), exact: this.exact && this.exact.save(), nodes: this.nodes, tried: this.tried }
  }

  restore({ proven, doubt, exact, nodes, tried }: SavedProof): void {
    this.proven = proven === 'impossible' ? Infinity : proven ?? -Infinity
    this.doubt.restore(doubt)
    this.exact = exact && Exact.restore(this.model, exact)
    this.nodes = nodes
    this.tried = tried
  }
}

function withoutCosts(model: PlacementModel): PlacementModel {
  const plain = (table: Int32Array): Int32Array => table.map(cost => (cost < FORBIDDEN ? 0 : FORBIDDEN))
  return { ...model, startCost: plain(model.startCost), roomCost: plain(model.roomCost), instructorCost: plain(model.instructorCost), dayCost: new Int32Array(model.I) }
}
