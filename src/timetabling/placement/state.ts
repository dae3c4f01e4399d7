// The changing side of a placement search: who holds which cell, and the cost counted from it.
import { FREE, type Place, type PlacementModel } from './model.ts'

/** Always free of clashes: an activity is either placed where all its cells were free, or unplaced at a heavy fee. */
export class Placement {
  readonly start: Int32Array
  readonly room: Int32Array
  readonly instructor: Int32Array
  /** resource × slot → the activity there, FREE or BLOCKED */
  readonly cells: Int16Array
  /** instructor × day → slots taught */
  readonly hours: Int32Array
  /** Cost of the activities and instructor days placed, without the fee for what is unplaced. */
  cost = 0
  unplaced: number
  readonly model: PlacementModel

  constructor(model: PlacementModel) {
    this.model = model
    this.start = new Int32Array(model.n).fill(-1)
    this.room = new Int32Array(model.n).fill(-1)
    this.instructor = new Int32Array(model.n).fill(-1)
    this.cells = model.cells.slice()
    this.hours = new Int32Array(model.I * model.D)
    this.unplaced = model.n
  }

  /** Places an unplaced activity; the caller has seen that its cells are free. */
  put(a: number, start: number, room: number, instructor: number): void {
    const { R, I, T, D, P, duration, groups, startCost, roomCost, instructorCost, dayCost } = this.model
    this.start[a] = start
    this.room[a] = room
    this.instructor[a] = instructor
    const end = start + duration[a]!
    this.cells.fill(a, room * T + start, room * T + end)
    this.cells.fill(a, (R + instructor) * T + start, (R + instructor) * T + end)
    const shared = groups[a]!
    for (let g = 0; g < shared.length; g++) this.cells.fill(a, shared[g]! * T + start, shared[g]! * T + end)
    this.cost += startCost[a * T + start]! + roomCost[a * R + room]! + instructorCost[a * I + instructor]!
    const day = instructor * D + ((start / P) | 0)
    if (this.hours[day] === 0) this.cost += dayCost[instructor]!
    this.hours[day]! += end - start
    this.unplaced--
  }

  take(a: number): void {
    const { R, I, T, D, P, duration, groups, startCost, roomCost, instructorCost, dayCost } = this.model
    const start = this.start[a]!
    const room = this.room[a]!
    const instructor = this.instructor[a]!
    const end = start + duration[a]!
    this.cells.fill(FREE, room * T + start, room * T + end)
    this.cells.fill(FREE, (R + instructor) * T + start, (R + instructor) * T + end)
    const shared = groups[a]!
    for (let g = 0; g < shared.length; g++) this.cells.fill(FREE, shared[g]! * T + start, shared[g]! * T + end)
    this.cost -= startCost[a * T + start]! + roomCost[a * R + room]! + instructorCost[a * I + instructor]!
    const day = instructor * D + ((start / P) | 0)
    this.hours[day]! -= end - start
    if (this.hours[day] === 0) this.cost -= dayCost[instructor]!
    this.start[a] = -1
    this.unplaced++
  }

  places(): Place[] {
    return Array.from(this.start, (start, a) => ({ start, room: this.room[a]!, instructor: this.instructor[a]! }))
  }
}
