// Guesses a studio's address from its name.

/** Letters, digits and dashes, at most 50; `studio` when the name has no Latin letter. From the third try on the end is random. */
export function guessSlug(name: string, attempt: number): string {
  const plain = name.normalize('NFKD').replace(/ß/g, 'ss').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50).replace(/-+$/, '')
  const base = plain === '' ? 'studio' : plain
  if (attempt === 0) return base
  return `${base}-${attempt === 1 ? '2' : crypto.randomUUID().slice(0, 6)}`
}
