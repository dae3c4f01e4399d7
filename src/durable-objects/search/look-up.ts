// Turns a query into documents: words by trigrams, kept by edit distance; documents by words, nearest and newest first.
import { editDistance, wordsOf } from '../../platform/words.ts'
import { padded } from './index-store.ts'
import type { IndexStore, Kind } from './index-store.ts'

/** One word asked for, with the indexed words that may be meant and how far each is off. */
export interface Term { word: string; meant: Map<string, number> }
export interface Found { id: string; /** 0: as written. */ cost: number; doc: number }

const mostTerms = 8
const mostCandidates = 400
const mostMeant = 24
const mostDocs = 400
/** Costs of a word that is not exactly the one asked for, between equal (0) and one slip (1). */
const beginsWith = 0.1
const contains = 0.5

export function termsOf(store: IndexStore, query: string): Term[] {
  const words = [...new Set(wordsOf(query).map(found => found.word))].slice(0, mostTerms)
  return words.map(word => ({ word, meant: word.length < 3 ? new Map() : meantBy(store, word) }))
}

/** How far a word is from a term; Infinity when it is not meant. Short words are beginnings. */
export function costOf(term: Term, word: string): number {
  if (word === term.word) return 0
  if (word.startsWith(term.word)) return beginsWith
  return term.meant.get(word) ?? Infinity
}

/** Documents that hold every term; slips are looked for only when the words as written give too few. */
export function lookUp(store: IndexStore, kind: Kind, terms: Term[], limit: number): Found[] {
  if (terms.length === 0) return []
  const near = docsWith(store, kind, terms, contains)
  return (near.length >= limit ? near : docsWith(store, kind, terms, Infinity)).sort((a, b) => a.cost - b.cost || b.doc - a.doc).slice(0, limit)
}

function docsWith(store: IndexStore, kind: Kind, terms: Term[], within: number): Found[] {
  const groups = terms.map(term => [`${quoted(term.word)} *`, ...[...term.meant].filter(([, cost]) => cost <= within).map(([word]) => quoted(word))])
  const match = groups.map(group => `(${group.join(' OR ')})`).join(' AND ')
  const rows = store.rows<{ id: string; doc: number; words: string }>(
    `select d.id, d.doc, d.words from ${kind}_words join docs d on d.doc = ${kind}_words.rowid where ${kind}_words match ? order by ${kind}_words.rowid desc limit ?`, match, mostDocs)
  return rows.map(row => {
    const words = row.words.split(' ')
    return { id: row.id, doc: row.doc, cost: terms.reduce((sum, term) => sum + Math.min(...words.map(word => costOf(term, word))), 0) }
  }).filter(found => Number.isFinite(found.cost))
}

/** Slips allowed: none in three letters and in numbers, one up to five letters, two beyond. */
function slips(word: string): number {
  return word.length <= 3 || /\d/.test(word) ? 0 : word.length <= 5 ? 1 : 2
}

/**
 * Indexed words that share enough trigrams, kept by what they really cost.
 * One slip destroys at most three trigrams, a swap four; a word inside another keeps all but the marked ones: the least share follows. Source: Ukkonen, q-gram lemma (1992).
 */
function meantBy(store: IndexStore, word: string): Map<string, number> {
  const most = slips(word)
  const grams = [...new Set(Array.from({ length: padded(word).length - 2 }, (_, i) => padded(word).slice(i, i + 3)))]
  const least = word.length === 3 ? 1 : Math.max(2, Math.min(word.length - 2, word.length + 1 - 3 * most))
  const candidates = store.rows<{ word: string; n: number }>(
    `select w.word, w.n from (select grams.rowid as id, count(*) as shared from json_each(?) asked cross join grams where grams match asked.value group by grams.rowid having shared >= ? order by shared desc limit ?) g
      join words w on w.id = g.id`, JSON.stringify(grams.map(quoted)), least, mostCandidates)
  const kept = candidates.map(({ word: other, n }) => ({ other, n, cost: distance(word, other, most) })).filter(one => Number.isFinite(one.cost))
  kept.sort((a, b) => a.cost - b.cost || b.n - a.n)
  return new Map(kept.slice(0, mostMeant).map(one => [one.other, one.cost]))
}

function distance(word: string, other: string, most: number): number {
  if (other === word) return 0
  if (other.startsWith(word)) return beginsWith
  if (other.includes(word)) return contains
  if (most === 0) return Infinity
  const whole = editDistance(word, other, most)
  if (whole <= most) return whole
  if (word.length < 5) return Infinity
  // A long word half typed, with a slip: "contemprane" begins "contemporaneo".
  const begun = Math.min(...[-1, 0, 1].map(more => editDistance(word, other.slice(0, word.length + more), most)))
  return begun <= most ? begun + contains : Infinity
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
