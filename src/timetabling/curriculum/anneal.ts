// Simulated annealing over course timetables: the schedule, the best answer and the checkpoint around the hot loop.
// After Bellio, Ceschia, Di Gaspero, Schaerf, Urli: "Feature-based tuning of simulated annealing…" (2016).
import type { CttPlacement } from '../formats/ctt.ts'
import { Random } from '../random.ts'
import type { Progress, Run } from '../run.ts'
import { courseBound } from './bound.ts'
import { Board } from './board.ts'
import { Chain } from './chain.ts'
import type { CurriculumModel } from './model.ts'
import { sweep, type Tally } from './sweep.ts'

/** Cost of one hard violation while searching, and the temperatures at the start and the end of the plan. */
export type Heat = { hard: number; start: number; end: number }
export const courseHeat: Heat = { hard: 100, start: 20, end: 0.1 }

type Saved = { random: [number, number, number, number]; moves: number; planned: number; cost: number; hard: number; slots: number[]; repairing: boolean; best: number[] | null; bestCost: number }

export class CurriculumRun implements Run<CttPlacement[]> {
  private readonly model: CurriculumModel
  private readonly heat: Heat
  private readonly random: Random
  private readonly board: Board
  private readonly chain: Chain
  private readonly bound: number
  private moves = 0
  private planned: number
  private readonly tally: Tally = { cost: 0, hard: 0, least: Infinity }
  /** Until the first usable timetable only the hard rules count. */
  private repairing = true
  private bestSlots: Int32Array | null = null

  constructor(model: CurriculumModel, seed: number, planned = 1e8, heat: Heat = courseHeat) {
    this.model = model
    this.heat = heat
    this.random = new Random(seed)
    this.planned = planned
    this.board = new Board(model)
    this.chain = new Chain(model, this.board)
    this.bound = courseBound(model.ctt)
    if (this.bound === Infinity) return
    this.scatter()
    this.recount()
  }

  /** Continues a run from its checkpoint. */
  static resume(model: CurriculumModel, checkpoint: string, heat: Heat = courseHeat): CurriculumRun {
    const saved = JSON.parse(checkpoint) as Saved
    const run = new CurriculumRun(model, 0, saved.planned, heat)
    run.random.restore(saved.random)
    if (run.bound === Infinity) return run
    run.board.slotOf.forEach((_, lecture) => run.board.take(lecture))
    saved.slots.forEach((slot, lecture) => run.board.put(lecture, slot))
    run.moves = saved.moves
    run.tally.cost = saved.cost
    run.tally.hard = saved.hard
    run.repairing = saved.repairing
    run.bestSlots = saved.best && Int32Array.from(saved.best)
    run.tally.least = saved.best ? saved.bestCost : Infinity
    return run
  }

  checkpoint(): string {
    const saved: Saved = {
      random: this.random.save(), moves: this.moves, planned: this.planned, cost: this.tally.cost, hard: this.tally.hard,
      slots: [...this.board.slotOf], repairing: this.repairing, best: this.bestSlots && [...this.bestSlots], bestCost: this.bestSlots ? this.tally.least : 0,
    }
    return JSON.stringify(saved)
  }

  plan(moves: number): void {
    this.planned = moves
  }

  progress(): Progress {
    return { moves: this.moves, planned: this.planned, cost: this.bestSlots && this.tally.least, bound: this.bound, done: this.bound === Infinity || this.tally.least <= this.bound }
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
    while (this.moves < until && !this.progress().done) {
      const share = Math.min(1, (this.moves - (this.moves & 1023)) / this.planned)
      const temperature = this.heat.start * Math.pow(this.heat.end / this.heat.start, share)
      const chunk = Math.min(until - this.moves, 1024 - (this.moves & 1023))
      if (this.repairing) this.run(chunk, 0.13, 1, 0)
      else this.run(chunk, temperature, this.heat.hard, 1)
      this.moves += chunk
    }
    return this.progress()
  }

  private run(moves: number, temperature: number, W: number, S: number): void {
    sweep(this.model, this.board, this.chain, this.random, this.tally, this.keep, moves, temperature, W, S)
  }

  /** Where a course meets twice at one period the running cost can drift, so a best answer is counted whole. */
  private readonly keep = (): void => {
    this.recount()
    if (this.tally.hard !== 0 || this.tally.cost >= this.tally.least) return
    this.repairing = false
    this.tally.least = this.tally.cost
    this.bestSlots = this.board.slotOf.slice()
  }

  private recount(): void {
    this.tally.cost = this.board.cost()
    this.tally.hard = this.board.violations()
  }

  /** A first placement: each lecture in the free slot with the fewest clashes among a few drawn ones. */
  private scatter(): void {
    const { L, T, R, courseOf } = this.model
    const free = Array.from({ length: T * R }, (_, slot) => slot)
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
