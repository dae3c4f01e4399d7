// Lists, for one cluster, every plan whose priced cost lies within a gap of the least: what a better answer could still use.
import { optionsOf, type Cluster, type Option } from './clusters.ts'
import type { PlacementModel } from './model.ts'

/** One plan of a cluster: a place for each member, and how much its priced cost exceeds the cluster's least. */
export type Column = { options: Option[]; excess: number }

/** All plans of a cluster with excess ≤ gap, cheapest first, or null when there are more than `most`. */
export function columnsOf(model: PlacementModel, cluster: Cluster, rent: Float64Array, gap: number, most: number): Column[] | null {
  const found = cluster.instructors.length === 1 ? weeksOf(model, cluster, rent, gap, most) : alone(model, cluster, rent)
  if (found === null) return null
  found.sort((x, y) => x.excess - y.excess)
  const least = found[0]?.excess ?? 0
  const kept = found.map(({ options, excess }) => ({ options, excess: excess - least })).filter(({ excess }) => excess <= gap + 1e-9)
  return kept.length > most ? null : kept
}

function alone(model: PlacementModel, cluster: Cluster, rent: Float64Array): Column[] {
  return optionsOf(model, cluster.members[0]!, rent).map(option => ({ options: [option], excess: option.priced }))
}

/**
 * Walks the week slot by slot, starting a member or idling, and turns back where the cheapest way to finish (known exactly,
 * from the end of the week backwards) leaves the gap. So the work is in proportion to what is listed.
 */
function weeksOf(model: PlacementModel, { members, instructors, share }: Cluster, rent: Float64Array, gap: number, most: number): Column[] | null {
  const { D, P, T, duration, dayCost, mostPerDay, mostPerWeek } = model
  const k = members.length
  const size = 1 << k
  const fee = share * dayCost[instructors[0]!]!
  const perDay = mostPerDay[instructors[0]!]!
  const length = members.map(a => duration[a]!)
  if (length.reduce((sum, slots) => sum + slots, 0) > mostPerWeek[instructors[0]!]!) return []
  const at: Option[][] = Array.from({ length: k * T }, () => [])
  members.forEach((a, i) => {
    for (const option of optionsOf(model, a, rent)) at[i * T + option.start]!.push(option)
  })
  for (const options of at) options.sort((x, y) => x.priced - y.priced)

  // finish[(t × size + rest) × 2 + paid]: least cost of teaching `rest` from slot t on, the day's cost already paid or not
  const finish = new Float64Array((T + 1) * size * 2).fill(Infinity)
  finish[T * size * 2] = 0
  for (let t = T - 1; t >= 0; t--) {
    const last = t % P === P - 1
    for (let rest = 0; rest < size; rest++) {
      for (let paid = 0; paid < 2; paid++) {
        let least = finish[((t + 1) * size + rest) * 2 + (last ? 0 : paid)]!
        for (let i = 0; i < k; i++) {
          const option = (rest >> i) & 1 ? at[i * T + t]![0] : undefined
          if (option === undefined) continue
          const end = t + length[i]!
          const cost = option.priced + (paid ? 0 : fee) + finish[(end * size + (rest ^ (1 << i))) * 2 + (end % P === 0 ? 0 : 1)]!
          if (cost < least) least = cost
        }
        finish[(t * size + rest) * 2 + paid] = least
      }
    }
  }

  const limit = finish[(size - 1) * 2]! + gap + 1e-9
  const found: Column[] = []
  const chosen: Option[] = Array(k)
  /** False when the list grew too long. */
  const walk = (from: number, rest: number, paid: number, taught: number, cost: number): boolean => {
    if (rest === 0) {
      found.push({ options: chosen.slice(), excess: cost })
      return found.length <= most
    }
    let due = paid
    let hours = taught
    for (let t = from; t < T; t++) {
      if (t % P === 0) due = hours = 0
      if (cost + finish[(t * size + rest) * 2 + due]! > limit) return true
      for (let i = 0; i < k; i++) {
        if (((rest >> i) & 1) === 0 || hours + length[i]! > perDay) continue
        const end = t + length[i]!
        const left = rest ^ (1 << i)
        const after = finish[(end * size + left) * 2 + (end % P === 0 ? 0 : 1)]!
        for (const option of at[i * T + t]!) {
          const sum = cost + option.priced + (due ? 0 : fee)
          if (sum + after > limit) break
          chosen[i] = option
          if (!walk(end, left, 1, hours + length[i]!, sum)) return false
        }
      }
    }
    return true
  }
  return Number.isFinite(limit) && !walk(0, size - 1, 0, 0, 0) ? null : found
}
