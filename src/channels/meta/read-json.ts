// Parses a webhook body once into values that can be stored: no NUL, no lone surrogate, no bottomless nesting.
import { malformed } from '../../platform/problem.ts'

const decoder = new TextDecoder()
/** Provider payloads are about ten levels deep; JSON.stringify overflows the stack at some thousands. */
const deepest = 60

/** Throws Problem MALFORMED when the bytes are not JSON, and for nothing else. */
export function readJson(bytes: Uint8Array): { text: string; value: unknown } {
  const text = decoder.decode(bytes)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw malformed('The body is not JSON.')
  }
  return { text, value: mayNeedTaming(text) ? tame(value, 0) : value }
}

/** Meta escapes every emoji as a pair; only a half without its other half needs the walk. */
const half = /\\u[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][\da-fA-F]{2})\\u[dD][c-fC-F]/

function mayNeedTaming(text: string): boolean {
  if (text.includes('\\u0000') || isDeep(text)) return true
  // After an escaped backslash "ud83d" is mere text, so such bodies are not judged by their looks.
  return /\\u[dD][89a-fA-F]/.test(text) && (text.includes('\\\\') || half.test(text))
}

/** Counts brackets inside strings too: a false alarm only costs the slow path. */
function isDeep(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i) | 32
    if (code === 123) {
      depth += 1
      if (depth > deepest) return true
    } else if (code === 125) depth -= 1
  }
  return false
}

function tame(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return '[nested too deeply]'
  if (Array.isArray(value)) return value.map(one => tame(one, depth + 1))
  // fromEntries defines own properties, so a key "__proto__" stays a mere key.
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [tame(key, 0), tame(one, depth + 1)]))
}
