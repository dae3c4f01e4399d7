// The rules about one instructor's week: gaps, rooms, rest, travel between sites, and an even load over all.
import type { Rule, Standing } from '../placement/model.ts'

/** What the staff rules share: the placement's sizes, each class's slots, and each room's site. */
export type Staff = { P: number; D: number; T: number; R: number; step: number; base: number; durations: ArrayLike<number>; siteOf: number[]; travel: number[][] }

/** The day's row of an instructor: first taught slot and end of the last, or null when nothing is taught. */
function span(at: Standing, row: number, P: number): [number, number] | null {
  let first = 0
  let end = P
  while (first < P && at.cells[row + first]! < 0) first++
  if (first === P) return null
  while (at.cells[row + end - 1]! < 0) end--
  return [first, end]
}

/** Units: slots between the first and the last class of a day in which nothing is taught. */
export function gapRule(staff: Staff, instructor: number, activities: number[], weight: number): Rule {
  const { P, D, T, R } = staff
  return {
    required: false, weight, grows: false, activities,
    units: at => {
      let gaps = 0
      for (let d = 0; d < D; d++) {
        const row = (R + instructor) * T + d * P
        const day = span(at, row, P)
        if (day) for (let p = day[0]; p < day[1]; p++) if (at.cells[row + p]! < 0) gaps++
      }
      return gaps
    },
  }
}

/** Units: rooms beyond the first that the instructor teaches in on a day. */
export function roomRule(staff: Staff, instructor: number, activities: number[], weight: number): Rule {
  const { P, D } = staff
  return {
    required: false, weight, grows: true, activities,
    units: at => {
      const seen = new Set<number>()
      const days = new Set<number>()
      for (const a of activities) {
        if (at.start[a]! < 0 || at.instructor[a] !== instructor) continue
        const d = Math.floor(at.start[a]! / P)
        days.add(d)
        seen.add(at.room[a]! * D + d)
      }
      return seen.size - days.size
    },
  }
}

/** Units: nights shorter than `minutes` between one day's last class and the next day's first. */
export function restRule(staff: Staff, instructor: number, activities: number[], minutes: number): Rule {
  const { P, D, T, R, step, base } = staff
  return {
    required: true, weight: 0, grows: true, activities,
    units: at => {
      let short = 0
      for (let d = 0; d + 1 < D; d++) {
        const row = (R + instructor) * T + d * P
        const today = span(at, row, P)
        const next = today && span(at, row + P, P)
        if (today && next && 1440 - (base + today[1] * step) + base + next[0] * step < minutes) short++
      }
      return short
    },
  }
}

/** Units: pairs of neighbouring classes in a day whose sites are further apart than the time between them. */
export function travelRule(staff: Staff, instructor: number, activities: number[]): Rule {
  const { P, step, durations, siteOf, travel } = staff
  return {
    required: true, weight: 0, grows: true, activities,
    units: at => {
      const mine = activities.filter(a => at.start[a]! >= 0 && at.instructor[a] === instructor)
      let late = 0
      for (const a of mine) {
        for (const b of mine) {
          const gap = at.start[b]! - at.start[a]! - durations[a]!
          if (a === b || gap < 0 || Math.floor(at.start[a]! / P) !== Math.floor(at.start[b]! / P)) continue
          if (gap * step < travel[siteOf[at.room[a]!]!]![siteOf[at.room[b]!]!]!) late++
        }
      }
      return late
    },
  }
}

/** Units: slots taught above the even share, over all instructors. */
export function fairRule(staff: Staff, activities: number[], instructors: number, weight: number): Rule {
  const total = activities.reduce((sum, a) => sum + staff.durations[a]!, 0)
  const share = Math.ceil(total / Math.max(1, instructors))
  return {
    required: false, weight, grows: true, activities,
    units: at => {
      const load = new Map<number, number>()
      for (const a of activities) if (at.start[a]! >= 0) load.set(at.instructor[a]!, (load.get(at.instructor[a]!) ?? 0) + staff.durations[a]!)
      let over = 0
      for (const slots of load.values()) over += Math.max(0, slots - share)
      return over
    },
  }
}
