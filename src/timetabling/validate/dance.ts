// The judge of a dance timetable: counts violations and cost from the answer alone, sharing no code with the solver.
import type { Dance, DancePlacement } from '../formats/dance.ts'

export type DanceVerdict = { violations: string[]; cost: number }

/** Recounts an answer: cost = preferences + room fit + 5 for each (instructor, day) worked; `violations` is empty for a usable one. */
export function judgeDance(dance: Dance, answer: readonly DancePlacement[]): DanceVerdict {
  const violations: string[] = []
  const users = new Map<string, number>()
  const worked = new Set<string>()
  let cost = 0
  for (const item of dance.classes) {
    const mine = answer.filter(p => p.class === item.id)
    const p = mine[0]
    if (p === undefined || mine.length !== 1) {
      violations.push(`class ${item.id} is placed ${mine.length} times`)
      continue
    }
    const instructor = dance.instructors[item.instr]!
    const room = dance.rooms[p.room]
    const preference = item.pref[p.day]?.[p.start]
    if (room === undefined || preference === undefined) {
      violations.push(`class ${item.id} is placed outside the week or in no room`)
      continue
    }
    if (!instructor.days[p.day]) violations.push(`class ${item.id}: instructor ${item.instr} does not teach on day ${p.day}`)
    if (p.start < instructor.from || p.start + item.dur > Math.min(instructor.to, dance.P)) violations.push(`class ${item.id} lies outside the hours of instructor ${item.instr}`)
    if (item.ballet && !room.sprung) violations.push(`class ${item.id} needs a sprung floor`)
    for (const who of [`room ${p.room}`, `instructor ${item.instr}`, `group ${item.group}`]) {
      for (let t = p.start; t < p.start + item.dur; t++) {
        const key = `${who} on day ${p.day} at ${t}`
        const other = users.get(key)
        if (other !== undefined) violations.push(`${key}: classes ${other} and ${item.id}`)
        users.set(key, item.id)
      }
    }
    worked.add(`${item.instr}/${p.day}`)
    cost += preference + (item.size > room.cap ? 2 * (item.size - room.cap) : Math.floor((room.cap - item.size) / 8))
  }
  if (answer.length !== dance.classes.length) violations.push(`${answer.length} placements for ${dance.classes.length} classes`)
  return { violations, cost: cost + 5 * worked.size }
}
