// Simulated annealing over course timetables: one lecture goes to any slot, and whoever stands there goes back.
// After Bellio, Ceschia, Di Gaspero, Schaerf, Urli: "Feature-based tuning of simulated annealing…" (2016).
import type { CttPlacement } from '../formats/ctt.ts'
import { Random } from '../random.ts'
import type { Progress, Run } from '../run.ts'
import { Board } from './board.ts'
import type { CurriculumModel } from './model.ts'

/** Cost of one hard violation while searching, and the temperatures at the start and the end of the plan. */
export type Heat = { hard: number; start: number; end: number }
export const courseHeat: Heat = { hard: 100, start: 12, end: 0.15 }

type Saved = { random: [number, number, number, number]; moves: number; planned: number; cost: number; hard: number; slots: number[]; repairing: boolean; best: number[] | null; bestCost: number }

export class CurriculumRun implements Run<CttPlacement[]> {
  private readonly model: CurriculumModel
  private readonly heat: Heat
  private readonly random: Random
  private board: Board
  private moves = 0
  private planned: number
  private cost = 0
  private hard = 0
  /** Until the first usable timetable only the hard rules count. */
  private repairing = true
  private bestSlots: Int32Array | null = null
  private bestCost = Infinity

  constructor(model: CurriculumModel, seed: number, planned = 1e8, heat: Heat = courseHeat) {
    this.model = model
    this.heat = heat
    this.random = new Random(seed)
    this.planned = planned
    this.board = new Board(model)
    this.scatter()
    this.recount()
  }

  /** Continues a run from its checkpoint. */
  static resume(model: CurriculumModel, checkpoint: string, heat: Heat = courseHeat): CurriculumRun {
    const saved = JSON.parse(checkpoint) as Saved
    const run = new CurriculumRun(model, 0, saved.planned, heat)
    run.random.restore(saved.random)
    run.board = new Board(model)
    saved.slots.forEach((slot, lecture) => run.board.put(lecture, slot))
    run.moves = saved.moves
    run.cost = saved.cost
    run.hard = saved.hard
    run.repairing = saved.repairing
    run.bestSlots = saved.best && Int32Array.from(saved.best)
    run.bestCost = saved.best ? saved.bestCost : Infinity
    return run
  }

  checkpoint(): string {
    const saved: Saved = {
      random: this.random.save(), moves: this.moves, planned: this.planned, cost: this.cost, hard: this.hard,
      slots: [...this.board.slotOf], repairing: this.repairing, best: this.bestSlots && [...this.bestSlots], bestCost: this.bestSlots ? this.bestCost : 0,
    }
    return JSON.stringify(saved)
  }

  plan(moves: number): void {
    this.planned = moves
  }

  progress(): Progress {
    return { moves: this.moves, planned: this.planned, cost: this.bestSlots && this.bestCost, bound: 0, done: this.bestCost === 0 }
  }

  best(): CttPlacement[] | null {
    const { ctt, courseOf, R, P } = this.model
    return this.bestSlots && Array.from(this.bestSlots, (slot, lecture) => {
      const t = Math.floor(slot / R)
      return { course: ctt.courses[courseOf[lecture]!]!.id, room: ctt.rooms[slot % R]!.id, day: Math.floor(t / P), period: t % P }
    })
  }

  step(moves: number): Progress {
    const until = this.moves + moves
    // Temperature is set at multiples of 1024 moves, wherever a slice may end, so slicing cannot change the answer.
    while (this.moves < until && this.bestCost > 0) {
      const share = Math.min(1, (this.moves - (this.moves & 1023)) / this.planned)
      const temperature = this.heat.start * Math.pow(this.heat.end / this.heat.start, share)
      const chunk = Math.min(until - this.moves, 1024 - (this.moves & 1023))
      if (this.repairing) this.sweep(chunk, 0.13, 1, 0)
      else this.sweep(chunk, temperature, this.heat.hard, 1)
      this.moves += chunk
    }
    return this.progress()
  }

  private sweep(count: number, temperature: number, W: number, S: number): void {
    const { model, board, random } = this
    const { C, L, D, P, T, R, courseOf, minDays, overflow, conflicts, onlyFrom, only, weight, lonely } = model
    const { slotOf, holder, clash, meets, pattern, dayCount, daysUsed, roomCount, roomsUsed } = board
    const slots = T * R

    for (let n = 0; n < count; n++) {
      const l1 = random.below(L)
      const s1 = slotOf[l1]!
      // Mostly another time in the same room, which is what improves a timetable whose rooms are already right.
      const kind = random.below(16)
      const s2 = kind < 14 ? random.below(T) * R + (s1 % R) : kind < 15 ? s1 - (s1 % R) + random.below(R) : random.below(slots)
      const c1 = courseOf[l1]!
      const l2 = holder[s2]!
      const c2 = l2 < 0 ? C : courseOf[l2]!
      if (s1 === s2 || c1 === c2) continue
      const t1 = (s1 / R) | 0
      const r1 = s1 - t1 * R
      const t2 = (s2 / R) | 0
      const r2 = s2 - t2 * R
      const allowed = -temperature * Math.log(random.unit() + 1e-12)

      let hard = 0
      let soft = 0
      if (t1 !== t2) {
        hard = clash[c1 * T + t2]! - clash[c1 * T + t1]! + 1
        if (l2 >= 0) hard += clash[c2 * T + t1]! - clash[c2 * T + t2]! + 1 - 2 * conflicts[c1 * C + c2]!
        if (W * hard > allowed + 40 * S) continue
      }
      if (r1 !== r2) {
        soft += overflow[c1 * R + r2]! - overflow[c1 * R + r1]!
        if (roomCount[c1 * R + r2] === 0) soft++
        if (roomCount[c1 * R + r1] === 1) soft--
        if (l2 >= 0) {
          soft += overflow[c2 * R + r1]! - overflow[c2 * R + r2]!
          if (roomCount[c2 * R + r1] === 0) soft++
          if (roomCount[c2 * R + r2] === 1) soft--
        }
        if (W * hard + S * soft > allowed + 40 * S) continue
      }
      if (t1 !== t2) {
        const d1 = (t1 / P) | 0
        const d2 = (t2 / P) | 0
        const b1 = 1 << (t1 - d1 * P)
        const b2 = 1 << (t2 - d2 * P)
        if (d1 !== d2) {
          const used = daysUsed[c1]!
          const after = used + (dayCount[c1 * D + d2] === 0 ? 1 : 0) - (dayCount[c1 * D + d1] === 1 ? 1 : 0)
          const least = minDays[c1]!
          soft += 5 * ((after < least ? least - after : 0) - (used < least ? least - used : 0))
          if (l2 >= 0) {
            const used2 = daysUsed[c2]!
            const after2 = used2 + (dayCount[c2 * D + d1] === 0 ? 1 : 0) - (dayCount[c2 * D + d2] === 1 ? 1 : 0)
            const least2 = minDays[c2]!
            soft += 5 * ((after2 < least2 ? least2 - after2 : 0) - (used2 < least2 ? least2 - used2 : 0))
          }
        }
        let alone = 0
        const mine = c1 * (C + 1) + c2
        for (let i = onlyFrom[mine]!, end = onlyFrom[mine + 1]!; i < end; i++) {
          const q = only[i]!
          const from = pattern[q * D + d1]!
          const left = meets[q * T + t1] === 1 ? from & ~b1 : from
          if (d1 === d2) alone += weight[q]! * (lonely[left | b2]! - lonely[from]!)
          else {
            const to = pattern[q * D + d2]!
            alone += weight[q]! * (lonely[left]! - lonely[from]! + lonely[to | b2]! - lonely[to]!)
          }
        }
        if (l2 >= 0) {
          const theirs = c2 * (C + 1) + c1
          for (let i = onlyFrom[theirs]!, end = onlyFrom[theirs + 1]!; i < end; i++) {
            const q = only[i]!
            const from = pattern[q * D + d2]!
            const left = meets[q * T + t2] === 1 ? from & ~b2 : from
            if (d1 === d2) alone += weight[q]! * (lonely[left | b1]! - lonely[from]!)
            else {
              const to = pattern[q * D + d1]!
              alone += weight[q]! * (lonely[left]! - lonely[from]! + lonely[to | b1]! - lonely[to]!)
            }
          }
        }
        soft += 2 * alone
      }
      if (W * hard + S * soft > allowed) continue
      board.take(l1)
      if (l2 >= 0) {
        board.take(l2)
        board.put(l2, s1)
      }
      board.put(l1, s2)
      this.cost += soft
      this.hard += hard
      if (this.hard === 0 && this.cost < this.bestCost) this.keep()
    }
  }

  /** Where a course meets twice at one period the running cost can drift, so a best answer is counted whole. */
  private keep(): void {
    this.recount()
    if (this.hard !== 0 || this.cost >= this.bestCost) return
    this.repairing = false
    this.bestCost = this.cost
    this.bestSlots = this.board.slotOf.slice()
  }

  private recount(): void {
    this.cost = this.board.cost()
    this.hard = this.board.violations()
  }

  /** A first placement: each lecture in the free slot with the fewest clashes among a few drawn ones. */
  private scatter(): void {
    const { L, T, R, courseOf } = this.model
    const free = Array.from({ length: T * R }, (_, slot) => slot)
    if (free.length < L) throw new RangeError(`${L} lectures do not fit into ${free.length} slots`)
    for (let l = 0; l < L; l++) {
      let pick = 0
      let least = Infinity
      for (let tries = 0; tries < 20; tries++) {
        const i = this.random.below(free.length)
        const clash = this.board.clash[courseOf[l]! * T + Math.floor(free[i]! / R)]!
        if (clash < least) [pick, least] = [i, clash]
      }
      this.board.put(l, free[pick]!)
      free[pick] = free[free.length - 1]!
      free.pop()
    }
  }
}
