// Reads the `.ctt` format of ITC-2007 track 3 (curriculum-based course timetabling) into plain rows.
import { Malformed } from './malformed.ts'

export type Course = { id: string; teacher: string; lectures: number; minDays: number; students: number }
export type CttRoom = { id: string; capacity: number }
export type Curriculum = { id: string; courses: string[] }
export type Unavailability = { course: string; day: number; period: number }

/** One instance; days and periods are 0-based, `periods` is the number of periods in a day. */
export type Ctt = {
  name: string
  days: number
  periods: number
  courses: Course[]
  rooms: CttRoom[]
  curricula: Curriculum[]
  unavailable: Unavailability[]
}

/** One lecture as an answer tells it; `day` and `period` are 0-based. */
export type CttPlacement = { course: string; room: string; day: number; period: number }

/**
 * Parses a `.ctt` text. Throws `Malformed` when a header, a section or a reference is missing or not a number.
 * Format: http://www.cs.qub.ac.uk/itc2007/curriculmcourse/course_curriculm_index_files/Inputformat.htm
 */
export function parseCtt(text: string): Ctt {
  const lines = text.split(/\r?\n/).map(line => line.trim())
  const header = (key: string): string => {
    const line = lines.find(candidate => candidate.startsWith(`${key}:`))
    if (line === undefined) throw new Malformed(`header "${key}:" is missing`)
    return line.slice(key.length + 1).trim()
  }
  const count = (key: string): number => whole(header(key), `header "${key}:"`)
  const rows = (key: string, expected: number, least: number): string[][] => {
    const start = lines.indexOf(`${key}:`)
    if (start < 0) throw new Malformed(`section "${key}:" is missing`)
    const found: string[][] = []
    for (const line of lines.slice(start + 1)) {
      if (line === '') continue
      if (line.endsWith(':') || line === 'END.') break
      found.push(line.split(/\s+/))
    }
    if (found.length !== expected) throw new Malformed(`section "${key}:" has ${found.length} rows, the header says ${expected}`)
    for (const row of found) if (row.length < least) throw new Malformed(`section "${key}:" has a short row: "${row.join(' ')}"`)
    return found
  }

  const ctt: Ctt = {
    name: header('Name'),
    days: count('Days'),
    periods: count('Periods_per_day'),
    courses: rows('COURSES', count('Courses'), 5).map(([id = '', teacher = '', lectures, minDays, students]) => ({
      id, teacher, lectures: whole(lectures, id), minDays: whole(minDays, id), students: whole(students, id),
    })),
    rooms: rows('ROOMS', count('Rooms'), 2).map(([id = '', capacity]) => ({ id, capacity: whole(capacity, id) })),
    curricula: rows('CURRICULA', count('Curricula'), 2).map(([id = '', size, ...courses]) => {
      if (courses.length !== whole(size, id)) throw new Malformed(`curriculum ${id} lists ${courses.length} courses, it says ${size}`)
      return { id, courses }
    }),
    unavailable: rows('UNAVAILABILITY_CONSTRAINTS', count('Constraints'), 3).map(([course = '', day, period]) => ({
      course, day: whole(day, course), period: whole(period, course),
    })),
  }
  checkReferences(ctt)
  return ctt
}

function checkReferences(ctt: Ctt): void {
  if (ctt.days < 1 || ctt.periods < 1) throw new Malformed('there must be at least one day and one period')
  if (ctt.periods > 20) throw new Malformed('more than 20 periods in a day are not supported')
  const known = new Set(ctt.courses.map(course => course.id))
  if (known.size !== ctt.courses.length) throw new Malformed('a course id occurs twice')
  if (new Set(ctt.rooms.map(room => room.id)).size !== ctt.rooms.length) throw new Malformed('a room id occurs twice')
  for (const curriculum of ctt.curricula)
    for (const course of curriculum.courses) if (!known.has(course)) throw new Malformed(`curriculum ${curriculum.id} names the unknown course ${course}`)
  for (const { course, day, period } of ctt.unavailable) {
    if (!known.has(course)) throw new Malformed(`an unavailability names the unknown course ${course}`)
    if (day >= ctt.days || period >= ctt.periods) throw new Malformed(`an unavailability of ${course} lies outside the week`)
  }
}

function whole(text: string | undefined, where: string): number {
  if (text === undefined || !/^\d+$/.test(text)) throw new Malformed(`${where}: "${text ?? ''}" is not a whole number`)
  return Number(text)
}
