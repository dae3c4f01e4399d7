// Percentiles, medians and ratios: the only statistics the benchmark uses.

/** What is kept of a set of latencies; all in milliseconds except `count`. */
export interface Percentiles { count: number; p50: number; p95: number; p99: number; max: number }

/** Percentiles by nearest rank; NaN when there are no samples. */
export function percentiles(samples: number[] | Float64Array): Percentiles {
  const sorted = Float64Array.from(samples).sort()
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

/** The middle value (mean of the two middle ones); NaN when empty. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 ? sorted[Math.floor(middle)]! : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

/** Median over the blocks of ours divided by the floor's, block by block, so drift of the machine cancels. */
export function medianRatio(ours: number[], floor: number[]): number {
  return median(ours.map((value, block) => value / floor[block]!))
}
