// Runs one problem for so many seconds of CPU, noting the best cost on the way and the memory it took.
import type { Opened } from '../../src/timetabling/formats/open-file.ts'

/** Seconds of CPU this process has used: a shared machine then tells the same as an idle one. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

export type Measured = {
  /** Cost after each of the times asked for, and at the end; null where nothing usable was found. */
  costs: (number | null)[]
  cost: number | null
  bound: number
  /** Seconds to the first usable answer, to the final cost, and in all. */
  first: number | null
  reached: number
  seconds: number
  /** Growth of heap and array buffers in MB, largest seen. */
  memory: number
  moves: number
}

/** Measures one run: stops when proven, or after `seconds`. Throws when the judge disagrees with the claimed cost. */
export function measure(problem: Opened, seed: number, seconds: number, times: number[]): Measured {
  const before = memory()
  const begun = cpuSeconds()
  const run = problem.start(seed)
  const costs: (number | null)[] = []
  let first: number | null = null
  let reached = 0
  let last: number | null = null
  let most = 0
  let slice = 100
  for (;;) {
    const at = cpuSeconds() - begun
    const { cost, done, moves } = run.progress()
    if (cost !== null && first === null) first = at
    if (cost !== last) [last, reached] = [cost, at]
    while (costs.length < times.length && at >= times[costs.length]!) costs.push(cost)
    most = Math.max(most, memory() - before)
    if (done || at >= seconds) break
    if (moves > 0) run.plan(Math.max(moves + 1, Math.round((moves * seconds) / at)))
    run.step(slice)
    const took = Math.max(1e-4, cpuSeconds() - begun - at)
    slice = Math.max(1, Math.min(slice * 4, Math.round((slice * Math.min(0.02, Math.max(0.001, seconds - at))) / took)))
  }
  const { cost, bound, moves } = run.progress()
  while (costs.length < times.length) costs.push(cost)
  if (cost !== null) {
    const verdict = problem.judge(problem.assignment(run))
    if (verdict.violations.length > 0 || verdict.cost !== cost) throw new Error(`the judge says ${verdict.cost}, ${verdict.violations.join('; ')}`)
  }
  return { costs, cost, bound, first, reached, seconds: cpuSeconds() - begun, memory: most, moves }
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}
