// Reads JSON that people send us: bounded depth, no key twice, no key that reaches a prototype.
import { malformed } from './problem.ts'

const deepest = 32
const poisoned = new Set(['__proto__'])

/** Throws Problem MALFORMED; a nested value, a number or null is as welcome as an object. */
export function parseStrictJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw malformed('The body is not valid JSON.') // SyntaxError quotes the body: not passed on
  }
  inspect(text)
  return value
}

/** Walks text that is known to be valid JSON, so that structure can be read off single characters. */
function inspect(text: string): void {
  const open: (Set<string> | null)[] = []
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null)
      if (open.length > deepest) throw malformed('The body is nested too deeply.')
    } else if (char === '}' || char === ']') open.pop()
    else if (char === '"') {
      const end = endOfString(text, i)
      if (isKey(text, end)) noteKey(open.at(-1) ?? null, JSON.parse(text.slice(i, end + 1)) as string)
      i = end
    }
  }
}

function endOfString(text: string, start: number): number {
  let i = start + 1
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1
  return i
}

function isKey(text: string, end: number): boolean {
  let i = end + 1
  while (text[i] === ' ' || text[i] === '\n' || text[i] === '\r' || text[i] === '\t') i += 1
  return text[i] === ':'
}

function noteKey(keys: Set<string> | null, key: string): void {
  if (poisoned.has(key)) throw malformed('The body holds a key that is not allowed.')
  if (keys === null) return
  if (keys.has(key)) throw malformed('The body holds a key twice.')
  keys.add(key)
}
