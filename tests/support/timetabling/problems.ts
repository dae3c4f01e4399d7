// Makes random studio problems from a seed: tiny ones for the oracle, real-sized ones for measuring.
import { linkKinds, type TimetableClass, type TimetableProblem, type TimetableWindow } from '../../../src/contract/timetabling.ts'

/** Numbers in [0, 1) from a seed (mulberry32), so that a failing instance can be named by its seed. */
export function dice(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export type Roll = { below(n: number): number; chance(p: number): boolean; pick<Item>(items: readonly Item[]): Item }

export function rolls(seed: number): Roll {
  const next = dice(seed)
  const below = (n: number): number => Math.floor(next() * n)
  return { below, chance: p => next() < p, pick: items => items[below(items.length)]! }
}

/** A class with nothing special about it. */
export function plainClass(id: string, instructors: string[], minutes = 60): TimetableClass {
  return { id, name: `Class ${id}`, style: 'ballet', level: 1, age_from: 10, minutes, size: 10, families: 8, needs: [], instructors, pinned: null, published: null, preferences: [] }
}

/** A problem with one room, one instructor and nothing to pay for; tests change what they are about. */
export function plainProblem(classes: TimetableClass[], open: TimetableWindow[]): TimetableProblem {
  return {
    slot_minutes: 30, opening: open,
    rooms: [{ id: 'r1', name: 'Studio 1', features: [], capacity: 20, site: 'main' }],
    instructors: [{ id: 'i1', name: 'Ana', available: open, max_minutes_day: null, max_minutes_week: null, min_rest_minutes: null }],
    classes, shared: [], links: [], travel: [], styles: [],
    weights: {
      room_over: 'required', room_spare: 0, instructor_day: 0, instructor_gap: 0, room_change: 0, youngest_early: 0,
      fair_load: 0, change_time: 0, change_room: 0, change_instructor: 0,
    },
  }
}

/** One to seven classes on two or three short days, with every kind of rule now and then: small enough to try everything. */
export function tinyProblem(seed: number): TimetableProblem {
  const roll = rolls(seed)
  const days = [0, 1, 2].slice(0, 2 + roll.below(2))
  const opening = days.map(day => ({ day, from: 960, to: 960 + 30 * (2 + roll.below(days.length > 1 ? 2 : 4)) }))
  const rooms = Array.from({ length: 1 + roll.below(2) }, (_, r) => ({
    id: `r${r}`, name: `Room ${r}`, features: roll.chance(0.5) ? ['barre'] : [], capacity: roll.pick([12, 16, 24]), site: roll.chance(0.8) ? 'main' : 'annex',
  }))
  const instructors = Array.from({ length: 1 + roll.below(3) }, (_, i) => ({
    id: `i${i}`, name: `Instructor ${i}`, available: opening.filter(() => roll.chance(0.95)),
    max_minutes_day: roll.chance(0.1) ? 90 : null, max_minutes_week: roll.chance(0.1) ? 150 : null, min_rest_minutes: roll.chance(0.1) ? 22.5 * 60 : null,
  }))
  const classes = Array.from({ length: 1 + roll.below(7) }, (_, c): TimetableClass => ({
    ...plainClass(`c${c}`, roll.chance(0.25) ? instructors.map(who => who.id) : [roll.pick(instructors).id], roll.pick([30, 30, 30, 30, 60])),
    style: roll.pick(['ballet', 'jazz']), level: roll.below(3), age_from: roll.pick([4, 7, 12]), size: roll.pick([6, 10, 10, 15]), families: 1 + roll.below(9),
    needs: roll.chance(0.1) ? ['barre'] : [],
    pinned: roll.chance(0.08) ? { day: roll.pick(days), start: 960, room_id: null, instructor_id: null } : null,
    published: roll.chance(0.3) ? { day: roll.pick(days), start: 960 + 30 * roll.below(2), room_id: roll.pick(rooms).id, instructor_id: roll.pick(instructors).id } : null,
    preferences: days.filter(() => roll.chance(0.6)).map(day => ({ day, from: 960, to: roll.pick([990, 1020, 1080]), cost: roll.below(9) })),
  }))
  // Keeps the number of combinations within what trying everything can do in a moment.
  const slots = opening.reduce((sum, w) => sum + (w.to - w.from) / 30, 0) * rooms.length
  while (classes.reduce((product, item) => product * slots * item.instructors.length, 1) > 2e6) classes.pop()
  const some = (most: number): string[] => classes.filter(() => roll.chance(most / classes.length)).map(item => item.id)
  const weight = (): 'required' | number => (roll.chance(0.35) ? 'required' : 1 + roll.below(6))
  return {
    slot_minutes: 30, opening, rooms, instructors, classes,
    shared: Array.from({ length: roll.below(3) }, (_, s) => ({ id: `s${s}`, classes: some(2.5), families: 1 + roll.below(3), weight: weight() })),
    links: classes.length < 2 ? [] : Array.from({ length: roll.below(3) }, (_, l) => ({
      id: `l${l}`, kind: roll.pick(linkKinds), first: roll.pick(classes).id, second: roll.pick(classes).id, weight: weight(),
    })),
    travel: roll.chance(0.5) ? [{ from: 'main', to: 'annex', minutes: 30 }] : [],
    styles: roll.chance(0.3) ? [{ style: 'ballet', levels: roll.pick(['spread', 'back_to_back'] as const), weight: 1 + roll.below(4) }] : [],
    weights: {
      room_over: roll.chance(0.5) ? 'required' : 1 + roll.below(3), room_spare: roll.below(2), instructor_day: roll.below(6), instructor_gap: roll.below(3),
      room_change: roll.below(3), youngest_early: roll.below(3), fair_load: roll.below(2), change_time: roll.below(2), change_room: roll.below(2), change_instructor: roll.below(2),
    },
  }
}
