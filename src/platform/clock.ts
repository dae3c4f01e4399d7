// Time as the product sees it: ms since epoch from one place, ISO text at the borders.

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

let source: () => number = () => Date.now()

export function now(): number {
  return source()
}

/** Tests move time; the product never calls this. */
export function setClock(next: (() => number) | null): void {
  source = next ?? (() => Date.now())
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}

/** Our time when the provider's is missing, absurd (before 2009) or more than a minute in our future. */
export function clampToPast(at: number, ours: number): number {
  if (!Number.isFinite(at) || at < Date.UTC(2009, 0, 1)) return ours
  return Math.min(Math.floor(at), ours)
}
