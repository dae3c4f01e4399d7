// Finds the names in a problem that nothing bears: what a schema cannot see, and a solver would silently ignore.
import type { TimetableProblem } from '../../contract/timetabling.ts'

/** Field paths whose id is unknown or used twice, in the words of the wire format; empty for a sound problem. */
export function unknownIds(problem: TimetableProblem): string[] {
  const faults: string[] = []
  const register = (field: string, ids: string[]): Set<string> => {
    ids.forEach((id, i) => ids.indexOf(id) < i && faults.push(`${field}.${i}.id: "${id}" occurs twice`))
    return new Set(ids)
  }
  const classes = register('classes', problem.classes.map(item => item.id))
  const rooms = register('rooms', problem.rooms.map(room => room.id))
  const instructors = register('instructors', problem.instructors.map(who => who.id))
  register('shared', problem.shared.map(set => set.id))
  register('links', problem.links.map(link => link.id))
  const check = (known: Set<string>, id: string | null | undefined, field: string): void => {
    if (id != null && !known.has(id)) faults.push(`${field}: "${id}" is unknown`)
  }
  problem.classes.forEach((item, i) => {
    item.instructors.forEach((id, j) => check(instructors, id, `classes.${i}.instructors.${j}`))
    check(rooms, item.pinned?.room_id, `classes.${i}.pinned.room_id`)
    check(instructors, item.pinned?.instructor_id, `classes.${i}.pinned.instructor_id`)
  })
  problem.shared.forEach((set, i) => set.classes.forEach((id, j) => check(classes, id, `shared.${i}.classes.${j}`)))
  problem.links.forEach((link, i) => {
    check(classes, link.first, `links.${i}.first`)
    check(classes, link.second, `links.${i}.second`)
  })
  return faults
}
