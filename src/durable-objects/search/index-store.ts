// The index of one studio's messages and contacts in the object's own SQLite: words of documents, and trigrams of words.
import { fold, wordsOf } from '../../platform/words.ts'

export type Kind = 'message' | 'contact'
export interface Doc { kind: Kind; id: string; contact: string; conversation: string | null; /** ms since epoch: newer documents get higher rows. */ at: number; text: string; phone: string | null; email: string | null }
interface Row { doc: number; words: string; kind: Kind; contact: string; text: string; phone: string | null; email: string | null }

const longestWord = 40
const mostWords = 400
const longestText = 8_000
/** Row numbers per ms, so that rows stay in the order of time. */
const rowsPerMs = 64
/** Documents of one moment may run this far into the next ones. */
const crowd = rowsPerMs * 60_000

const tables = [
  'create table if not exists state (name text primary key, value text not null)',
  'create table if not exists docs (doc integer primary key, id text not null unique, kind text not null, contact text not null, conversation text, words text not null, text text not null, phone text, email text)',
  'create index if not exists docs_contact on docs (contact)',
  'create index if not exists docs_conversation on docs (conversation)',
  'create table if not exists words (id integer primary key, word text not null unique, n integer not null)',
  `create virtual table if not exists grams using fts5(word, content='', contentless_delete=1, detail=none, tokenize='trigram')`,
  `create virtual table if not exists message_words using fts5(words, content='', contentless_delete=1, detail=none, prefix='2 3', tokenize='unicode61 remove_diacritics 0')`,
  `create virtual table if not exists contact_words using fts5(words, content='', contentless_delete=1, detail=none, prefix='2 3', tokenize='unicode61 remove_diacritics 0')`,
]

/** The words a text is found by: folded, and long numbers also without what separates their digits. */
export function searchWords(text: string): string[] {
  const numbers = Array.from(text.matchAll(/\+?\d[\d\s().\-/]{4,}\d/g), match => match[0].replace(/\D/g, '')).filter(digits => digits.length >= 6)
  return [...new Set([...wordsOf(text).map(found => found.word), ...numbers])].filter(word => word.length >= 2 && word.length <= longestWord).slice(0, mostWords)
}

export const digitsOf = (phone: string | null): string => (phone ?? '').replace(/\D/g, '')
/** Marks of beginning and end give short words trigrams too. */
export const padded = (word: string): string => `^^${word}$$`

export class IndexStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    for (const table of tables) sql.exec(table)
  }

  get(name: string): string | null {
    return this.rows<{ value: string }>('select value from state where name = ?', name)[0]?.value ?? null
  }

  set(name: string, value: string): void {
    this.#sql.exec('insert into state (name, value) values (?, ?) on conflict (name) do update set value = excluded.value', name, value)
  }

  rows<T>(statement: string, ...values: (string | number | null)[]): T[] {
    return this.#sql.exec(statement, ...values).toArray() as T[]
  }

  /** Forgets everything. */
  clear(): void {
    for (const table of ['state', 'docs', 'words', 'grams', 'message_words', 'contact_words']) this.#sql.exec(`delete from ${table}`)
  }

  /** Adds a document or brings it to its newest text. */
  put(doc: Doc): void {
    const text = doc.kind === 'contact' ? [doc.text, doc.email ?? '', digitsOf(doc.phone)].join(' ') : doc.text.slice(0, longestText)
    const words = searchWords(text)
    const joined = words.join(' ')
    const before = this.find(doc.id)
    if (before !== undefined && before.words === joined && before.phone === doc.phone && before.email === doc.email) return
    if (before !== undefined) this.#drop(before)
    const row = before?.doc ?? this.#freeRow(doc.at)
    this.#sql.exec('insert into docs (doc, id, kind, contact, conversation, words, text, phone, email) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      row, doc.id, doc.kind, doc.contact, doc.conversation, joined, doc.kind === 'contact' ? doc.text : '', doc.phone, doc.email)
    if (words.length === 0) return
    this.#sql.exec(`insert into ${doc.kind}_words (rowid, words) values (?, ?)`, row, joined)
    for (const word of words) {
      const { id, n } = this.#sql.exec<{ id: number; n: number }>('insert into words (word, n) values (?, 1) on conflict (word) do update set n = n + 1 returning id, n', word).one()
      if (n === 1) this.#sql.exec('insert into grams (rowid, word) values (?, ?)', id, padded(word))
    }
  }

  find(id: string): Row | undefined {
    return this.rows<Row>('select doc, words, kind, contact, text, phone, email from docs where id = ?', id)[0]
  }

  remove(id: string): void {
    const row = this.find(id)
    if (row !== undefined) this.#drop(row)
  }

  /** A person and all that was said with them, words and all. */
  removeContact(contact: string): void {
    for (const row of this.rows<Row>('select doc, words, kind, contact, text, phone, email from docs where contact = ?', contact)) this.#drop(row)
  }

  /** The contact of a conversation as far as it is known here. */
  contactOf(conversation: string): string | null {
    return this.rows<{ contact: string }>('select contact from docs where conversation = ? limit 1', conversation)[0]?.contact ?? null
  }

  /** Contacts whose number holds these digits, newest first. */
  byDigits(digits: string, limit: number): { id: string; doc: number }[] {
    return this.rows(`select id, doc from docs where kind = 'contact' and phone is not null and instr(phone, ?) > 0 order by doc desc limit ?`, digits, limit)
  }

  #drop(row: Row): void {
    this.#sql.exec('delete from docs where doc = ?', row.doc)
    if (row.words === '') return
    this.#sql.exec(`delete from ${row.kind}_words where rowid = ?`, row.doc)
    for (const word of row.words.split(' ')) {
      const { id, n } = this.rows<{ id: number; n: number }>('update words set n = n - 1 where word = ? returning id, n', word)[0] ?? { id: 0, n: 1 }
      if (n > 0) continue
      this.#sql.exec('delete from words where id = ?', id)
      this.#sql.exec('delete from grams where rowid = ?', id)
    }
  }

  #freeRow(at: number): number {
    const base = Math.max(1, Math.floor(at) * rowsPerMs)
    const last = this.rows<{ last: number | null }>('select max(doc) as last from docs where doc >= ? and doc < ?', base, base + crowd)[0]?.last ?? null
    if (last === null) return base
    // A crowd at one moment fills up; a lone later document does not push this one behind it.
    return this.rows('select 1 from docs where doc = ?', base).length === 0 ? base : this.#nextFree(base)
  }

  #nextFree(base: number): number {
    const gap = this.rows<{ free: number }>('select doc + 1 as free from docs d where doc >= ? and not exists (select 1 from docs n where n.doc = d.doc + 1) order by doc limit 1', base)[0]
    return gap?.free ?? base
  }
}

/** Whether a query is a piece of a phone number: its digits, without the zeros people dial in front; null when it is not. */
export function phoneFragment(query: string): string | null {
  if (!/^[+\d\s().\-/]+$/.test(query)) return null
  const digits = fold(query).replace(/\D/g, '').replace(/^0+/, '')
  return digits.length >= 3 ? digits : null
}
