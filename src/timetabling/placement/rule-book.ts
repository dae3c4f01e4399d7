// Keeps the running total of all rules, recounting after a move only those that touch an activity that moved.
import type { PlacementModel, Standing } from './model.ts'

export class RuleBook {
  /** Weighted units of the rules that are not required, and units of those that are. */
  soft = 0
  broken = 0
  private readonly model: PlacementModel
  private readonly value: Float64Array
  private readonly touching: Int32Array[]
  private readonly stamp: Int32Array
  private round = 0

  constructor(model: PlacementModel) {
    this.model = model
    this.value = new Float64Array(model.rules.length)
    this.stamp = new Int32Array(model.rules.length)
    const lists: number[][] = Array.from({ length: model.n }, () => [])
    model.rules.forEach((rule, index) => {
      for (const a of rule.activities) lists[a]!.push(index)
    })
    this.touching = lists.map(list => Int32Array.from(list))
  }

  /** Recounts the rules of the activities named; call it after they were put, taken or moved. */
  update(activities: readonly number[], at: Standing): void {
    this.round++
    for (const a of activities) {
      for (const index of this.touching[a]!) {
        if (this.stamp[index] === this.round) continue
        this.stamp[index] = this.round
        const rule = this.model.rules[index]!
        const units = rule.units(at)
        if (rule.required) this.broken += units - this.value[index]!
        else this.soft += rule.weight * (units - this.value[index]!)
        this.value[index] = units
      }
    }
  }

  /** Soft cost that cannot fall any more while further activities are placed, and the required units likewise. */
  floor(): { soft: number; broken: number } {
    let soft = 0
    let broken = 0
    this.model.rules.forEach((rule, index) => {
      if (!rule.grows) return
      if (rule.required) broken += this.value[index]!
      else soft += rule.weight * this.value[index]!
    })
    return { soft, broken }
  }
}
