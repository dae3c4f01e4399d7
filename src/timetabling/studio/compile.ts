// Compiles a studio's problem into the placement model: fixed rules become cells and tables, the rest become rules and links.
import type { TimetableClass, TimetablePlacement, TimetableProblem } from '../../contract/timetabling.ts'
import { BLOCKED, FORBIDDEN, FREE, type Link, type Place, type PlacementModel, type Rule } from '../placement/model.ts'
import { instructorCharges, roomCharges, startCharges, sumOf } from './charges.ts'
import { coverage, DAYS, gridOf, slotAt, slotsFor, timeOf, type Grid } from './grid.ts'
import { pairRule, type PairTerms } from './link-rules.ts'
import { fairRule, gapRule, restRule, roomRule, travelRule, type Staff } from './staff-rules.ts'

/** A problem ready to search, with what is needed to read a placement back. */
export type Compiled = { problem: TimetableProblem; grid: Grid; model: PlacementModel }

/** Compiles a problem. References to unknown ids simply never match: look with `unknownIds` first. */
export function compileStudio(problem: TimetableProblem): Compiled {
  const grid = gridOf(problem)
  const { P, D, T } = grid
  const { classes, rooms, instructors, weights } = problem
  const [n, R, I] = [classes.length, rooms.length, instructors.length]
  const duration = Int32Array.from(classes, item => slotsFor(grid, item.minutes))
  const indexOf = new Map(classes.map((item, a) => [item.id, a]))
  const required = problem.shared.filter(set => set.weight === 'required')
  const cells = new Int16Array((R + I + required.length) * T).fill(FREE)
  instructors.forEach((instructor, i) => coverage(grid, instructor.available).forEach((open, t) => {
    if (open === 0) cells[(R + i) * T + t] = BLOCKED
  }))
  const groups: number[][] = classes.map(() => [])
  required.forEach((set, g) => {
    for (const name of new Set(set.classes)) if (indexOf.has(name)) groups[indexOf.get(name)!]!.push(R + I + g)
  })
  const { rules, links } = rulesOf(problem, grid, duration, indexOf)
  return {
    problem, grid,
    model: {
      n, D, P, T, R, I, G: required.length, duration, cells, rules, links,
      startCost: startTable(problem, grid, duration),
      roomCost: Int32Array.from(classes.flatMap(item => rooms.map(room => (roomFits(problem, item, room) ? sumOf(roomCharges(problem, item, room)) : FORBIDDEN)))),
      instructorCost: Int32Array.from(classes.flatMap(item => instructors.map(({ id }) => (mayTeach(item, id) ? sumOf(instructorCharges(problem, item, id)) : FORBIDDEN)))),
      groups: groups.map(list => Int32Array.from(list)),
      dayCost: new Int32Array(I).fill(weights.instructor_day),
      mostPerDay: Int32Array.from(instructors, who => (who.max_minutes_day === null ? P : Math.floor(who.max_minutes_day / grid.step))),
      mostPerWeek: Int32Array.from(instructors, who => (who.max_minutes_week === null ? T : Math.floor(who.max_minutes_week / grid.step))),
    },
  }
}

/** Whether a room has the features a class needs, is the pinned one if there is one, and is large enough where that is required. */
export function roomFits(problem: TimetableProblem, item: TimetableClass, room: TimetableProblem['rooms'][number]): boolean {
  if (item.pinned?.room_id != null && item.pinned.room_id !== room.id) return false
  if (problem.weights.room_over === 'required' && item.size > room.capacity) return false
  return item.needs.every(need => room.features.includes(need))
}

export function mayTeach(item: TimetableClass, instructor: string): boolean {
  return item.instructors.includes(instructor) && (item.pinned?.instructor_id == null || item.pinned.instructor_id === instructor)
}

/** Reads placements (all placed) back as class, day, minute, room and instructor. */
export function toPlacements({ problem, grid }: Compiled, places: readonly Place[]): TimetablePlacement[] {
  return places.flatMap((place, a) => (place.start < 0 ? [] : [{
    class_id: problem.classes[a]!.id, ...timeOf(grid, place.start),
    room_id: problem.rooms[place.room]!.id, instructor_id: problem.instructors[place.instructor]!.id,
  }]))
}

function startTable(problem: TimetableProblem, grid: Grid, duration: Int32Array): Int32Array {
  const { P, T } = grid
  const open = coverage(grid, problem.opening)
  const table = new Int32Array(problem.classes.length * T).fill(FORBIDDEN)
  problem.classes.forEach((item, a) => {
    const pin = item.pinned === null ? null : slotAt(grid, item.pinned.day, item.pinned.start)
    for (let t = 0; t < T; t++) {
      if ((t % P) + duration[a]! > P || (pin !== null && t !== pin)) continue
      if (!open.subarray(t, t + duration[a]!).every(flag => flag === 1)) continue
      const { day, start } = timeOf(grid, t)
      table[a * T + t] = sumOf(startCharges(problem, item, day, start))
    }
  })
  return table
}

function rulesOf(problem: TimetableProblem, grid: Grid, durations: Int32Array, indexOf: Map<string, number>): { rules: Rule[]; links: Link[][] } {
  const { classes, rooms, instructors, weights } = problem
  const rules: Rule[] = []
  const links: Link[][] = classes.map(() => [])
  for (const pair of pairsOf(problem, indexOf)) {
    if (!pair.required && pair.weight === 0) continue
    const { rule, sides } = pairRule(pair, durations, grid.P)
    rules.push(rule)
    links[pair.first]!.push(sides[0])
    links[pair.second]!.push(sides[1])
  }
  const sites = [...new Set(rooms.map(room => room.site))]
  const minutes = (from: string, to: string): number => Math.max(0, ...problem.travel.filter(t => (t.from === from && t.to === to) || (t.from === to && t.to === from)).map(t => t.minutes))
  const staff: Staff = {
    P: grid.P, D: DAYS, T: grid.T, R: rooms.length, step: grid.step, base: grid.base, durations,
    siteOf: rooms.map(room => sites.indexOf(room.site)), travel: sites.map(a => sites.map(b => (a === b ? 0 : minutes(a, b)))),
  }
  const travels = staff.travel.some(row => row.some(time => time > 0))
  instructors.forEach(({ id, min_rest_minutes }, i) => {
    const mine = classes.flatMap((item, a) => (mayTeach(item, id) ? [a] : []))
    if (mine.length < 2) return
    if (weights.instructor_gap > 0) rules.push(gapRule(staff, i, mine, weights.instructor_gap))
    if (weights.room_change > 0) rules.push(roomRule(staff, i, mine, weights.room_change))
    if (min_rest_minutes !== null && min_rest_minutes > 0) rules.push(restRule(staff, i, mine, min_rest_minutes))
    if (travels) rules.push(travelRule(staff, i, mine))
  })
  if (weights.fair_load > 0) rules.push(fairRule(staff, classes.map((_, a) => a), instructors.length, weights.fair_load))
  return { rules, links }
}

/** Every rule between two classes: links, soft conflict sets, and the order of a style's levels. */
function pairsOf(problem: TimetableProblem, indexOf: Map<string, number>): PairTerms[] {
  const pairs: PairTerms[] = []
  const add = (kind: PairTerms['kind'], weight: number | 'required', first: number | undefined, second: number | undefined): void => {
    if (first === undefined || second === undefined || first === second) return
    pairs.push({ kind, first, second, required: weight === 'required', weight: weight === 'required' ? 0 : weight })
  }
  for (const link of problem.links) add(link.kind, link.weight, indexOf.get(link.first), indexOf.get(link.second))
  for (const set of problem.shared) {
    if (set.weight === 'required') continue
    const members = [...new Set(set.classes)]
    members.forEach((a, i) => members.slice(i + 1).forEach(b => add('different_time', (set.weight as number) * set.families, indexOf.get(a), indexOf.get(b))))
  }
  for (const { first, second, kind, weight } of levelPairs(problem)) add(kind, weight, indexOf.get(first), indexOf.get(second))
  return pairs
}

/** Neighbours in level within each style that asks for an order of its levels; equal levels go by id. */
export function levelPairs(problem: TimetableProblem): { first: string; second: string; kind: 'different_day' | 'back_to_back'; weight: number; style: string }[] {
  return problem.styles.flatMap(({ style, levels, weight }) => {
    const row = problem.classes.filter(item => item.style === style).sort((a, b) => a.level - b.level || (a.id < b.id ? -1 : 1))
    return row.slice(1).map((item, i) => ({ first: row[i]!.id, second: item.id, kind: levels === 'spread' ? 'different_day' as const : 'back_to_back' as const, weight, style }))
  })
}
