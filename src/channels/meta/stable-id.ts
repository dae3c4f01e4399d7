// Gives an event that came without an id, or with an absurd one, an id that a redelivery will get again.
import { text } from './loose.ts'

const longestId = 512

/** A provider's id as text; one too long to be an id is stood for by its hash, everywhere alike. Undefined for what is none. */
export function idOf(value: unknown): string | undefined {
  const id = text(value)
  return id === undefined || id.length <= longestId ? id : stableId(id)
}

/** `hash:` and 26 hex digits of the value's JSON. For telling repeats apart, not for security. */
export function stableId(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return `hash:${hash53(text, 0x9e3779b9)}${hash53(text, 0x85ebca6b)}`
}

/** Two 32-bit multiplicative hashes with a final mix of each other (the public-domain "cyrb53" construction). */
function hash53(text: string, seed: number): string {
  let high = 0xdeadbeef ^ seed
  let low = 0x41c6ce57 ^ seed
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, '0').slice(-13)
}
