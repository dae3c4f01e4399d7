// The compiled form of a weekly timetable: activities, the resources they occupy, and the costs that hold for one of them alone.

/** A cost that may not be paid: the start, room or instructor is not allowed. */
export const FORBIDDEN = 1 << 28

/** Marks a cell that nothing may use, and one that nothing uses. */
export const BLOCKED = -2
export const FREE = -1

/**
 * n activities in D days of P slots (T = D × P). Resources are numbered rooms first (0 … R-1), then instructors
 * (R … R+I-1), then groups (classes that share people); a resource holds one activity per slot.
 * Costs are whole numbers; FORBIDDEN in any of the three tables rules the choice out.
 */
export type PlacementModel = {
  n: number
  D: number
  P: number
  T: number
  R: number
  I: number
  G: number
  duration: Int32Array
  /** activity × start slot */
  startCost: Int32Array
  /** activity × room */
  roomCost: Int32Array
  /** activity × instructor */
  instructorCost: Int32Array
  /** activity → the groups it belongs to, as resource numbers */
  groups: Int32Array[]
  /** resource × slot: FREE or BLOCKED before anything is placed */
  cells: Int16Array
  /** instructor → cost of each day worked */
  dayCost: Int32Array
  /** instructor → most slots of teaching in a day and in the week */
  mostPerDay: Int32Array
  mostPerWeek: Int32Array
  /** What depends on several activities beyond shared cells, the limits above included. */
  rules: Rule[]
  /** activity → its links, which steer where it is put while its partner stands */
  links: Link[][]
}

/** What a rule reads: where activities stand (start -1: unplaced) and who holds each cell. */
export type Standing = {
  readonly start: Int32Array
  readonly room: Int32Array
  readonly instructor: Int32Array
  readonly cells: Int16Array
}

/**
 * A rule over several activities. `units` counts how often it is broken (0 = kept), ignoring unplaced activities;
 * a required rule must end at 0, another costs `weight` per unit. `grows` says that placing more never lowers it,
 * which lets an exact search rely on it before everything is placed.
 */
export type Rule = {
  required: boolean
  weight: number
  grows: boolean
  activities: number[]
  units(at: Standing): number
}

/** One activity's side of a link: the units it would break at `start` in `room` with `instructor`, its partner standing. */
export type Link = {
  other: number
  required: boolean
  weight: number
  units(start: number, room: number, instructor: number, at: Standing): number
}

/** Where one activity stands: `start` is a slot of the week, `room` and `instructor` are indexes; start -1 means unplaced. */
export type Place = { start: number; room: number; instructor: number }

/** The instructors an activity may have, in order. */
export function instructorsOf(model: PlacementModel, activity: number): number[] {
  const found: number[] = []
  for (let i = 0; i < model.I; i++) if (model.instructorCost[activity * model.I + i]! < FORBIDDEN) found.push(i)
  return found
}
