// Words of a text as they are compared: lower case, without accents, with the place they stand at; and how far two words are apart.

export interface Word { /** Folded. */ word: string; /** UTF-16 offsets into the text. */ start: number; end: number }

/** Lower case, accents and other marks removed, compatibility forms resolved: "Ñandú" and "nandu" are the same. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replaceAll('ß', 'ss').replaceAll('ø', 'o').replaceAll('ł', 'l').replaceAll('æ', 'ae').replaceAll('œ', 'oe')
}

/** Letters and digits that stand together, in order. */
export function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}\p{M}]+/gu), match => ({ word: fold(match[0]), start: match.index, end: match.index + match[0].length })).filter(found => found.word !== '')
}

/**
 * Damerau-Levenshtein distance (restricted: a swap of two neighbours counts one). Anything above `limit` is answered as `limit + 1`.
 * Source: Boytsov, "Indexing methods for approximate dictionary searching" (2011), 2.2.
 */
export function editDistance(a: string, b: string, limit = Infinity): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before = new Uint32Array(b.length + 1)
  let last = Uint32Array.from({ length: b.length + 1 }, (_, i) => i)
  let row = new Uint32Array(b.length + 1)
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i
    let smallest = i
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1)) cost = Math.min(cost, at(before, j - 2) + 1)
      row[j] = cost
      if (cost < smallest) smallest = cost
    }
    if (smallest > limit) return limit + 1
    ;[before, last, row] = [last, row, before]
  }
  const distance = at(last, b.length)
  return distance > limit ? limit + 1 : distance
}

function at(row: Uint32Array, index: number): number {
  return row[index] ?? 0
}
