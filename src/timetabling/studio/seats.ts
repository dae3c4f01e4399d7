// A placement read together with its class and room: the form in which explanations compare classes.
import type { LinkKind, TimetableClass, TimetablePlacement, TimetableProblem, TimetableRoom } from '../../contract/timetabling.ts'

/** One placed class; `start` and `end` are minutes from Monday 00:00, whole slots. */
export class Seat {
  readonly item: TimetableClass
  readonly at: TimetablePlacement
  readonly room: TimetableRoom | undefined
  readonly start: number
  readonly end: number

  constructor(problem: TimetableProblem, item: TimetableClass, at: TimetablePlacement) {
    this.item = item
    this.at = at
    this.room = problem.rooms.find(room => room.id === at.room_id)
    this.start = at.day * 1440 + at.start
    this.end = this.start + Math.ceil(item.minutes / problem.slot_minutes) * problem.slot_minutes
  }

  overlaps(other: Seat): boolean {
    return this.start < other.end && other.start < this.end
  }

  /** Whether a link with this class first and the other second is kept. */
  keeps(kind: LinkKind, other: Seat): boolean {
    switch (kind) {
      case 'same_time': return this.start === other.start
      case 'different_time': return !this.overlaps(other)
      case 'before': return this.end <= other.start
      case 'back_to_back': return this.at.day === other.at.day && (this.end === other.start || other.end === this.start)
      case 'same_room': return this.at.room_id === other.at.room_id
      case 'same_instructor': return this.at.instructor_id === other.at.instructor_id
      case 'same_day': return this.at.day === other.at.day
      case 'different_day': return this.at.day !== other.at.day
    }
  }
}

/** Seats of the classes that are placed and known. */
export function seatsOf(problem: TimetableProblem, placements: readonly TimetablePlacement[]): Seat[] {
  return placements.flatMap(at => {
    const item = problem.classes.find(candidate => candidate.id === at.class_id)
    return item ? [new Seat(problem, item, at)] : []
  })
}
