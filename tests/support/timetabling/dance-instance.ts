// Makes dance instances of the measured kind from a seed: six days of twelve half hours, random preferences, five classes a teacher.
import type { Dance } from '../../../src/timetabling/formats/dance.ts'
import { rolls } from './problems.ts'

/** A random dance instance; usually solvable at about five classes per instructor and twelve to twenty per room. */
export function danceInstance(seed: number, size: { classes: number; rooms: number; instructors: number }): Dance {
  const roll = rolls(seed)
  const [D, P] = [6, 12]
  const capacities = [12, 16, 20, 24, 30]
  const instructors = Array.from({ length: size.instructors }, () => {
    const days = Array.from({ length: D }, () => roll.chance(0.65))
    for (let d = 0; days.filter(day => day).length < 3; d++) days[d % D] = true
    return { days, from: roll.below(4), to: 10 + roll.below(3) }
  })
  return {
    D, P, instructors,
    rooms: Array.from({ length: size.rooms }, (_, r) => ({ cap: capacities[r % 5]!, sprung: r % 5 > 0 })),
    classes: Array.from({ length: size.classes }, (_, id) => ({
      id, dur: roll.pick([2, 2, 3, 3, 4]), instr: id % size.instructors, group: roll.below(Math.ceil(size.classes / 4)),
      size: 6 + roll.below(20), ballet: roll.chance(0.28),
      pref: Array.from({ length: D }, () => Array.from({ length: P }, () => roll.below(10))),
    })),
  }
}
