// "Why not Tuesday 17:00?": what stands against putting a class there, and what it would cost if room were made.
import type { Reason, TimetableClass, TimetablePlacement, TimetableProblem } from '../../contract/timetabling.ts'
import { mayTeach, roomFits } from './compile.ts'
import { coverage, gridOf, slotAt, slotsFor } from './grid.ts'
import { conflictOf } from './reasons.ts'
import { say } from './relax.ts'
import { Seat, seatsOf } from './seats.ts'
import { solveStudio, type StudioAnswer } from './solve.ts'
import { clock, dayNames } from './words.ts'

/** A place asked about; room and instructor are free to choose where they are left out. */
export type Question = { class_id: string; day: number; start: number; room_id?: string; instructor_id?: string }

/** What stands in the way at once, with everything else where it is: the smallest set over all rooms and instructors allowed. */
export type Obstacles = { room_id: string | null; instructor_id: string | null; reasons: Reason[] }

/** Empty reasons mean that the class can simply be put there. Elements: `off_grid`, `closed`, `booked:CLASS`, or as in `elementsOf`. */
export function whyNot(problem: TimetableProblem, placements: readonly TimetablePlacement[], question: Question): Obstacles {
  const item = problem.classes.find(candidate => candidate.id === question.class_id)
  if (!item) return { room_id: null, instructor_id: null, reasons: [{ element: `class:${question.class_id}`, sentence: 'There is no such class.' }] }
  const others = seatsOf(problem, placements.filter(at => at.class_id !== item.id))
  let best: Obstacles | null = null
  let fewest = Infinity
  for (const room of problem.rooms) {
    if (question.room_id !== undefined && room.id !== question.room_id) continue
    for (const who of problem.instructors) {
      if (question.instructor_id === undefined ? !item.instructors.includes(who.id) : who.id !== question.instructor_id) continue
      const at = { class_id: item.id, day: question.day, start: question.start, room_id: room.id, instructor_id: who.id }
      const { reasons, causes } = against(problem, item, at, others)
      // A class may stand in the way in several ways at once; between equal sets the one with fewer of them is nearer.
      const size = 100 * reasons.length + causes
      if (size < fewest) [best, fewest] = [{ room_id: room.id, instructor_id: who.id, reasons }, size]
    }
  }
  return best ?? { room_id: null, instructor_id: null, reasons: [{ element: `class:${item.id}`, sentence: `No room or no instructor may take ${item.name}.` }] }
}

/**
 * The same question with everything free to move: the best timetable with the class pinned there, or the minimal conflict
 * that forbids it. `moves` limits the search.
 */
export function whatIfThere(problem: TimetableProblem, question: Question, moves: number): { answer: StudioAnswer; reasons: Reason[] } {
  const pinned = {
    ...problem,
    classes: problem.classes.map(item => (item.id !== question.class_id ? item : {
      ...item, pinned: { day: question.day, start: question.start, room_id: question.room_id ?? null, instructor_id: question.instructor_id ?? null },
    })),
  }
  const answer = solveStudio(pinned, 1, moves)
  return { answer, reasons: answer.cost === null ? conflictOf(pinned)?.reasons ?? [] : [] }
}

function against(problem: TimetableProblem, item: TimetableClass, at: TimetablePlacement, others: readonly Seat[]): { reasons: Reason[]; causes: number } {
  const reasons: Reason[] = []
  let causes = 0
  const add = (element: string, sentence = say(problem, element)): void => {
    if (!reasons.some(reason => reason.element === element)) reasons.push({ element, sentence })
  }
  const when = `${dayNames[at.day] ?? 'that day'} ${clock(at.start)}`
  const grid = gridOf(problem)
  const slot = slotAt(grid, at.day, at.start)
  const room = problem.rooms.find(candidate => candidate.id === at.room_id)!
  const who = problem.instructors.find(candidate => candidate.id === at.instructor_id)!
  const length = slotsFor(grid, item.minutes)
  const covered = (windows: TimetableProblem['opening']): boolean => coverage(grid, windows).subarray(slot, slot + length).every(open => open === 1)
  if (slot < 0) add('off_grid', `Classes start on the ${problem.slot_minutes}-minute grid within opening hours.`)
  else {
    if ((slot % grid.P) + length > grid.P || !covered(problem.opening)) add('closed', `The studio is not open long enough at ${when}.`)
    if (!covered(who.available)) add(`available:${who.id}`, `${who.name} does not teach at ${when}.`)
  }
  if (item.pinned && (item.pinned.day !== at.day || item.pinned.start !== at.start)) add(`pin:${item.id}`)
  if (!item.instructors.includes(who.id)) add(`qualified:${who.id}`, `${who.name} may not teach ${item.name}.`)
  else if (!mayTeach(item, who.id)) add(`pin:${item.id}`)
  for (const need of item.needs) if (!room.features.includes(need)) add(`needs:${item.id}`, `${room.name} has no ${need}.`)
  if (problem.weights.room_over === 'required' && item.size > room.capacity) add(`size:${item.id}`, `${room.name} holds ${room.capacity}, ${item.name} expects ${item.size}.`)
  if (reasons.length === 0 && !roomFits(problem, item, room)) add(`pin:${item.id}`)

  const seat = new Seat(problem, item, at)
  for (const other of others) {
    if (seat.overlaps(other)) {
      const shared = problem.shared.filter(set => set.weight === 'required' && set.classes.includes(item.id) && set.classes.includes(other.item.id))
      const families = shared.reduce((sum, set) => sum + set.families, 0)
      const why = [
        ...(other.at.room_id === room.id ? [`is in ${room.name}`] : []), ...(other.at.instructor_id === who.id ? [`is taught by ${who.name}`] : []),
        ...(families > 0 ? [`shares ${families} families`] : []),
      ]
      causes += why.length
      if (why.length > 0) add(`booked:${other.item.id}`, `${other.item.name} ${why.join(' and ')} at ${dayNames[other.at.day]} ${clock(other.at.start)}.`)
    }
    const way = other.room?.site === room.site ? 0 : Math.max(0, ...problem.travel.filter(t => [t.from, t.to].includes(room.site) && [t.from, t.to].includes(other.room?.site ?? '')).map(t => t.minutes))
    const gap = Math.max(seat.start - other.end, other.start - seat.end)
    if (other.at.instructor_id === who.id && other.at.day === at.day && gap >= 0 && gap < way) add('travel:all', `${who.name} needs ${way} minutes between ${room.name} and ${other.room?.name ?? 'the other site'}.`)
  }
  for (const link of problem.links) {
    if (link.weight !== 'required' || (link.first !== item.id && link.second !== item.id)) continue
    const other = others.find(candidate => candidate.item.id === (link.first === item.id ? link.second : link.first))
    if (other && !(link.first === item.id ? seat.keeps(link.kind, other) : other.keeps(link.kind, seat))) add(`link:${link.id}`)
  }
  hours(problem, seat, who, others, add)
  return { reasons, causes }
}

function hours(problem: TimetableProblem, seat: Seat, who: TimetableProblem['instructors'][number], others: readonly Seat[], add: (element: string) => void): void {
  const mine = [...others.filter(other => other.at.instructor_id === who.id), seat]
  const taught = (list: readonly Seat[]): number => list.reduce((sum, one) => sum + one.end - one.start, 0)
  if (taught(mine) > (who.max_minutes_week ?? Infinity)) add(`week_hours:${who.id}`)
  if (taught(mine.filter(one => one.at.day === seat.at.day)) > (who.max_minutes_day ?? Infinity)) add(`day_hours:${who.id}`)
  for (const one of mine) {
    const night = one.at.day === seat.at.day + 1 ? one.start - seat.end : one.at.day === seat.at.day - 1 ? seat.start - one.end : Infinity
    if (night < (who.min_rest_minutes ?? 0)) add(`rest:${who.id}`)
  }
}
