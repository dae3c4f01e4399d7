// Makes studio problems of real size from a seed, in the shape of a weekly timetable that a dance school publishes.
import type { TimetableClass, TimetableProblem, TimetableWindow } from '../../../src/contract/timetabling.ts'
import { rolls } from './problems.ts'

/** How much of the week is asked for: easy leaves half the room hours free, tight nearly none, over asks for more than there is. */
export type Pressure = 'easy' | 'normal' | 'tight' | 'over'
const fill: Record<Pressure, number> = { easy: 0.45, normal: 0.65, tight: 0.85, over: 1.15 }

/** A studio with so many classes, rooms and instructors; opening hours follow from the pressure. */
export function studioProblem(seed: number, size: { classes: number; rooms: number; instructors: number }, pressure: Pressure): TimetableProblem {
  const roll = rolls(seed)
  const lengths = Array.from({ length: size.classes }, () => roll.pick([45, 60, 60, 60, 90]))
  const asked = lengths.reduce((sum, minutes) => sum + Math.ceil(minutes / 30) * 30, 0)
  const daily = Math.max(120, Math.min(720, Math.ceil(asked / (size.rooms * 6 * fill[pressure]) / 30) * 30))
  const opening: TimetableWindow[] = [0, 1, 2, 3, 4, 5].map(day => ({ day, from: day === 5 ? 540 : 1320 - daily, to: day === 5 ? 540 + daily : 1320 }))
  const rooms = Array.from({ length: size.rooms }, (_, r) => ({
    id: `room-${r}`, name: `Studio ${r + 1}`, features: ['mirror', ...(r % 3 === 0 ? [] : ['sprung'])], capacity: [24, 22, 30, 14][r % 4]!, site: r < 4 ? 'main' : 'annex',
  }))
  const instructors = Array.from({ length: size.instructors }, (_, i) => ({
    id: `staff-${i}`, name: `Instructor ${i + 1}`, available: opening.filter(() => roll.chance(0.8)),
    max_minutes_day: roll.chance(0.5) ? 300 : null, max_minutes_week: roll.chance(0.5) ? 1500 : null, min_rest_minutes: null,
  }))
  for (const who of instructors) if (who.available.length === 0) who.available = opening
  const classes = lengths.map((minutes, c): TimetableClass => {
    const style = roll.pick(['ballet', 'jazz', 'tap', 'hip hop', 'contemporary'])
    const staff = c % size.instructors
    return {
      id: `class-${c}`, name: `${style} ${c}`, style, level: 1 + roll.below(5), age_from: 4 + roll.below(12), minutes, size: 6 + roll.below(16), families: 4 + roll.below(16),
      needs: style === 'ballet' && size.rooms > 1 ? ['sprung'] : [],
      instructors: roll.chance(0.15) ? [`staff-${staff}`, `staff-${(staff + 1) % size.instructors}`] : [`staff-${staff}`],
      pinned: null, published: null,
      preferences: opening.map(w => ({ day: w.day, from: w.from, to: roll.chance(0.5) ? w.to : Math.max(w.from + 60, w.from + 60 * roll.below(4)), cost: roll.below(10) })),
    }
  })
  const ids = classes.map(item => item.id)
  return {
    slot_minutes: 30, opening, rooms, instructors, classes,
    shared: Array.from({ length: Math.floor(size.classes / 3) }, (_, s) => ({
      id: `household-${s}`, classes: [roll.pick(ids), roll.pick(ids), roll.pick(ids)], families: 1 + roll.below(4), weight: roll.chance(0.6) ? 'required' as const : 3,
    })),
    links: Array.from({ length: Math.floor(size.classes / 12) }, (_, l) => ({
      id: `link-${l}`, kind: roll.pick(['different_day', 'different_time', 'same_room'] as const), first: roll.pick(ids), second: roll.pick(ids), weight: 4,
    })),
    travel: [{ from: 'main', to: 'annex', minutes: 30 }],
    styles: [{ style: 'ballet', levels: 'spread', weight: 1 }],
    weights: { room_over: 'required', room_spare: 1, instructor_day: 5, instructor_gap: 1, room_change: 1, youngest_early: 1, fair_load: 0, change_time: 1, change_room: 1, change_instructor: 1 },
  }
}
