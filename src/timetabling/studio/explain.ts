// Breaks the cost of a timetable down into lines: what is paid for, by which classes, in a sentence.
import type { CostLine, TimetableClass, TimetablePlacement, TimetableProblem } from '../../contract/timetabling.ts'
import { instructorCharges, roomCharges, startCharges, type Charge } from './charges.ts'
import { levelPairs } from './compile.ts'
import { seatsOf, type Seat } from './seats.ts'
import { names } from './relax.ts'
import { clock, dayNames } from './words.ts'

/** All lines of a complete timetable, dearest first; they add up to its cost. */
export function explain(problem: TimetableProblem, placements: readonly TimetablePlacement[]): CostLine[] {
  const seats = seatsOf(problem, placements)
  const lines = [...seats.flatMap(seat => ownLines(problem, seat)), ...pairLines(problem, seats), ...staffLines(problem, seats)]
  return lines.filter(line => line.cost > 0).sort((a, b) => b.cost - a.cost)
}

/** The cost of every class: its own lines whole, shared lines split evenly among the classes they name. */
export function costPerClass(lines: readonly CostLine[]): Map<string, number> {
  const sum = new Map<string, number>()
  for (const line of lines) for (const id of line.classes) sum.set(id, (sum.get(id) ?? 0) + line.cost / line.classes.length)
  return sum
}

function ownLines(problem: TimetableProblem, { item, at, room }: Seat): CostLine[] {
  const charges = [
    ...startCharges(problem, item, at.day, at.start), ...(room ? roomCharges(problem, item, room) : []), ...instructorCharges(problem, item, at.instructor_id),
  ]
  return charges.map(charge => ({ term: charge.term, cost: charge.cost, classes: [item.id], sentence: sayCharge(problem, item, at, charge) }))
}

function sayCharge(problem: TimetableProblem, item: TimetableClass, at: TimetablePlacement, { term, cost }: Charge): string {
  const when = `${dayNames[at.day]} ${clock(at.start)}`
  const room = problem.rooms.find(candidate => candidate.id === at.room_id)
  const empty = (room?.capacity ?? 0) - item.size
  switch (term) {
    case 'preference': return `${item.name} starts ${when}, which costs ${cost} by its preferences.`
    case 'youngest_early': return `${item.name} is for children from ${item.age_from} and starts as late as ${when}.`
    case 'room_over': return `${item.name} expects ${item.size} students; ${room?.name ?? 'its room'} holds ${room?.capacity ?? 0}.`
    case 'room_spare': return `${item.name} leaves ${empty} places empty in ${room?.name ?? 'its room'}.`
    case 'change_time': return `${item.name} moves from its published time to ${when}, which touches ${item.families} families.`
    case 'change_room': return `${item.name} moves from its published room to ${room?.name ?? 'another'}.`
    default: return `${item.name} gets another instructor than published.`
  }
}

function pairLines(problem: TimetableProblem, seats: readonly Seat[]): CostLine[] {
  const lines: CostLine[] = []
  const find = (id: string): Seat | undefined => seats.find(seat => seat.item.id === id)
  const line = (term: string, cost: number, a: Seat, b: Seat, sentence: string): void => void lines.push({ term, cost, classes: [a.item.id, b.item.id], sentence })
  for (const link of problem.links) {
    const [a, b] = [find(link.first), find(link.second)]
    if (link.weight === 'required' || !a || !b || a === b || a.keeps(link.kind, b)) continue
    line('link', link.weight, a, b, `${names(problem, [link.first, link.second])} should keep "${link.kind.replaceAll('_', ' ')}" and do not.`)
  }
  for (const set of problem.shared) {
    if (set.weight === 'required') continue
    const mine = [...new Set(set.classes)].flatMap(id => find(id) ?? [])
    for (let i = 0; i < mine.length; i++) for (let j = i + 1; j < mine.length; j++) {
      const [a, b] = [mine[i]!, mine[j]!]
      if (!a.keeps('different_time', b)) line('shared', set.weight * set.families, a, b, `${a.item.name} and ${b.item.name} overlap, which ${set.families} families attend both.`)
    }
  }
  for (const pair of levelPairs(problem)) {
    const [a, b] = [find(pair.first), find(pair.second)]
    if (a && b && !a.keeps(pair.kind, b))
      line('levels', pair.weight, a, b, `${a.item.name} and ${b.item.name} are neighbouring levels of ${pair.style} and ${pair.kind === 'different_day' ? 'fall on one day' : 'do not follow one another'}.`)
  }
  return lines
}

function staffLines(problem: TimetableProblem, seats: readonly Seat[]): CostLine[] {
  const { weights, slot_minutes: slot } = problem
  const total = seats.reduce((sum, seat) => sum + seat.end - seat.start, 0) / slot
  const share = Math.ceil(total / Math.max(1, problem.instructors.length))
  return problem.instructors.flatMap(({ id, name }) => {
    const mine = seats.filter(seat => seat.at.instructor_id === id).sort((a, b) => a.start - b.start)
    const lines: CostLine[] = []
    const over = mine.reduce((sum, seat) => sum + seat.end - seat.start, 0) / slot - share
    if (over > 0) lines.push({ term: 'fair_load', cost: weights.fair_load * over, classes: mine.map(seat => seat.item.id), sentence: `${name} teaches ${(over * slot) / 60} hours more than an even share.` })
    for (let day = 0; day < 7; day++) {
      const today = mine.filter(seat => seat.at.day === day)
      if (today.length === 0) continue
      const classes = today.map(seat => seat.item.id)
      const idle = (today.at(-1)!.end - today[0]!.start - today.reduce((sum, seat) => sum + seat.end - seat.start, 0)) / slot
      const rooms = new Set(today.map(seat => seat.at.room_id)).size - 1
      lines.push({ term: 'instructor_day', cost: weights.instructor_day, classes, sentence: `${name} comes in on ${dayNames[day]}.` })
      lines.push({ term: 'instructor_gap', cost: weights.instructor_gap * idle, classes, sentence: `${name} waits ${idle * slot} minutes between classes on ${dayNames[day]}.` })
      lines.push({ term: 'room_change', cost: weights.room_change * rooms, classes, sentence: `${name} changes rooms on ${dayNames[day]}: ${rooms + 1} are used.` })
    }
    return lines
  })
}
