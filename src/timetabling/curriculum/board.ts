// The changing side of a course timetable search: where every lecture stands, and the counts its cost is read from.
import type { CurriculumModel } from './model.ts'

/** A slot is period × R + room; every slot holds one lecture or none (-1). */
export class Board {
  readonly slotOf: Int32Array
  readonly holder: Int32Array
  /** course × period → lectures of conflicting courses there (its own too), plus 1 where the course is unavailable */
  readonly clash: Int32Array
  /** curriculum × period → lectures; curriculum × day → bit pattern of the periods used */
  readonly meets: Uint8Array
  readonly pattern: Int32Array
  readonly dayCount: Uint8Array
  readonly daysUsed: Int32Array
  readonly roomCount: Uint8Array
  readonly roomsUsed: Int32Array
  readonly model: CurriculumModel

  constructor(model: CurriculumModel) {
    const { C, L, Q, D, T, R } = model
    this.model = model
    this.slotOf = new Int32Array(L).fill(-1)
    this.holder = new Int32Array(T * R).fill(-1)
    this.clash = Int32Array.from(model.closed)
    this.meets = new Uint8Array(Q * T)
    this.pattern = new Int32Array(Q * D)
    this.dayCount = new Uint8Array(C * D)
    this.daysUsed = new Int32Array(C)
    this.roomCount = new Uint8Array(C * R)
    this.roomsUsed = new Int32Array(C)
  }

  /** Puts a lecture into a free slot. */
  put(lecture: number, slot: number): void {
    const { C, D, P, T, R, courseOf, near, nearFrom, only, onlyFrom } = this.model
    const c = courseOf[lecture]!
    const r = slot % R
    const t = (slot - r) / R
    const d = (t / P) | 0
    this.slotOf[lecture] = slot
    this.holder[slot] = lecture
    for (let i = nearFrom[c]!; i < nearFrom[c + 1]!; i++) this.clash[near[i]! * T + t]!++
    const all = c * (C + 1) + C
    for (let i = onlyFrom[all]!; i < onlyFrom[all + 1]!; i++) {
      const q = only[i]!
      if (this.meets[q * T + t]!++ === 0) this.pattern[q * D + d]! |= 1 << (t - d * P)
    }
    if (this.dayCount[c * D + d]!++ === 0) this.daysUsed[c]!++
    if (this.roomCount[c * R + r]!++ === 0) this.roomsUsed[c]!++
  }

  /** Takes a lecture off the board. */
  take(lecture: number): void {
    const { C, D, P, T, R, courseOf, near, nearFrom, only, onlyFrom } = this.model
    const c = courseOf[lecture]!
    const slot = this.slotOf[lecture]!
    const r = slot % R
    const t = (slot - r) / R
    const d = (t / P) | 0
    this.slotOf[lecture] = -1
    this.holder[slot] = -1
    for (let i = nearFrom[c]!; i < nearFrom[c + 1]!; i++) this.clash[near[i]! * T + t]!--
    const all = c * (C + 1) + C
    for (let i = onlyFrom[all]!; i < onlyFrom[all + 1]!; i++) {
      const q = only[i]!
      if (--this.meets[q * T + t]! === 0) this.pattern[q * D + d]! &= ~(1 << (t - d * P))
    }
    if (--this.dayCount[c * D + d]! === 0) this.daysUsed[c]!--
    if (--this.roomCount[c * R + r]! === 0) this.roomsUsed[c]!--
  }

  /** Takes a lecture off and returns the change of soft cost. */
  takeCost(lecture: number): number {
    const before = this.near(lecture, this.slotOf[lecture]!)
    const slot = this.slotOf[lecture]!
    this.take(lecture)
    return this.near(lecture, slot) - before - this.model.overflow[this.model.courseOf[lecture]! * this.model.R + (slot % this.model.R)]!
  }

  /** Puts a lecture into a free slot and returns the change of soft cost. */
  putCost(lecture: number, slot: number): number {
    const before = this.near(lecture, slot)
    this.put(lecture, slot)
    return this.near(lecture, slot) - before + this.model.overflow[this.model.courseOf[lecture]! * this.model.R + (slot % this.model.R)]!
  }

  /** The soft cost, capacity aside, that a lecture at a slot can change. */
  private near(lecture: number, slot: number): number {
    const { C, D, P, R, courseOf, only, onlyFrom, minDays, weight, lonely } = this.model
    const c = courseOf[lecture]!
    const d = (((slot / R) | 0) / P) | 0
    let cost = 0
    const all = c * (C + 1) + C
    for (let i = onlyFrom[all]!; i < onlyFrom[all + 1]!; i++) cost += weight[only[i]!]! * lonely[this.pattern[only[i]! * D + d]!]!
    const lack = minDays[c]! - this.daysUsed[c]!
    const rooms = this.roomsUsed[c]! - 1
    return 2 * cost + (lack > 0 ? 5 * lack : 0) + (rooms > 0 ? rooms : 0)
  }

  /** Pairs of lectures that may not meet, plus lectures at unavailable periods. */
  violations(): number {
    const { L, T, R, courseOf, closed } = this.model
    let twice = 0
    for (let l = 0; l < L; l++) {
      const c = courseOf[l]!
      const t = (this.slotOf[l]! / R) | 0
      const unavailable = closed[c * T + t]!
      twice += this.clash[c * T + t]! - 1 + unavailable
    }
    return twice / 2
  }

  /** Soft cost, counted whole from the counts. */
  cost(): number {
    const { C, Q, D, R, L, courseOf, overflow, minDays, weight, lonely } = this.model
    let cost = 0
    for (let l = 0; l < L; l++) cost += overflow[courseOf[l]! * R + (this.slotOf[l]! % R)]!
    for (let c = 0; c < C; c++) cost += 5 * Math.max(0, minDays[c]! - this.daysUsed[c]!) + Math.max(0, this.roomsUsed[c]! - 1)
    for (let q = 0; q < Q; q++) for (let d = 0; d < D; d++) cost += 2 * weight[q]! * lonely[this.pattern[q * D + d]!]!
    return cost
  }
}
