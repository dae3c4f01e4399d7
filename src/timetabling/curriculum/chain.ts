// Kempe chains: two periods exchange a lecture and all that conflicts with it in turn, so that no clash arises.
import type { Board } from './board.ts'
import type { CurriculumModel } from './model.ts'

export class Chain {
  private readonly model: CurriculumModel
  private readonly board: Board
  private readonly members: Int32Array
  private readonly from: Int32Array
  private readonly seen: Uint8Array
  private size = 0

  constructor(model: CurriculumModel, board: Board) {
    this.model = model
    this.board = board
    this.members = new Int32Array(2 * model.R)
    this.from = new Int32Array(2 * model.R)
    this.seen = new Uint8Array(model.L)
  }

  /** Exchanges `lecture` and its chain with period `other`. Returns the change of soft cost, or NaN (nothing changed) where it cannot be done. */
  apply(lecture: number, other: number): number {
    const { model, board, members, from } = this
    const { R } = model
    const home = (board.slotOf[lecture]! / R) | 0
    if (!this.collect(lecture, home, other)) return NaN
    let change = 0
    for (let i = 0; i < this.size; i++) {
      from[i] = board.slotOf[members[i]!]!
      change += board.takeCost(members[i]!)
    }
    // Everyone keeps the room where it is free; who cannot takes the best of what is left.
    for (let i = 0; i < this.size; i++) {
      const same = this.target(i, home, other) * R + (from[i]! % R)
      if (board.holder[same] === -1) change += board.putCost(members[i]!, same)
    }
    for (let i = 0; i < this.size; i++) {
      if (board.slotOf[members[i]!]! >= 0) continue
      const slot = this.bestRoom(members[i]!, this.target(i, home, other))
      if (slot < 0) {
        this.undo()
        return NaN
      }
      change += board.putCost(members[i]!, slot)
    }
    return change
  }

  /** Takes the last exchange back. */
  undo(): void {
    const { board, members, from } = this
    for (let i = 0; i < this.size; i++) if (board.slotOf[members[i]!]! >= 0) board.take(members[i]!)
    for (let i = 0; i < this.size; i++) board.put(members[i]!, from[i]!)
  }

  private target(i: number, home: number, other: number): number {
    return ((this.from[i]! / this.model.R) | 0) === home ? other : home
  }

  private bestRoom(lecture: number, t: number): number {
    const { R, courseOf, overflow } = this.model
    const { holder, roomCount } = this.board
    const c = courseOf[lecture]!
    let best = -1
    let least = Infinity
    for (let r = 0; r < R; r++) {
      if (holder[t * R + r] !== -1) continue
      const cost = overflow[c * R + r]! + (roomCount[c * R + r] === 0 ? 1 : 0)
      if (cost < least) {
        least = cost
        best = t * R + r
      }
    }
    return best
  }

  /** Gathers the chain; false when one of it may not be taught at the other period. */
  private collect(lecture: number, home: number, other: number): boolean {
    const { model, board, members, seen } = this
    const { R, T, C, courseOf, closed, conflicts } = model
    let size = 1
    let allowed = true
    members[0] = lecture
    seen[lecture] = 1
    for (let i = 0; i < size && allowed; i++) {
      const c = courseOf[members[i]!]!
      const t = ((board.slotOf[members[i]!]! / R) | 0) === home ? other : home
      allowed = closed[c * T + t] === 0
      if (board.clash[c * T + t] === 0) continue
      for (let r = 0; r < R; r++) {
        const met = board.holder[t * R + r]!
        if (met < 0 || seen[met] === 1 || conflicts[c * C + courseOf[met]!] === 0) continue
        seen[met] = 1
        members[size++] = met
      }
    }
    for (let i = 0; i < size; i++) seen[members[i]!] = 0
    this.size = size
    return allowed
  }
}
