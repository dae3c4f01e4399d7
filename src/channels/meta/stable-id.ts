// Gives an event that came without an id one that a redelivery will get again.

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
