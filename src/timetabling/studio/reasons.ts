// Why a problem has no timetable: a smallest set of requirements that cannot hold together, each of which is needed for that.
import type { Reason, TimetableProblem } from '../../contract/timetabling.ts'
import { decide } from './decide.ts'
import { elementsOf, relax, say } from './relax.ts'

/** `proven` says that the set alone is impossible and that without any one of it the rest is possible. */
export type Conflict = { reasons: Reason[]; proven: boolean }

/**
 * The minimal conflict of an impossible problem, by deletion: whatever can be dropped while it stays impossible, is.
 * Classes go first and in halves, so that the rest is asked of few classes. Null when impossibility could not be shown.
 * `moves` limits each question asked of the search.
 */
export function conflictOf(problem: TimetableProblem, moves = 20_000): Conflict | null {
  const all = elementsOf(problem)
  const kept = new Set(all)
  const impossible = (elements: ReadonlySet<string>): boolean =>
    decide(relax(problem, new Set(all.filter(element => !elements.has(element)))), moves).verdict === 'impossible'
  if (!impossible(kept)) return null
  const tryWithout = (chunk: string[]): boolean => {
    const rest = new Set([...kept].filter(element => !chunk.includes(element)))
    if (!impossible(rest)) return false
    for (const element of chunk) kept.delete(element)
    return true
  }
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    const left = all.filter(element => kept.has(element))
    for (let from = 0; from < left.length; from += size) tryWithout(left.slice(from, from + size))
  }
  const proven = [...kept].every(element => {
    const rest = new Set([...kept].filter(other => other !== element))
    return decide(relax(problem, new Set(all.filter(other => !rest.has(other)))), moves * 4).verdict === 'possible'
  })
  return { reasons: all.filter(element => kept.has(element)).map(element => ({ element, sentence: say(problem, element) })), proven }
}
