// What the studio's knowledge says about whom it suits: styles, ages, and the ages and styles a customer names.
import type { KnowledgeEntry } from '../../contract/assistant.ts'
import { mended, stylesIn } from '../lexicon.ts'

export interface Facets { styles: string[]; /** Years, both ends included. */ ages: [number, number][] }

const numberWords: Record<string, number> = { two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, ocho: 8, nueve: 9, diez: 10 }
const adult = 18
const oldest = 99

/** Styles and age ranges the valid entries name, sorted, each once. */
export function facetsOf(knowledge: KnowledgeEntry[]): Facets {
  const styles = new Set<string>()
  const ages = new Map<string, [number, number]>()
  for (const entry of knowledge) {
    const one = facetsOfText(`${entry.title} . ${entry.content}`)
    for (const style of one.styles) styles.add(style)
    for (const range of one.ages) ages.set(range.join('-'), range)
  }
  return { styles: [...styles].sort(), ages: [...ages.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]) }
}

/** By the text itself, so that an edited entry is read anew. */
const read = new Map<string, Facets>()
const mostRemembered = 2_000

function facetsOfText(text: string): Facets {
  const known = read.get(text)
  if (known !== undefined) return known
  const words = mended(text)
  const facets = { styles: stylesIn(words), ages: agesTaught(words) }
  if (read.size >= mostRemembered) read.clear()
  read.set(text, facets)
  return facets
}

/** Years a quote names: "my 6 year old" is 6, "adults" is 18; null when none. */
export function ageIn(quote: string): number | null {
  const text = mended(quote)
  const match = /\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) (?:years?|yrs?|yo)\b|\b(?:is|s|am|m|aged?|turns) (\d{1,2})\b|\b(\d{1,2}|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez) anos\b/.exec(text)
  const said = match?.[1] ?? match?.[2] ?? match?.[3]
  if (said !== undefined) return numberWords[said] ?? Number(said)
  return /\badult/.test(text) ? adult : null
}

function agesTaught(text: string): [number, number][] {
  const found: [number, number][] = []
  for (const match of text.matchAll(/\b(?:ages?|aged|edades|edad|de|from|kids|children|ninos|years) (\d{1,2}) (?:to |a |and |y |hasta |up to )?(\d{1,2})\b/g)) found.push([Number(match[1]), Number(match[2])])
  for (const match of text.matchAll(/\b(\d{1,2}) (?:to |a |y )?(\d{1,2}) (?:years?|anos|yrs?)\b/g)) found.push([Number(match[1]), Number(match[2])])
  for (const match of text.matchAll(/\b(?:from|over|desde|a partir de(?: los)?) (?:age )?(\d{1,2})(?: years| anos)?\b/g)) found.push([Number(match[1]), oldest])
  if (/\badult/.test(text)) found.push([adult, oldest])
  return found.filter(([low, high]) => low <= high && low >= 1 && high <= oldest)
}
