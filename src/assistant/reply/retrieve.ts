// Finds the sentences of a studio's valid knowledge that answer a need, or none: a near miss is not a source.
import type { KnowledgeEntry } from '../../contract/assistant.ts'
import { fold } from '../../platform/words.ts'
import { sentencesOf } from '../clean.ts'
import { mended, stylesIn, topics } from '../lexicon.ts'
import type { Topic } from '../lexicon.ts'
import type { Need } from './needs.ts'
import { termsOf } from './terms.ts'

export interface Passage { entry: KnowledgeEntry; /** Exact span of the entry's content. */ quote: string; score: number }

/** Signs that a sentence speaks of a topic without naming it. */
const signs: Partial<Record<Topic, RegExp>> = {
  price: /[€$£]\s?\d|\d\s?(?:[€$£]|eur\b|euros?\b|dollars?\b|usd\b|gbp\b)/,
  schedule: /\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}\s?(?:am|pm|h)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)\b/,
  location: /\b(?:street|avenue|road|square|metro|station|floor|calle|avenida|plaza|estacion|piso)\b/,
}
/** More than this share of a need must be met. */
const leastCoverage = 0.5

interface Indexed { entry: KnowledgeEntry; terms: Set<string>; styles: string[]; topics: Set<Topic>; sentences: { text: string; terms: Set<string>; topics: Set<Topic>; styles: string[] }[] }
type Described = Indexed['sentences'][number]
/** By the text itself, so that an edited entry is read anew. */
const described = new Map<string, Described>()
const mostRemembered = 5_000

/** Passages for one need, best first, at most `most`; empty when the knowledge does not say. */
export function passagesFor(need: Need, knowledge: KnowledgeEntry[], most = 2): Passage[] {
  const entries = knowledge.map(index)
  // Among styles that are named, one that is not has no price and no time.
  if (need.styles.length > 0 && entries.some(one => one.styles.length > 0) && !entries.some(one => need.styles.some(style => one.styles.includes(style)))) return []
  const rarity = (term: string): number => Math.log(1 + entries.length / (1 + entries.filter(one => one.terms.has(term)).length))
  const found: Passage[] = []
  for (const one of entries) {
    if (need.topic !== null && !one.topics.has(need.topic)) continue
    // A price of ballet is no answer to a question about salsa.
    if (need.styles.length > 0 && one.styles.length > 0 && !need.styles.some(style => one.styles.includes(style))) continue
    const given = (need.topic === null ? 0 : 1) + (one.styles.length > 0 && need.styles.length > 0 ? 1 : 0)
    const met = given + need.terms.filter(term => one.terms.has(term)).length
    if (met === 0 || met / (given + need.terms.length) <= leastCoverage) continue
    for (const sentence of one.sentences) {
      if (need.styles.length > 0 && sentence.styles.length > 0 && !need.styles.some(style => sentence.styles.includes(style))) continue
      const about = (need.topic !== null && sentence.topics.has(need.topic) ? 2 : 0) + need.styles.filter(style => sentence.styles.includes(style)).length
      const words = need.terms.reduce((sum, term) => sum + (sentence.terms.has(term) ? 1 + rarity(term) : 0), 0)
      if (about + words === 0 && one.sentences.length > 1) continue
      const category = need.topic !== null && one.entry.category === topics[need.topic].category ? 1.5 : 0
      found.push({ entry: one.entry, quote: sentence.text, score: about + words + category })
    }
  }
  found.sort((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1))
  const best = found[0]
  return best === undefined ? [] : found.filter(passage => passage.score >= best.score * 0.75).slice(0, most)
}

/** Entries that fit a text best, for a prompt: whole entries, at most `most` and `budget` characters. */
export function entriesFor(needs: Need[], text: string, knowledge: KnowledgeEntry[], most: number, budget: number): KnowledgeEntry[] {
  const terms = termsOf(mended(text))
  const scored = knowledge.map(entry => {
    const one = index(entry)
    const topical = needs.filter(need => need.topic !== null && one.topics.has(need.topic)).length
    return { entry, score: topical * 2 + terms.filter(term => one.terms.has(term)).length + (one.topics.has('trial') ? 0.5 : 0) }
  })
  let left = budget
  return scored.sort((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1)).slice(0, most).map(one => one.entry).filter(entry => {
    left -= entry.title.length + entry.content.length
    return left >= 0
  })
}

function index(entry: KnowledgeEntry): Indexed {
  const sentences = sentencesOf(entry.content).map(sentence => sentence.text.replace(/^(?:[-*•–]\s*|\d+[.)]\s+)/, '')).filter(text => text !== '').map(describe)
  const whole = describe(`${entry.title}\n${entry.content}`)
  const own = (Object.keys(topics) as Topic[]).find(topic => topics[topic].category === entry.category)
  return { entry, terms: whole.terms, styles: whole.styles, topics: own === undefined ? whole.topics : new Set([...whole.topics, own]), sentences }
}

function describe(text: string): Described {
  const known = described.get(text)
  if (known !== undefined) return known
  const words = mended(text)
  const plain = fold(text)
  const about = (Object.keys(topics) as Topic[]).filter(topic => topics[topic].sign.test(words) || signs[topic]?.test(plain) === true)
  const made = { text, terms: new Set(termsOf(words)), topics: new Set(about), styles: stylesIn(words) }
  if (described.size >= mostRemembered) described.clear()
  described.set(text, made)
  return made
}
