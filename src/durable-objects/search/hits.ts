// Candidates become hits only by what D1 holds now: erased and deleted rows fall out, and so does a text that no longer fits.
import type { SearchHits } from '../../contract/inbox.ts'
import type { Scope } from '../../db/open-studio.ts'
import { contactsNow, messagesNow } from '../../domain/search/search.read.ts'
import type { ContactNow, MessageNow } from '../../domain/search/search.read.ts'
import { iso } from '../../platform/clock.ts'
import { wordsOf } from '../../platform/words.ts'
import { digitsOf, searchWords } from './index-store.ts'
import { costOf } from './look-up.ts'
import type { Term } from './look-up.ts'

const excerptLength = 180
const lead = 60

export interface Asked { terms: Term[]; /** Digits of a phone fragment, or null. */ digits: string | null }
/** In the order of the ids given. */
export async function readHits(scope: Scope, asked: Asked, ids: { contacts: string[]; messages: string[] }): Promise<SearchHits> {
  const [people, said] = await scope.db.allOf<[ContactNow, MessageNow]>([contactsNow, { contacts: JSON.stringify(ids.contacts) }], [messagesNow, { messages: JSON.stringify(ids.messages) }])
  return {
    contacts: people.flatMap(person => {
      const match = matchOf(person, asked)
      return match === null ? [] : [{ ...person, match }]
    }),
    messages: said.flatMap(row => {
      const marks = marksIn(row.content, asked)
      return marks === null ? [] : [{ id: row.id, conversation_id: row.conversation_id, contact_name: row.contact_name, sent_at: iso(row.sent_at), ...excerptOf(row.content, marks) }]
    }),
  }
}

/** The name, number or address that fits; null when none does any more. */
function matchOf(person: ContactNow, { terms, digits }: Asked): string | null {
  if (digits !== null) return digitsOf(person.phone).includes(digits) ? person.phone : null
  const fields = [person.name, person.email ?? '', person.phone ?? '']
  const all = fields.flatMap(field => [...searchWords(field), digitsOf(field)])
  if (!terms.every(term => all.some(word => costOf(term, word) < Infinity))) return null
  return fields.find(field => terms.some(term => searchWords(field).some(word => costOf(term, word) < Infinity))) ?? person.name
}

/** Spans of the text that fit, in order; null when a term is missing. */
function marksIn(text: string, { terms, digits }: Asked): [number, number][] | null {
  const spots = [...wordsOf(text), ...Array.from(text.matchAll(/\+?\d[\d\s().\-/]{4,}\d/g), match => ({ word: match[0].replace(/\D/g, ''), start: match.index, end: match.index + match[0].length }))]
  if (digits !== null) {
    const marks = spots.filter(spot => /^\d+$/.test(spot.word) && spot.word.includes(digits)).map(({ start, end }): [number, number] => [start, end])
    return marks.length > 0 ? merged(marks) : null
  }
  if (!terms.every(term => spots.some(spot => costOf(term, spot.word) < Infinity))) return null
  return merged(spots.filter(spot => terms.some(term => costOf(term, spot.word) < Infinity)).map(({ start, end }): [number, number] => [start, end]))
}

function merged(marks: [number, number][]): [number, number][] {
  const kept: [number, number][] = []
  for (const mark of marks.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = kept.at(-1)
    if (last === undefined || mark[0] >= last[1]) kept.push(mark)
  }
  return kept
}

/** A piece of the text around the first mark; marks are offsets into the excerpt. */
function excerptOf(text: string, marks: [number, number][]): { excerpt: string; marks: [number, number][] } {
  const first = marks[0]?.[0] ?? 0
  let start = first <= lead ? 0 : first - lead
  if (start > 0) start = text.indexOf(' ', start) < first && text.indexOf(' ', start) >= 0 ? text.indexOf(' ', start) + 1 : start
  const end = Math.min(text.length, start + excerptLength)
  const head = start > 0 ? '…' : ''
  const piece = text.slice(start, end).replace(/\s/g, ' ').toWellFormed()
  const shift = head.length - start
  return { excerpt: `${head}${piece}${end < text.length ? '…' : ''}`, marks: marks.filter(mark => mark[0] >= start && mark[1] <= end).map(([from, to]) => [from + shift, to + shift]) }
}
