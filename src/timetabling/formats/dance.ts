// Reads a dance instance (`.json`: one weekly studio timetable with generated preferences) into checked rows.
import { Malformed } from './malformed.ts'

export type DanceRoom = { cap: number; sprung: boolean }
export type DanceInstructor = { days: boolean[]; from: number; to: number }
export type DanceClass = { id: number; dur: number; instr: number; group: number; size: number; ballet: boolean; pref: number[][] }

/** D days of P half-hour periods; `pref[day][start]` is the cost of starting there. */
export type Dance = { D: number; P: number; rooms: DanceRoom[]; instructors: DanceInstructor[]; classes: DanceClass[] }

/** One class as an answer tells it: `class` is the id, the rest are 0-based indexes. */
export type DancePlacement = { class: number; day: number; start: number; room: number }

/** Parses a dance instance. Throws `Malformed` naming the first field that is missing or out of range. */
export function parseDance(text: string): Dance {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    throw new Malformed(`not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const root = record(raw, 'the file')
  const D = whole(root['D'], 'D', 1, 14)
  const P = whole(root['P'], 'P', 1, 96)
  const rooms = list(root['rooms'], 'rooms').map((item, i) => {
    const row = record(item, `rooms[${i}]`)
    return { cap: whole(row['cap'], `rooms[${i}].cap`), sprung: flag(row['sprung'], `rooms[${i}].sprung`) }
  })
  const instructors = list(root['instructors'], 'instructors').map((item, i) => {
    const at = `instructors[${i}]`
    const row = record(item, at)
    const days = list(row['days'], `${at}.days`).map((day, d) => flag(day, `${at}.days[${d}]`))
    if (days.length !== D) throw new Malformed(`${at}.days must have ${D} entries`)
    return { days, from: whole(row['from'], `${at}.from`, 0, P), to: whole(row['to'], `${at}.to`, 0, P) }
  })
  const classes = list(root['classes'], 'classes').map((item, i) => {
    const at = `classes[${i}]`
    const row = record(item, at)
    const pref = list(row['pref'], `${at}.pref`).map((line, d) => {
      const costs = list(line, `${at}.pref[${d}]`).map((cost, p) => whole(cost, `${at}.pref[${d}][${p}]`))
      if (costs.length !== P) throw new Malformed(`${at}.pref[${d}] must have ${P} entries`)
      return costs
    })
    if (pref.length !== D) throw new Malformed(`${at}.pref must have ${D} rows`)
    return {
      id: whole(row['id'], `${at}.id`), dur: whole(row['dur'], `${at}.dur`, 1),
      instr: whole(row['instr'], `${at}.instr`, 0, instructors.length - 1), group: whole(row['group'], `${at}.group`),
      size: whole(row['size'], `${at}.size`), ballet: flag(row['ballet'], `${at}.ballet`), pref,
    }
  })
  if (new Set(classes.map(item => item.id)).size !== classes.length) throw new Malformed('a class id occurs twice')
  return { D, P, rooms, instructors, classes }
}

function record(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(`${at} must be an object`)
  return value as Record<string, unknown>
}

function list(value: unknown, at: string): unknown[] {
  if (!Array.isArray(value)) throw new Malformed(`${at} must be a list`)
  return value
}

function whole(value: unknown, at: string, least = 0, most = 1_000_000): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    throw new Malformed(`${at} must be a whole number from ${least} to ${most}`)
  return value
}

function flag(value: unknown, at: string): boolean {
  if (typeof value !== 'boolean') throw new Malformed(`${at} must be true or false`)
  return value
}
