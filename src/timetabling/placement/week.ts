// Plans one instructor's week exactly: which of a few activities on which day, at what time, in which room, at least cost.
// Dynamic programming over time and subsets within a day, then over days; for k activities O(D·P·k·2^k + D·3^k).
import type { PlacementModel } from './model.ts'

/** Activities replanned at once while improving; a week of more is replanned in parts. */
export const PART = 7
/** Steps of one plan that a move can afford, which limits the weeks that the bound sees whole. */
const AFFORDABLE = 400_000

/** The most activities that are planned at once in a problem of this size: work grows as D·P·k·2^k. */
export function mostOf({ D, P }: PlacementModel): number {
  let k = PART
  while (k < 9 && D * P * (k + 1) * 2 ** (k + 1) <= AFFORDABLE) k++
  return k
}

const NEVER = 1e15

/** Scratch space for planning; one per search, reused without allocating. */
export class WeekPlanner {
  /** Filled by the caller: cost and room of starting the i-th activity at slot t, at i × T + t; NEVER where impossible. */
  readonly optionCost: Float64Array
  readonly optionRoom: Int16Array
  /** Filled by the caller: cost of using day d, and slots that may still be taught on it. */
  readonly dayCost: Float64Array
  readonly dayRoom: Int32Array
  /** The answer: the start slot of the i-th activity, or -1 when left out. */
  readonly start: Int32Array
  private readonly model: PlacementModel
  private readonly total: Int32Array
  private readonly lengths: Int32Array
  private readonly reach: Float64Array
  private readonly last: Int8Array
  private readonly best: Float64Array
  private readonly share: Uint16Array
  private readonly openDay: Uint8Array

  constructor(model: PlacementModel) {
    const { D, P, T } = model
    const most = mostOf(model)
    const subsets = 1 << most
    this.model = model
    this.optionCost = new Float64Array(most * T)
    this.optionRoom = new Int16Array(most * T)
    this.dayCost = new Float64Array(D)
    this.dayRoom = new Int32Array(D)
    this.total = new Int32Array(subsets)
    this.start = new Int32Array(most)
    this.lengths = new Int32Array(most)
    this.reach = new Float64Array((P + 1) * subsets)
    this.last = new Int8Array(D * (P + 1) * subsets)
    this.best = new Float64Array((D + 1) * subsets)
    this.share = new Uint16Array(D * subsets)
    this.openDay = new Uint8Array(D)
  }

  /** Marks every option of the first k activities impossible. */
  clear(k: number): void {
    this.optionCost.fill(NEVER, 0, k * this.model.T)
  }

  /**
   * Solves for `activities` (k of them) with the filled options and day costs, teaching at most `most` slots in all.
   * Leaving one out costs `missing`.
   * Returns the least cost, at or above 1e15 when nothing fits and nothing may be left out; `start` and `optionRoom` tell the plan.
   */
  solve(activities: ArrayLike<number>, k: number, missing: number, most: number): number {
    const { D, duration } = this.model
    const full = (1 << k) - 1
    const size = full + 1
    const { best, share, openDay, dayCost, dayRoom, total, start } = this
    for (let i = 0; i < k; i++) this.lengths[i] = duration[activities[i]!]!
    for (let set = 1; set < size; set++) total[set] = total[set & (set - 1)]! + this.lengths[31 - Math.clz32(set & -set)]!
    best.fill(NEVER, 0, size)
    best[0] = 0
    let now = 0
    for (let d = 0; d < D; d++) {
      openDay[d] = this.planDay(d, k) ? 1 : 0
      if (openDay[d] === 0) continue
      const { reach } = this
      const end = this.model.P * size
      const next = now + size
      const fee = dayCost[d]!
      for (let set = 0; set < size; set++) {
        let least = best[now + set]!
        let pick = 0
        for (let part = set; part !== 0; part = (part - 1) & set) {
          if (total[part]! > dayRoom[d]!) continue
          const cost = best[now + (set ^ part)]! + reach[end + part]! + fee
          if (cost < least) {
            least = cost
            pick = part
          }
        }
        best[next + set] = least
        share[d * size + set] = pick
      }
      now = next
    }
    let chosen = full
    let cost = total[full]! > most ? NEVER : best[now + full]!
    if (missing < NEVER) {
      for (let set = 0; set < size; set++) {
        const sum = best[now + set]! + missing * (k - ones(set))
        if (sum < cost && total[set]! <= most) {
          cost = sum
          chosen = set
        }
      }
    }
    start.fill(-1, 0, k)
    if (cost < NEVER) for (let d = D - 1; d >= 0; d--) if (openDay[d] === 1) {
      this.trace(d, size, share[d * size + chosen]!)
      chosen ^= share[d * size + chosen]!
    }
    return cost
  }

  /** reach[p][set] = least cost of teaching `set` on day d by slot p; false when the day offers nothing. */
  private planDay(d: number, k: number): boolean {
    const { P, T } = this.model
    const { reach, last, optionCost, lengths } = this
    const size = 1 << k
    const from = d * P
    let offers = false
    for (let i = 0; i < k && !offers; i++) for (let p = 0; p < P; p++) if (optionCost[i * T + from + p]! < NEVER) { offers = true; break }
    if (!offers) return false
    reach.fill(NEVER, 0, (P + 1) * size)
    reach[0] = 0
    const back = d * (P + 1) * size
    for (let p = 0; p < P; p++) {
      const row = p * size
      for (let set = 0; set < size; set++) {
        const cost = reach[row + set]!
        if (cost >= NEVER) continue
        if (cost < reach[row + size + set]!) {
          reach[row + size + set] = cost
          last[back + row + size + set] = -1
        }
        for (let i = 0; i < k; i++) {
          if (((set >> i) & 1) === 1) continue
          const option = optionCost[i * T + from + p]!
          if (option >= NEVER) continue
          const at = (p + lengths[i]!) * size + (set | (1 << i))
          if (cost + option < reach[at]!) {
            reach[at] = cost + option
            last[back + at] = i
          }
        }
      }
    }
    return true
  }

  private trace(d: number, size: number, set: number): void {
    const { P } = this.model
    const back = d * (P + 1) * size
    for (let p = P; set !== 0; ) {
      const i = this.last[back + p * size + set]!
      if (i < 0) p--
      else {
        p -= this.lengths[i]!
        this.start[i] = d * P + p
        set ^= 1 << i
      }
    }
  }
}

function ones(set: number): number {
  let count = 0
  for (; set !== 0; set &= set - 1) count++
  return count
}
