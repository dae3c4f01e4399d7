// Splits a placement problem into parts that can be planned exactly by themselves: the units of the bound and of the proof.
import { FORBIDDEN, FREE, instructorsOf, type PlacementModel } from './model.ts'
import { mostOf } from './week.ts'

/**
 * Activities planned together. A whole cluster is (part of) one instructor's fixed week and carries `share` of that
 * instructor's day costs; an activity with a choice of instructors stands alone, without day costs.
 */
export type Cluster = { members: number[]; instructors: number[]; share: number }

export function clustersOf(model: PlacementModel): Cluster[] {
  const fixed: number[][] = Array.from({ length: model.I }, () => [])
  const clusters: Cluster[] = []
  for (let a = 0; a < model.n; a++) {
    const may = instructorsOf(model, a)
    if (may.length === 1) fixed[may[0]!]!.push(a)
    else clusters.push({ members: [a], instructors: may, share: 0 })
  }
  fixed.forEach((members, instructor) => {
    const parts = Math.ceil(members.length / mostOf(model))
    const size = Math.ceil(members.length / Math.max(1, parts))
    for (let from = 0; from < members.length; from += size)
      clusters.push({ members: members.slice(from, from + size), instructors: [instructor], share: 1 / parts })
  })
  return clusters
}

/** One way to place one activity: `cost` is its own cost, `priced` adds the rents of the cells it uses. */
export type Option = { start: number; room: number; instructor: number; cost: number; priced: number }

/** All ways to place an activity that nothing fixed forbids, priced at the given rents. */
export function optionsOf(model: PlacementModel, a: number, rent: Float64Array | null): Option[] {
  const { R, I, T, startCost, roomCost, instructorCost, duration, groups, cells } = model
  const length = duration[a]!
  const open = (resource: number, t: number): boolean => {
    for (let s = resource * T + t; s < resource * T + t + length; s++) if (cells[s] !== FREE) return false
    return true
  }
  const due = (resource: number, t: number): number => {
    let sum = 0
    if (rent !== null) for (let s = resource * T + t; s < resource * T + t + length; s++) sum += rent[s]!
    return sum
  }
  const found: Option[] = []
  for (let t = 0; t < T; t++) {
    const early = startCost[a * T + t]!
    if (early >= FORBIDDEN) continue
    let shared = 0
    for (const g of groups[a]!) shared += due(g, t)
    for (let i = 0; i < I; i++) {
      const who = instructorCost[a * I + i]!
      if (who >= FORBIDDEN || !open(R + i, t)) continue
      for (let r = 0; r < R; r++) {
        const fit = roomCost[a * R + r]!
        if (fit >= FORBIDDEN || !open(r, t)) continue
        const cost = early + who + fit
        found.push({ start: t, room: r, instructor: i, cost, priced: cost + shared + due(R + i, t) + due(r, t) })
      }
    }
  }
  return found
}
