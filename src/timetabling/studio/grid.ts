// Turns minutes of weekdays into numbered slots and back; slot 0 of each day is the studio's earliest opening of the week.
import type { TimetableProblem, TimetableWindow } from '../../contract/timetabling.ts'

export type Grid = { step: number; base: number; P: number; D: number; T: number }

export const DAYS = 7

export function gridOf(problem: TimetableProblem): Grid {
  const step = problem.slot_minutes
  const base = Math.min(1440, ...problem.opening.map(w => w.from))
  const close = Math.max(base + step, ...problem.opening.map(w => w.to))
  const P = Math.ceil((close - base) / step)
  return { step, base, P, D: DAYS, T: DAYS * P }
}

/** Slots a class of so many minutes occupies. */
export function slotsFor(grid: Grid, minutes: number): number {
  return Math.ceil(minutes / grid.step)
}

/** The slot that begins at a minute of a day, or -1 when none does. */
export function slotAt(grid: Grid, day: number, minute: number): number {
  const p = (minute - grid.base) / grid.step
  return Number.isInteger(p) && p >= 0 && p < grid.P ? day * grid.P + p : -1
}

export function timeOf(grid: Grid, slot: number): { day: number; start: number } {
  return { day: Math.floor(slot / grid.P), start: grid.base + (slot % grid.P) * grid.step }
}

/** One flag per slot of the week: 1 where the whole slot lies inside the union of the windows. */
export function coverage(grid: Grid, windows: readonly TimetableWindow[]): Uint8Array {
  const minutes = new Uint8Array(DAYS * 1440 + grid.step)
  for (const w of windows) minutes.fill(1, w.day * 1440 + w.from, w.day * 1440 + w.to)
  const covered = new Uint8Array(grid.T)
  for (let t = 0; t < grid.T; t++) {
    const { day, start } = timeOf(grid, t)
    covered[t] = start + grid.step <= 1440 && minutes.subarray(day * 1440 + start, day * 1440 + start + grid.step).every(m => m === 1) ? 1 : 0
  }
  return covered
}
