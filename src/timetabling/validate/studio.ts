// The judge of a studio's timetable: recounts requirements and prices from problem and answer alone, sharing no code with the solver.
import type { LinkKind, TimetableClass, TimetablePlacement, TimetableProblem, TimetableWindow } from '../../contract/timetabling.ts'

export type StudioVerdict = { violations: string[]; cost: number }
type Seat = { item: TimetableClass; at: TimetablePlacement; begin: number; end: number }

/** Recounts an answer; `violations` is empty for a usable one. Times count in whole slots: a class holds its last slot to the end. */
export function judgeStudio(problem: TimetableProblem, answer: readonly TimetablePlacement[]): StudioVerdict {
  const violations: string[] = []
  const seats: Seat[] = []
  let cost = 0
  for (const item of problem.classes) {
    const mine = answer.filter(p => p.class_id === item.id)
    if (mine.length !== 1) violations.push(`${item.id} is placed ${mine.length} times`)
    else {
      const at = mine[0]!
      const length = Math.ceil(item.minutes / problem.slot_minutes) * problem.slot_minutes
      seats.push({ item, at, begin: at.day * 1440 + at.start, end: at.day * 1440 + at.start + length })
    }
  }
  if (answer.length !== problem.classes.length) violations.push(`${answer.length} placements for ${problem.classes.length} classes`)
  for (const seat of seats) {
    violations.push(...forbidden(problem, seat))
    cost += ownPrice(problem, seat)
  }
  for (let i = 0; i < seats.length; i++) {
    for (let j = i + 1; j < seats.length; j++) {
      const [a, b] = [seats[i]!, seats[j]!]
      if (!meet(a, b)) continue
      if (a.at.room_id === b.at.room_id) violations.push(`${a.item.id} and ${b.item.id} share room ${a.at.room_id}`)
      if (a.at.instructor_id === b.at.instructor_id) violations.push(`${a.item.id} and ${b.item.id} share instructor ${a.at.instructor_id}`)
      for (const set of problem.shared) {
        if (!set.classes.includes(a.item.id) || !set.classes.includes(b.item.id)) continue
        if (set.weight === 'required') violations.push(`${a.item.id} and ${b.item.id} overlap for the families of ${set.id}`)
        else cost += set.weight * set.families
      }
    }
  }
  const seatOf = (id: string): Seat | undefined => seats.find(seat => seat.item.id === id)
  for (const link of problem.links) {
    const [a, b] = [seatOf(link.first), seatOf(link.second)]
    if (!a || !b || a === b || holds(link.kind, a, b)) continue
    if (link.weight === 'required') violations.push(`link ${link.id} (${link.kind}) is broken`)
    else cost += link.weight
  }
  for (const wish of problem.styles) {
    const row = seats.filter(seat => seat.item.style === wish.style).sort((a, b) => a.item.level - b.item.level || (a.item.id < b.item.id ? -1 : 1))
    for (let i = 1; i < row.length; i++) if (!holds(wish.levels === 'spread' ? 'different_day' : 'back_to_back', row[i - 1]!, row[i]!)) cost += wish.weight
  }
  const staff = staffPrice(problem, seats, violations)
  return { violations, cost: cost + staff }
}

function meet(a: Seat, b: Seat): boolean {
  return a.begin < b.end && b.begin < a.end
}

function holds(kind: LinkKind, a: Seat, b: Seat): boolean {
  switch (kind) {
    case 'same_time': return a.begin === b.begin
    case 'different_time': return !meet(a, b)
    case 'before': return a.end <= b.begin
    case 'back_to_back': return a.at.day === b.at.day && (a.end === b.begin || b.end === a.begin)
    case 'same_room': return a.at.room_id === b.at.room_id
    case 'same_instructor': return a.at.instructor_id === b.at.instructor_id
    case 'same_day': return a.at.day === b.at.day
    case 'different_day': return a.at.day !== b.at.day
  }
}

function forbidden(problem: TimetableProblem, { item, at, begin, end }: Seat): string[] {
  const found: string[] = []
  const room = problem.rooms.find(r => r.id === at.room_id)
  const instructor = problem.instructors.find(i => i.id === at.instructor_id)
  if (!room || !instructor) return [`${item.id} has no room or instructor`]
  const earliest = Math.min(...problem.opening.map(w => w.from))
  if ((at.start - earliest) % problem.slot_minutes !== 0) found.push(`${item.id} starts off the grid`)
  if (!within(problem.opening, begin, end)) found.push(`${item.id} lies outside opening hours`)
  if (!within(instructor.available, begin, end)) found.push(`${item.id}: ${at.instructor_id} is not available`)
  if (!item.instructors.includes(at.instructor_id)) found.push(`${item.id}: ${at.instructor_id} is not qualified`)
  for (const need of item.needs) if (!room.features.includes(need)) found.push(`${item.id} needs ${need}`)
  if (problem.weights.room_over === 'required' && item.size > room.capacity) found.push(`${item.id} does not fit into ${room.id}`)
  const pin = item.pinned
  if (pin && (pin.day !== at.day || pin.start !== at.start || (pin.room_id ?? room.id) !== room.id || (pin.instructor_id ?? instructor.id) !== instructor.id)) found.push(`${item.id} leaves its pin`)
  return found
}

/** Whether every minute from begin to end of the week lies inside some window. */
function within(windows: readonly TimetableWindow[], begin: number, end: number): boolean {
  let reached = begin
  for (const w of [...windows].sort((a, b) => a.day * 1440 + a.from - b.day * 1440 - b.from))
    if (w.day * 1440 + w.from <= reached) reached = Math.max(reached, w.day * 1440 + w.to)
  return reached >= end && Math.floor(begin / 1440) === Math.floor((end - 1) / 1440)
}

function ownPrice(problem: TimetableProblem, { item, at }: Seat): number {
  const { weights } = problem
  let cost = 0
  for (const wish of item.preferences) if (wish.day === at.day && at.start >= wish.from && at.start < wish.to) cost += wish.cost
  const capacity = problem.rooms.find(r => r.id === at.room_id)?.capacity ?? 0
  if (item.size > capacity) cost += (weights.room_over === 'required' ? 0 : weights.room_over) * (item.size - capacity)
  else cost += weights.room_spare * Math.floor((capacity - item.size) / 8)
  if (item.age_from <= 8) {
    const opens = Math.min(...problem.opening.filter(w => w.day === at.day).map(w => w.from), at.start)
    cost += weights.youngest_early * Math.floor((at.start - opens) / 60) * (item.age_from <= 5 ? 2 : 1)
  }
  const was = item.published
  if (was && (was.day !== at.day || was.start !== at.start)) cost += weights.change_time * item.families
  if (was && was.room_id !== at.room_id) cost += weights.change_room * item.families
  if (was && was.instructor_id !== at.instructor_id) cost += weights.change_instructor * item.families
  return cost
}

function staffPrice(problem: TimetableProblem, seats: readonly Seat[], violations: string[]): number {
  const { weights, slot_minutes: slot } = problem
  const siteOf = (seat: Seat): string => problem.rooms.find(r => r.id === seat.at.room_id)?.site ?? ''
  const share = Math.ceil(problem.classes.reduce((sum, item) => sum + Math.ceil(item.minutes / slot), 0) / Math.max(1, problem.instructors.length))
  let cost = 0
  for (const instructor of problem.instructors) {
    const mine = seats.filter(seat => seat.at.instructor_id === instructor.id).sort((a, b) => a.begin - b.begin)
    const taught = (list: readonly Seat[]): number => list.reduce((sum, seat) => sum + seat.end - seat.begin, 0)
    if (taught(mine) > (instructor.max_minutes_week ?? Infinity)) violations.push(`${instructor.id} teaches too much in the week`)
    cost += weights.fair_load * Math.max(0, taught(mine) / slot - share)
    for (let day = 0; day < 7; day++) {
      const today = mine.filter(seat => seat.at.day === day)
      if (today.length === 0) continue
      if (taught(today) > (instructor.max_minutes_day ?? Infinity)) violations.push(`${instructor.id} teaches too much on day ${day}`)
      cost += weights.instructor_day + weights.room_change * (new Set(today.map(seat => seat.at.room_id)).size - 1)
      cost += (weights.instructor_gap * Math.max(0, today.at(-1)!.end - today[0]!.begin - taught(today))) / slot
      for (const a of today) for (const b of today) {
        if (b.begin < a.end) continue
        const [from, to] = [siteOf(a), siteOf(b)]
        const way = from === to ? 0 : Math.max(0, ...problem.travel.filter(t => (t.from === from && t.to === to) || (t.from === to && t.to === from)).map(t => t.minutes))
        if (b.begin - a.end < way) violations.push(`${instructor.id} cannot get from ${from} to ${to} in time`)
      }
      const next = mine.find(seat => seat.at.day === day + 1)
      if (next && next.begin - today.at(-1)!.end < (instructor.min_rest_minutes ?? 0)) violations.push(`${instructor.id} rests too little after day ${day}`)
    }
  }
  return cost
}
