// Branch and bound over cluster plans: proves that nothing better exists, or finds it. Stops and resumes at any node.
import { clustersOf, optionsOf } from './clusters.ts'
import { columnsOf, type Column } from './columns.ts'
import { FREE, type Place, type PlacementModel } from './model.ts'
import { RuleBook } from './rule-book.ts'
import { Placement } from './state.ts'

/** Longest list of plans of one cluster, and of all together, that is worth searching (and fits a Worker's memory). */
const MOST_COLUMNS = 8000
const MOST_IN_ALL = 40_000
/** With this many activities or fewer, every option may be searched, whatever the gap. */
const SMALL = 10

type Unit = { members: number[]; columns: Column[] }
/** One level of the search: the unit branched on, its still possible columns, the next to try, and what was spent above. */
type Level = { unit: number; columns: Column[]; next: number; spent: number; placed: boolean }

export type SavedExact = {
  from: { rent: number[]; bound: number; upper: number | null }
  upper: number | null
  found: Place[] | null
  foundCost: number
  finished: boolean
  levels: Omit<Level, 'columns'>[]
}

export class Exact {
  /** True when the whole tree has been searched: nothing below `upper` is left unseen. */
  finished = false
  /** Cost of the best answer known; the search looks for less. */
  upper: number
  /** The best answer come across, and its cost. */
  found: Place[] | null = null
  foundCost = Infinity
  private readonly model: PlacementModel
  private readonly board: Placement
  private readonly rules: RuleBook
  private readonly units: Unit[]
  private readonly root: number
  private readonly from: SavedExact['from']
  private readonly free: boolean[]
  private readonly levels: Level[] = []
  private readonly cheapest: Float64Array

  private constructor(model: PlacementModel, units: Unit[], root: number, from: SavedExact['from'], upper: number) {
    this.from = from
    this.model = model
    this.board = new Placement(model)
    this.rules = new RuleBook(model)
    this.units = units
    this.root = root
    this.upper = upper
    this.free = units.map(() => true)
    this.cheapest = Float64Array.from({ length: model.n }, (_, a) => Math.min(Infinity, ...optionsOf(model, a, null).map(option => option.cost)))
    this.descend(0)
  }

  /**
   * Prepares the search for anything cheaper than `upper` (Infinity: any usable answer), given rents whose bound is `bound`.
   * Null when the gap leaves too many plans to look at.
   */
  static prepare(model: PlacementModel, rent: Float64Array, bound: number, upper: number): Exact | null {
    const gap = upper - 1 - bound
    const from = { rent: [...rent], bound, upper: Number.isFinite(upper) ? upper : null }
    const units: Unit[] = []
    let listed = 0
    if (Number.isFinite(gap)) {
      for (const cluster of clustersOf(model)) {
        const columns = columnsOf(model, cluster, rent, Math.max(0, gap), MOST_COLUMNS)
        listed += columns?.length ?? 0
        if (columns === null || listed > MOST_IN_ALL) break
        units.push({ members: cluster.members, columns })
      }
      if (units.reduce((sum, unit) => sum + unit.members.length, 0) === model.n) return new Exact(model, units, bound, from, upper)
    }
    if (model.n > SMALL) return null
    const singles = Array.from({ length: model.n }, (_, a): Unit => ({
      members: [a],
      columns: optionsOf(model, a, null).sort((x, y) => x.cost - y.cost).map(option => ({ options: [option], excess: 0 })),
    }))
    return new Exact(model, singles, -Infinity, from, upper)
  }

  step(nodes: number): void {
    for (let left = nodes; left > 0 && !this.finished; left--) this.visit()
  }

  private visit(): void {
    const level = this.levels[this.levels.length - 1]
    if (level === undefined) {
      this.finished = true
      return
    }
    const unit = this.units[level.unit]!
    if (level.placed) {
      for (const a of unit.members) this.board.take(a)
      this.rules.update(unit.members, this.board)
      level.placed = false
    }
    const column = level.columns[level.next++]
    if (column === undefined || this.root + level.spent + column.excess > this.upper - 1 + 1e-6) {
      this.levels.pop()
      this.free[level.unit] = true
      return
    }
    this.place(unit, column)
    level.placed = true
    const { soft, broken } = this.rules.floor()
    let floor = this.board.cost + soft
    for (let a = 0; a < this.model.n; a++) if (this.board.start[a]! < 0) floor += this.cheapest[a]!
    if (broken > 0 || floor >= this.upper || !this.withinHours(unit.members)) return
    if (this.board.unplaced > 0) this.descend(level.spent + column.excess)
    else this.record()
  }

  private place(unit: Unit, column: Column): void {
    column.options.forEach((option, i) => this.board.put(unit.members[i]!, option.start, option.room, option.instructor))
    this.rules.update(unit.members, this.board)
  }

  private record(): void {
    const cost = this.board.cost + this.rules.soft
    if (this.rules.broken > 0 || cost >= this.upper) return
    this.upper = cost
    this.foundCost = cost
    this.found = this.board.places()
  }

  /** Opens a level for the unit with the fewest plans still possible; none at all means going back. */
  private descend(spent: number): void {
    let fewest: Level | null = null
    for (let u = 0; u < this.units.length; u++) {
      if (!this.free[u]) continue
      const unit = this.units[u]!
      const columns = unit.columns.filter(column => this.root + spent + column.excess <= this.upper - 1 + 1e-6 && this.fits(unit, column))
      if (columns.length === 0) return
      if (fewest === null || columns.length < fewest.columns.length) fewest = { unit: u, columns, next: 0, spent, placed: false }
    }
    if (fewest === null) return
    this.free[fewest.unit] = false
    this.levels.push(fewest)
  }

  private fits(unit: Unit, column: Column): boolean {
    const { R, T, duration, groups } = this.model
    const { cells } = this.board
    for (let i = 0; i < column.options.length; i++) {
      const { start, room, instructor } = column.options[i]!
      const a = unit.members[i]!
      for (let t = start; t < start + duration[a]!; t++) {
        if (cells[room * T + t] !== FREE || cells[(R + instructor) * T + t] !== FREE) return false
        for (const g of groups[a]!) if (cells[g * T + t] !== FREE) return false
      }
    }
    return true
  }

  /** Whether the instructors just given work are within their hours per day and week. */
  private withinHours(members: number[]): boolean {
    const { D, mostPerDay, mostPerWeek } = this.model
    const { hours, instructor } = this.board
    return members.every(a => {
      const i = instructor[a]!
      let week = 0
      for (let d = 0; d < D; d++) {
        week += hours[i * D + d]!
        if (hours[i * D + d]! > mostPerDay[i]!) return false
      }
      return week <= mostPerWeek[i]!
    })
  }

  save(): SavedExact {
    return {
      from: this.from, upper: Number.isFinite(this.upper) ? this.upper : null, found: this.found, foundCost: this.found ? this.foundCost : 0, finished: this.finished,
      levels: this.levels.map(({ unit, next, spent, placed }) => ({ unit, next, spent, placed })),
    }
  }

  /** Rebuilds a search that `save` described; it goes on with the very next node. */
  static restore(model: PlacementModel, saved: SavedExact): Exact {
    const { rent, bound, upper } = saved.from
    const exact = Exact.prepare(model, Float64Array.from(rent), bound, upper ?? Infinity)
    if (exact === null) throw new RangeError('the checkpoint belongs to another problem')
    exact.upper = saved.upper ?? Infinity
    exact.found = saved.found
    exact.foundCost = saved.found ? saved.foundCost : Infinity
    exact.finished = saved.finished
    exact.levels.length = 0
    exact.free.fill(true)
    for (const level of saved.levels) {
      const unit = exact.units[level.unit]!
      const columns = unit.columns.filter(column => exact.fits(unit, column))
      exact.levels.push({ ...level, columns })
      exact.free[level.unit] = false
      if (level.placed) exact.place(unit, columns[level.next - 1]!)
    }
    return exact
  }
}
