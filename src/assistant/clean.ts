// Takes out what a reader cannot see but a model can, before a prompt is built and before an answer is shown.

/** Zero-width and direction marks, soft hyphens, tag characters (U+E0000…), variation selectors, control characters but tab and line break. */
const unseen = /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0E\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}\u0000-\u0008\u000B-\u001F\u007F-\u009F]/gu

/** The text without invisible characters; a joiner stays where it joins an emoji. */
export function clean(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unseen, '').replace(/(?<!\p{Extended_Pictographic}\uFE0F?)\u200D|\u200D(?!\p{Extended_Pictographic})/gu, '').replace(/(?<!\p{Extended_Pictographic}|[#*0-9])\uFE0F/gu, '').toWellFormed()
}

export interface Sentence { text: string; /** UTF-16 offset into the text it was taken from. */ start: number }
const longest = 240

/** Sentences and lines as exact spans, trimmed; a very long one is cut between words. "1.50" and "St. 4" stay whole. */
export function sentencesOf(text: string): Sentence[] {
  const found: Sentence[] = []
  for (const match of text.matchAll(/(?:[^.!?…\n]|[.!?…](?=[^\s"”»)\]]|\s+[\p{Ll}\d]))+[.!?…]*["”»)\]]*/gu)) {
    let start = match.index + (match[0].length - match[0].trimStart().length)
    let rest = match[0].trim()
    while (rest.length > longest) {
      const space = rest.lastIndexOf(' ', longest)
      const cut = space > 0 ? space : longest
      found.push({ text: rest.slice(0, cut), start })
      const tail = rest.slice(cut)
      start += cut + (tail.length - tail.trimStart().length)
      rest = tail.trim()
    }
    if (/[\p{L}\p{N}]/u.test(rest)) found.push({ text: rest, start })
  }
  return found
}
