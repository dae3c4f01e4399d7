// The hot loop of the annealer: proposes moves, prices them from the counts without allocating, and applies what is accepted.
import type { Random } from '../random.ts'
import type { Board } from './board.ts'
import type { Chain } from './chain.ts'
import type { CurriculumModel } from './model.ts'

/** Running totals; `least` is the cost that a usable timetable must beat to be worth keeping. */
export type Tally = { cost: number; hard: number; least: number }

/** One move in 32 is an exchange of two periods by a chain, which crosses what single moves cannot. */
const CHAINS = 31

/**
 * Makes `count` moves at one temperature. A violation costs W, a unit of soft cost S (1, or 0 while only the hard rules count);
 * `improved` is called when a usable timetable beats `tally.least`.
 */
export function sweep(
  model: CurriculumModel, board: Board, chain: Chain, random: Random, tally: Tally, improved: () => void,
  count: number, temperature: number, W: number, S: number,
): void {
  const { C, L, D, P, T, R, courseOf, minDays, overflow, conflicts, onlyFrom, only, weight, lonely } = model
  const { slotOf, holder, clash, meets, pattern, dayCount, daysUsed, roomCount, roomsUsed } = board
  const slots = T * R

  for (let n = 0; n < count; n++) {
    const l1 = random.below(L)
    const s1 = slotOf[l1]!
    const draw = random.bits() >>> 16
    // A chain keeps a usable timetable usable, but would settle open violations without counting them.
    if (S === 1 && tally.hard === 0 && (draw & CHAINS) === 0) {
      const other = random.below(T)
      const change = other === ((s1 / R) | 0) ? NaN : chain.apply(l1, other)
      if (Number.isNaN(change)) continue
      if (change > -temperature * Math.log(random.unit() + 1e-12)) chain.undo()
      else {
        tally.cost += change
        if (tally.cost < tally.least) improved()
      }
      continue
    }
    // Mostly another time in the same room, which is what improves a timetable whose rooms are already right.
    const kind = draw >>> 12
    const s2 = kind < 14 ? random.below(T) * R + (s1 % R) : kind < 15 ? s1 - (s1 % R) + random.below(R) : random.below(slots)
    const c1 = courseOf[l1]!
    const l2 = holder[s2]!
    const c2 = l2 < 0 ? C : courseOf[l2]!
    if (s1 === s2 || c1 === c2) continue
    const t1 = (s1 / R) | 0
    const r1 = s1 - t1 * R
    const t2 = (s2 / R) | 0
    const r2 = s2 - t2 * R

    let hard = 0
    let soft = 0
    if (t1 !== t2) {
      hard = clash[c1 * T + t2]! - clash[c1 * T + t1]! + 1
      if (l2 >= 0) hard += clash[c2 * T + t1]! - clash[c2 * T + t2]! + 1 - 2 * conflicts[c1 * C + c2]!
      if (hard > 0 && W * hard > 28 * temperature + 40 * S) continue
    }
    const allowed = -temperature * Math.log(random.unit() + 1e-12)
    if (W * hard > allowed + 40 * S) continue
    if (r1 !== r2) {
      soft += overflow[c1 * R + r2]! - overflow[c1 * R + r1]!
      if (roomCount[c1 * R + r2] === 0) soft++
      if (roomCount[c1 * R + r1] === 1) soft--
      if (l2 >= 0) {
        soft += overflow[c2 * R + r1]! - overflow[c2 * R + r2]!
        if (roomCount[c2 * R + r1] === 0) soft++
        if (roomCount[c2 * R + r2] === 1) soft--
      }
      if (W * hard + S * soft > allowed + 40 * S) continue
    }
    if (t1 !== t2) {
      const d1 = (t1 / P) | 0
      const d2 = (t2 / P) | 0
      const b1 = 1 << (t1 - d1 * P)
      const b2 = 1 << (t2 - d2 * P)
      if (d1 !== d2) {
        const used = daysUsed[c1]!
        const after = used + (dayCount[c1 * D + d2] === 0 ? 1 : 0) - (dayCount[c1 * D + d1] === 1 ? 1 : 0)
        const least = minDays[c1]!
        soft += 5 * ((after < least ? least - after : 0) - (used < least ? least - used : 0))
        if (l2 >= 0) {
          const used2 = daysUsed[c2]!
          const after2 = used2 + (dayCount[c2 * D + d1] === 0 ? 1 : 0) - (dayCount[c2 * D + d2] === 1 ? 1 : 0)
          const least2 = minDays[c2]!
          soft += 5 * ((after2 < least2 ? least2 - after2 : 0) - (used2 < least2 ? least2 - used2 : 0))
        }
      }
      let alone = 0
      const mine = c1 * (C + 1) + c2
      for (let i = onlyFrom[mine]!, end = onlyFrom[mine + 1]!; i < end; i++) {
        const q = only[i]!
        const from = pattern[q * D + d1]!
        const left = meets[q * T + t1] === 1 ? from & ~b1 : from
        if (d1 === d2) alone += weight[q]! * (lonely[left | b2]! - lonely[from]!)
        else {
          const to = pattern[q * D + d2]!
          alone += weight[q]! * (lonely[left]! - lonely[from]! + lonely[to | b2]! - lonely[to]!)
        }
      }
      if (l2 >= 0) {
        const theirs = c2 * (C + 1) + c1
        for (let i = onlyFrom[theirs]!, end = onlyFrom[theirs + 1]!; i < end; i++) {
          const q = only[i]!
          const from = pattern[q * D + d2]!
          const left = meets[q * T + t2] === 1 ? from & ~b2 : from
          if (d1 === d2) alone += weight[q]! * (lonely[left | b1]! - lonely[from]!)
          else {
            const to = pattern[q * D + d1]!
            alone += weight[q]! * (lonely[left]! - lonely[from]! + lonely[to | b1]! - lonely[to]!)
          }
        }
      }
      soft += 2 * alone
    }
    if (W * hard + S * soft > allowed) continue
    board.take(l1)
    if (l2 >= 0) {
      board.take(l2)
      board.put(l2, s1)
    }
    board.put(l1, s2)
    tally.cost += soft
    tally.hard += hard
    if (tally.hard === 0 && tally.cost < tally.least) improved()
  }
}
