// Compiles a dance instance into the placement model, and a placement back into the instance's own words.
import type { Dance, DancePlacement } from '../formats/dance.ts'
import { BLOCKED, FORBIDDEN, FREE, type Place, type PlacementModel } from './model.ts'

/** Weight of one (instructor, day) pair worked, as the instances define it. */
const DAY_WORKED = 5

export function compileDance(dance: Dance): PlacementModel {
  const { D, P, rooms, instructors, classes } = dance
  const n = classes.length
  const T = D * P
  const groupNumbers = [...new Set(classes.map(item => item.group))]
  const [R, I, G] = [rooms.length, instructors.length, groupNumbers.length]
  const startCost = new Int32Array(n * T).fill(FORBIDDEN)
  const roomCost = new Int32Array(n * R).fill(FORBIDDEN)
  const instructorCost = new Int32Array(n * I).fill(FORBIDDEN)
  classes.forEach((item, a) => {
    const { days, from, to } = instructors[item.instr]!
    for (let d = 0; d < D; d++) {
      if (!days[d]) continue
      for (let p = from; p + item.dur <= Math.min(to, P); p++) startCost[a * T + d * P + p] = item.pref[d]![p]!
    }
    rooms.forEach((room, r) => {
      if (item.ballet && !room.sprung) return
      roomCost[a * R + r] = item.size > room.cap ? 2 * (item.size - room.cap) : Math.floor((room.cap - item.size) / 8)
    })
    instructorCost[a * I + item.instr] = 0
  })
  const cells = new Int16Array((R + I + G) * T).fill(FREE)
  instructors.forEach(({ days, from, to }, i) => {
    for (let t = 0; t < T; t++) if (!days[Math.floor(t / P)] || t % P < from || t % P >= to) cells[(R + i) * T + t] = BLOCKED
  })
  return {
    n, D, P, T, R, I, G, startCost, roomCost, instructorCost, cells,
    duration: Int32Array.from(classes, item => item.dur),
    groups: classes.map(item => Int32Array.of(R + I + groupNumbers.indexOf(item.group))),
    dayCost: new Int32Array(I).fill(DAY_WORKED), mostPerDay: new Int32Array(I).fill(P), mostPerWeek: new Int32Array(I).fill(T),
    rules: [], links: classes.map(() => []),
  }
}

export function toDance(dance: Dance, places: readonly Place[]): DancePlacement[] {
  return places.map((place, a) => ({
    class: dance.classes[a]!.id, day: Math.floor(place.start / dance.P), start: place.start % dance.P, room: place.room,
  }))
}
