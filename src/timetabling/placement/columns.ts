// Lists, for one cluster, every plan whose priced cost lies within a gap of the least: what a better answer could still use.
import type { Cluster, Option } from './clusters.ts'
import { optionsOf } from './clusters.ts'
import type { PlacementModel } from './model.ts'

/** One plan of a cluster: a place for each member, and how much its priced cost exceeds the cluster's least. */
export type Column = { options: Option[]; excess: number }

/**
 * All plans of a cluster with excess ≤ gap, cheapest first, or null when there are more than `most`.
 * Plans are listed per set of days worked, so that the day costs are known before any activity is placed.
 */
export function columnsOf(model: PlacementModel, cluster: Cluster, rent: Float64Array, gap: number, most: number): Column[] | null {
  const { D, P, duration, dayCost, mostPerDay, mostPerWeek } = model
  const { members, instructors, share } = cluster
  const whole = instructors.length === 1
  const fee = whole ? share * dayCost[instructors[0]!]! : 0
  const perDay = whole ? mostPerDay[instructors[0]!]! : P
  const all = members.map(a => optionsOf(model, a, rent).sort((x, y) => x.priced - y.priced))
  if (members.reduce((sum, a) => sum + duration[a]!, 0) > (whole ? mostPerWeek[instructors[0]!]! : Infinity)) return []

  const found: { options: Option[]; cost: number }[] = []
  const chosen: Option[] = []
  let least = Infinity
  let steps = 0
  /** Extends `chosen`; false when the list grew too long. */
  const extend = (options: Option[][], rest: number[], used: number, days: number, cost: number): boolean => {
    const k = chosen.length
    if (k === members.length) {
      if (used !== days) return true
      least = Math.min(least, cost)
      found.push({ options: chosen.slice(), cost })
      return found.length <= 4 * most
    }
    for (const option of options[k]!) {
      if (cost + option.priced + rest[k + 1]! > least + gap + 1e-9) break
      if (++steps > 400 * most) return false
      const day = Math.floor(option.start / P)
      let taught = duration[members[k]!]!
      let clash = false
      for (let j = 0; j < k && !clash; j++) {
        const other = chosen[j]!
        const length = duration[members[j]!]!
        clash = option.start < other.start + length && other.start < option.start + duration[members[k]!]!
        if (Math.floor(other.start / P) === day) taught += length
      }
      if (clash || taught > perDay) continue
      chosen.push(option)
      const fits = extend(options, rest, used | (1 << day), days, cost + option.priced)
      chosen.pop()
      if (!fits) return false
    }
    return true
  }
  const masks: { days: number; floor: number; options: Option[][]; rest: number[] }[] = []
  const every = (1 << D) - 1
  for (let days = 1; days <= every; days++) {
    if (ones(days) > members.length) continue
    const options = all.map(list => list.filter(option => (days >> Math.floor(option.start / P)) & 1))
    if (options.some(list => list.length === 0)) continue
    const rest = [0]
    for (let k = members.length - 1; k >= 0; k--) rest.unshift(rest[0]! + options[k]![0]!.priced)
    masks.push({ days, floor: ones(days) * fee + rest[0]!, options, rest })
  }
  masks.sort((x, y) => x.floor - y.floor)
  for (const { days, options, rest } of masks) if (!extend(options, rest, 0, days, ones(days) * fee)) return null
  const kept = found.filter(column => column.cost <= least + gap + 1e-9).sort((x, y) => x.cost - y.cost)
  return kept.length > most ? null : kept.map(({ options, cost }) => ({ options, excess: cost - least }))
}

function ones(set: number): number {
  let count = 0
  for (; set !== 0; set &= set - 1) count++
  return count
}
