// The judge of a course timetable: counts hard violations and soft cost from the answer alone, sharing no code with the solver.
import type { Ctt, CttPlacement } from '../formats/ctt.ts'

export type CttVerdict = { violations: string[]; cost: number; capacity: number; days: number; compactness: number; stability: number }

/** Recounts an answer by the rules of ITC-2007 track 3 (formulation UD2); `violations` is empty for a usable answer. */
export function judgeCtt(ctt: Ctt, answer: readonly CttPlacement[]): CttVerdict {
  const violations: string[] = []
  const courses = new Map(ctt.courses.map(course => [course.id, course]))
  const capacityOf = new Map(ctt.rooms.map(room => [room.id, room.capacity]))
  const at = (p: CttPlacement): string => `day ${p.day} period ${p.period}`
  const closed = new Set(ctt.unavailable.map(u => `${u.course}|${u.day}|${u.period}`))
  for (const p of answer) {
    if (!courses.has(p.course)) violations.push(`unknown course ${p.course}`)
    if (!capacityOf.has(p.room)) violations.push(`unknown room ${p.room}`)
    const inWeek = Number.isInteger(p.day) && Number.isInteger(p.period) && p.day >= 0 && p.day < ctt.days && p.period >= 0 && p.period < ctt.periods
    if (!inWeek) violations.push(`${p.course} lies outside the week`)
    if (closed.has(`${p.course}|${p.day}|${p.period}`)) violations.push(`${p.course} is unavailable at ${at(p)}`)
  }
  const sharing = new Map<string, Set<string>>()
  for (const curriculum of ctt.curricula) for (const id of curriculum.courses) sharing.set(id, new Set([...(sharing.get(id) ?? []), curriculum.id]))
  for (let i = 0; i < answer.length; i++) {
    for (let j = i + 1; j < answer.length; j++) {
      const a = answer[i]!
      const b = answer[j]!
      if (a.day !== b.day || a.period !== b.period) continue
      if (a.room === b.room) violations.push(`${a.course} and ${b.course} share room ${a.room} at ${at(a)}`)
      if (a.course === b.course) violations.push(`${a.course} has two lectures at ${at(a)}`)
      else if (courses.get(a.course)?.teacher === courses.get(b.course)?.teacher) violations.push(`one teacher for ${a.course} and ${b.course} at ${at(a)}`)
      else if ([...(sharing.get(a.course) ?? [])].some(q => sharing.get(b.course)?.has(q))) violations.push(`one curriculum for ${a.course} and ${b.course} at ${at(a)}`)
    }
  }

  let capacity = 0
  let days = 0
  let compactness = 0
  let stability = 0
  for (const p of answer) capacity += Math.max(0, (courses.get(p.course)?.students ?? 0) - (capacityOf.get(p.room) ?? 0))
  for (const course of ctt.courses) {
    const mine = answer.filter(p => p.course === course.id)
    if (mine.length !== course.lectures) violations.push(`${course.id} has ${mine.length} of ${course.lectures} lectures`)
    days += 5 * Math.max(0, course.minDays - new Set(mine.map(p => p.day)).size)
    stability += Math.max(0, new Set(mine.map(p => p.room)).size - 1)
  }
  for (const curriculum of ctt.curricula) {
    const mine = answer.filter(p => curriculum.courses.includes(p.course))
    for (const p of mine) if (!mine.some(o => o.day === p.day && Math.abs(o.period - p.period) === 1)) compactness += 2
  }
  return { violations, cost: capacity + days + compactness + stability, capacity, days, compactness, stability }
}
