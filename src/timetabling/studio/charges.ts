// What one class alone pays for its start, its room and its instructor. The compiler adds these up; explanations list them.
import type { TimetableClass, TimetableProblem, TimetableRoom } from '../../contract/timetabling.ts'

export type Charge = { term: string; cost: number }

/** Preferences, young children late in the day, and a changed published time. `start` is in minutes. */
export function startCharges(problem: TimetableProblem, item: TimetableClass, day: number, start: number): Charge[] {
  const { weights } = problem
  const wish = item.preferences.reduce((sum, p) => (p.day === day && p.from <= start && start < p.to ? sum + p.cost : sum), 0)
  const opens = Math.min(start, ...problem.opening.filter(w => w.day === day).map(w => w.from))
  const young = weights.youngest_early * youth(item.age_from) * Math.floor((start - opens) / 60)
  const was = item.published
  const moved = was !== null && (was.day !== day || was.start !== start) ? weights.change_time * item.families : 0
  return paid({ term: 'preference', cost: wish }, { term: 'youngest_early', cost: young }, { term: 'change_time', cost: moved })
}

/** Too small, too large, or not the published room. A room that is too small under 'required' is ruled out elsewhere. */
export function roomCharges(problem: TimetableProblem, item: TimetableClass, room: TimetableRoom): Charge[] {
  const { weights } = problem
  const over = Math.max(0, item.size - room.capacity)
  const spare = Math.floor(Math.max(0, room.capacity - item.size) / 8)
  const moved = item.published !== null && item.published.room_id !== room.id ? weights.change_room * item.families : 0
  return paid(
    { term: 'room_over', cost: weights.room_over === 'required' ? 0 : weights.room_over * over },
    { term: 'room_spare', cost: weights.room_spare * spare }, { term: 'change_room', cost: moved },
  )
}

export function instructorCharges(problem: TimetableProblem, item: TimetableClass, instructor: string): Charge[] {
  const moved = item.published !== null && item.published.instructor_id !== instructor ? problem.weights.change_instructor * item.families : 0
  return paid({ term: 'change_instructor', cost: moved })
}

export function sumOf(charges: readonly Charge[]): number {
  return charges.reduce((sum, charge) => sum + charge.cost, 0)
}

function paid(...charges: Charge[]): Charge[] {
  return charges.filter(charge => charge.cost > 0)
}

function youth(age: number): number {
  return age <= 5 ? 2 : age <= 8 ? 1 : 0
}
