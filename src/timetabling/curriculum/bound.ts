// A simple lower bound for course timetables: what rooms, days and lonely lectures must cost whatever the order.
import type { Ctt } from '../formats/ctt.ts'

/**
 * Least cost any timetable can have, Infinity when none can exist. Counted: at each head count x, lectures of more than x students
 * beyond the hours of rooms that hold more than x; working days a course cannot reach; curricula of a single lecture.
 */
export function courseBound(ctt: Ctt): number {
  const periods = ctt.days * ctt.periods
  const lectures = new Map(ctt.courses.map(course => [course.id, course.lectures]))
  const total = ctt.courses.reduce((sum, course) => sum + course.lectures, 0)
  if (total > periods * ctt.rooms.length) return Infinity
  const teachers = new Map<string, number>()
  let bound = 0
  for (const course of ctt.courses) {
    const closed = new Set(ctt.unavailable.filter(u => u.course === course.id).map(u => u.day * ctt.periods + u.period))
    if (course.lectures > periods - closed.size) return Infinity
    teachers.set(course.teacher, (teachers.get(course.teacher) ?? 0) + course.lectures)
    const openDays = Array.from({ length: ctt.days }, (_, d) => d).filter(d => Array.from({ length: ctt.periods }, (_, p) => d * ctt.periods + p).some(t => !closed.has(t)))
    bound += 5 * Math.max(0, course.minDays - Math.min(course.lectures, openDays.length))
  }
  if ([...teachers.values()].some(taught => taught > periods)) return Infinity
  for (const curriculum of ctt.curricula) {
    const met = [...new Set(curriculum.courses)].reduce((sum, id) => sum + lectures.get(id)!, 0)
    if (met > periods) return Infinity
    if (met === 1) bound += 2
  }
  const most = Math.max(0, ...ctt.courses.map(course => course.students))
  for (let x = 0; x < most; x++) {
    const large = ctt.courses.reduce((sum, course) => sum + (course.students > x ? course.lectures : 0), 0)
    bound += Math.max(0, large - periods * ctt.rooms.filter(room => room.capacity > x).length)
  }
  return bound
}
