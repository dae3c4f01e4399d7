// From claimed facts to a score: what is not in the message word for word does not count, and the arithmetic is here and nowhere else.
import { factorLimits, factorNames } from '../../contract/inbox.ts'
import type { Evidence, Factors } from '../../contract/inbox.ts'
import type { ThreadLine } from '../../contract/assistant.ts'
import { fold } from '../../platform/words.ts'
import { clean } from '../clean.ts'
import { mended, stylesIn } from '../lexicon.ts'
import { ageIn } from './facets.ts'
import type { Facets } from './facets.ts'
import { derived, isKind, kinds, worthless } from './kinds.ts'
import type { DerivedName, KindName } from './kinds.ts'
import type { Claim } from './rules.ts'

const longestQuote = 240
/** Words that talk about the score instead of about dancing: no evidence for anything. */
const orders = /\b(scor(e|ed|es|ing)|points|hot lead|this lead|lead is|100|system prompt|instructions?|ignore|prompt|rate me|puntua\w*|puntos|instrucciones|ignora)\b/

interface Proven { kind: KindName; message_id: string; quote: string }

/** Points per factor within their limits, their sum, and the evidence for each point. */
export function judge(claims: Claim[], lines: ThreadLine[], facets: Facets): { score: number; factors: Factors; evidence: Evidence[] } {
  const proven = latest(claims.flatMap(claim => prove(claim, lines)), lines)
  const stands = proven.filter(fact => worthless.includes(fact.kind))
  const evidence: Evidence[] = (stands.length > 0 ? stands : proven).filter(fact => kinds[fact.kind].points !== 0).map(fact => ({
    factor: kinds[fact.kind].factor, fact: kinds[fact.kind].fact, points: kinds[fact.kind].points, message_id: fact.message_id, quote: fact.quote,
  }))
  if (stands.length === 0) evidence.push(...derive(proven, lines, facets))
  const factors = Object.fromEntries(factorNames.map(factor => [factor, clamp(evidence.filter(one => one.factor === factor).reduce((sum, one) => sum + one.points, 0), factorLimits[factor])])) as Factors
  return { score: factorNames.reduce((sum, factor) => sum + factors[factor], 0), factors, evidence }
}

/** A claim counts when its kind is on the list, its quote stands in that inbound message, and the quote has words of the kind. */
function prove(claim: Claim, lines: ThreadLine[]): Proven[] {
  const line = lines.find(one => one.id === claim.message_id && one.direction === 'inbound')
  const quote = claim.quote.trim()
  if (line === undefined || !isKind(claim.kind) || quote.length < 2 || quote.length > longestQuote || !clean(line.content).includes(quote)) return []
  const words = `${fold(quote)} ${mended(quote)}`
  if (!(kinds[claim.kind].needs as RegExp).test(words) || orders.test(words)) return []
  if (claim.kind === 'names_style' && stylesIn(mended(quote)).length === 0) return []
  return [{ kind: claim.kind, message_id: claim.message_id, quote }]
}

/** The latest fact of each kind and of each group, in the order of the thread. */
function latest(facts: Proven[], lines: ThreadLine[]): Proven[] {
  const place = new Map(lines.map((line, index) => [line.id, index]))
  const ordered = facts.map((fact, index) => ({ fact, index })).sort((a, b) => (place.get(a.fact.message_id) ?? 0) - (place.get(b.fact.message_id) ?? 0) || a.index - b.index).map(one => one.fact)
  const kept = new Map<string, Proven>()
  for (const fact of ordered) {
    const kind = kinds[fact.kind]
    const key = 'group' in kind ? kind.group : fact.kind
    const before = kept.get(key)
    // Within one message the stronger word of a group stands: "tomorrow, it is urgent".
    if (before !== undefined && before.message_id === fact.message_id && kinds[before.kind].points > kind.points) continue
    kept.delete(key)
    kept.set(key, fact)
  }
  return [...kept.values()]
}

function derive(proven: Proven[], lines: ThreadLine[], facets: Facets): Evidence[] {
  const made: Evidence[] = []
  const add = (name: DerivedName, message_id: string, quote: string): void => {
    made.push({ factor: derived[name].factor, fact: derived[name].fact, points: derived[name].points, message_id, quote })
  }
  const style = proven.find(fact => fact.kind === 'names_style')
  if (style !== undefined && facets.styles.length > 0) add(stylesIn(mended(style.quote)).some(name => facets.styles.includes(name)) ? 'style_taught' : 'style_not_taught', style.message_id, style.quote)
  const age = proven.find(fact => fact.kind === 'states_age')
  const years = age === undefined ? null : ageIn(age.quote)
  if (age !== undefined && years !== null) add(facets.ages.length === 0 ? 'age_stated' : facets.ages.some(([low, high]) => years >= low && years <= high) ? 'age_fits' : 'age_outside', age.message_id, age.quote)
  const asking = lines.filter(line => line.direction === 'inbound' && clean(line.content).includes('?') && !orders.test(fold(line.content)))
  const questions = asking.reduce((sum, line) => sum + (clean(line.content).match(/\?+/g)?.length ?? 0), 0)
  const lastAsking = asking.at(-1)
  if (questions >= 3 && lastAsking !== undefined) add('several_questions', lastAsking.id, quoteOf(lastAsking))
  const quick = lines.find((line, i) => line.direction === 'inbound' && lines[i - 1]?.direction === 'outbound' && line.at - (lines[i - 1]?.at ?? 0) <= 600_000)
  if (quick !== undefined && proven.some(fact => kinds[fact.kind].factor === 'interest')) add('replies_quickly', quick.id, quoteOf(quick))
  return made
}

function quoteOf(line: ThreadLine): string {
  return clean(line.content).trim().slice(0, 120).trim().toWellFormed()
}

function clamp(points: number, limit: number): number {
  return Math.min(limit, Math.max(0, Math.round(points)))
}
