// Chooses what to take off the board: the activities of a few instructors, grouped into weeks that can be planned exactly.
import type { Random } from '../random.ts'
import { instructorsOf, type PlacementModel } from './model.ts'
import type { Placement } from './state.ts'
import { PART } from './week.ts'

/** Part of one instructor's week, to be planned at once. */
export type Part = { instructor: number; members: number[] }

export class Ruin {
  private readonly model: PlacementModel
  private readonly random: Random
  /** activity → instructors it may have */
  private readonly choices: number[][]
  /** Instructors that anything can be given to. */
  private readonly staff: number[]

  constructor(model: PlacementModel, random: Random) {
    this.model = model
    this.random = random
    this.choices = Array.from({ length: model.n }, (_, a) => instructorsOf(model, a))
    this.staff = [...new Set(this.choices.flat())].sort((a, b) => a - b)
  }

  /** Every activity, in random order of instructors: for the first placement. */
  everything(): Part[] {
    return this.group(Array.from({ length: this.model.n }, (_, a) => a), null)
  }

  /** The activities of two to four instructors, and whatever is unplaced of theirs. */
  some(board: Placement): Part[] {
    const { random, staff } = this
    const wanted = Math.min(staff.length, 2 + random.below(3))
    const picked = new Set<number>()
    if (board.unplaced > 0) for (const i of this.choices[this.missing(board)]!) if (picked.size < wanted) picked.add(i)
    while (picked.size < wanted) picked.add(staff[random.below(staff.length)]!)
    const members: number[] = []
    for (let a = 0; a < this.model.n; a++) {
      if (board.start[a]! >= 0 ? picked.has(board.instructor[a]!) : this.choices[a]!.some(i => picked.has(i))) members.push(a)
    }
    return this.group(members, board)
  }

  private missing(board: Placement): number {
    const from = this.random.below(this.model.n)
    for (let i = 0; i < this.model.n; i++) {
      const a = (from + i) % this.model.n
      if (board.start[a]! < 0) return a
    }
    return from
  }

  /** Groups activities by an instructor each may have, mostly the one they have now, in parts of at most PART. */
  private group(members: number[], board: Placement | null): Part[] {
    const { random } = this
    const weeks = new Map<number, number[]>()
    for (const a of shuffle(members, random)) {
      const may = this.choices[a]!
      if (may.length === 0) continue
      const stays = board !== null && board.start[a]! >= 0 && (may.length === 1 || random.below(4) > 0)
      const instructor = stays ? board.instructor[a]! : may[random.below(may.length)]!
      const week = weeks.get(instructor)
      if (week) week.push(a)
      else weeks.set(instructor, [a])
    }
    const parts: Part[] = []
    for (const [instructor, all] of weeks)
      for (let from = 0; from < all.length; from += PART) parts.push({ instructor, members: all.slice(from, from + PART) })
    return shuffle(parts, random)
  }
}

function shuffle<Item>(items: Item[], random: Random): Item[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const held = items[i]!
    items[i] = items[j]!
    items[j] = held
  }
  return items
}
