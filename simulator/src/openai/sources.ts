// Finds the facts a prompt offers (knowledge, classes, prices) and those that answer the customer's last words.

import { isObject, textAt } from '../json.ts'

export interface Source {
  id: string
  title: string
  text: string
}

/** Sources in a prompt: tags with an id, JSON objects with an id and a text, lines like `[id] text`, list items. */
export function findSources(prompt: string): Source[] {
  const found: Source[] = []
  for (const match of prompt.matchAll(/<([a-z_]+)\s([^<>]*\bid="([^"]+)"[^<>]*)>([\s\S]*?)<\/\1>/gi)) {
    found.push({ id: match[3] ?? '', title: /title="([^"]*)"/.exec(match[2] ?? '')?.[1] ?? '', text: (match[4] ?? '').trim() })
  }
  for (const value of jsonIn(prompt)) collect(value, found)
  for (const match of prompt.matchAll(/^\s*[-*]?\s*\[([\w:.-]+)\]\s*(.+)$/gm)) found.push({ id: match[1] ?? '', title: '', text: (match[2] ?? '').trim() })
  if (found.length === 0) for (const match of prompt.matchAll(/^\s*[-*]\s+(.{12,})$/gm)) found.push({ id: '', title: '', text: (match[1] ?? '').trim() })
  return found.filter(source => source.text.length > 0)
}

/** The sources that share most words with the question, best first; none when no word is shared. */
export function bestSources(sources: Source[], question: string, most: number): Source[] {
  const asked = new Set(words(question))
  const scored = sources.map((source, index) => ({ source, index, score: words(`${source.title} ${source.text}`).filter((word, at, all) => asked.has(word) && all.indexOf(word) === at).length }))
  return scored.filter(one => one.score > 0).sort((a, b) => b.score - a.score || a.index - b.index).slice(0, most).map(one => one.source)
}

/** The sentence of a source that fits the question best, exactly as written there. */
export function bestSentence(source: Source, question: string): string {
  const asked = new Set(words(question))
  const sentences = source.text.match(/[^.!?。！？\n]+[.!?。！？]*/g)?.map(one => one.trim()).filter(one => one.length > 2) ?? [source.text]
  const score = (sentence: string) => words(sentence).filter(word => asked.has(word)).length
  return [...sentences].sort((a, b) => score(b) - score(a))[0] ?? source.text
}

const common = new Set('the and for you your are our with have has this that what when how much can does please from there is it in on at of to un una que los las por para con como der die das und ist ein eine'.split(' '))

/** Lowercase words without accents, a plural s removed, common ones left out. */
export const words = (text: string): string[] =>
  (text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter(word => word.length > 1 && !common.has(word)).map(word => word.length > 3 ? word.replace(/(es|s)$/, '') : word)

function collect(value: unknown, found: Source[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found)
  if (!isObject(value)) return
  const text = ['text', 'content', 'body', 'answer', 'quote', 'description'].map(key => textAt(value, key)).find(one => one)
  const id = textAt(value, 'id')
  if (id && text) found.push({ id, title: textAt(value, 'title') ?? textAt(value, 'name') ?? textAt(value, 'question') ?? '', text })
  else for (const inner of Object.values(value)) collect(inner, found)
}

/** JSON objects and arrays that stand in a prompt, outermost first. */
export function jsonIn(prompt: string): unknown[] {
  const values: unknown[] = []
  let done = -1
  for (const match of prompt.matchAll(/[[{]/g)) {
    if (match.index <= done || values.length > 50) continue
    const end = closing(prompt, match.index)
    const value = end - match.index < 8 ? undefined : parsed(prompt.slice(match.index, end + 1))
    if (value === undefined) continue
    values.push(value)
    done = end
  }
  return values
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function closing(text: string, start: number): number {
  let depth = 0
  let quoted = false
  for (let at = start; at < text.length && at < start + 60_000; at++) {
    const letter = text[at]
    if (quoted) {
      if (letter === '\\') at++
      else if (letter === '"') quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === '{' || letter === '[') depth++
    else if ((letter === '}' || letter === ']') && --depth === 0) return at
  }
  return -1
}
