// Splits a message into pieces to draw: links, and the marks that chat apps know (*bold*, _italic_, ~strike~, `code`). Never HTML.

export type Piece = { kind: 'text' | 'bold' | 'italic' | 'strike' | 'code'; text: string } | { kind: 'link'; text: string; href: string }

const linkPattern = /\bhttps?:\/\/[^\s<>"']+/gi
const markPattern = /(?<![\p{L}\p{N}])(\*|_|~|`)(?=\S)([^\n]+?)(?<=\S)\1(?![\p{L}\p{N}])/gu
const kinds = { '*': 'bold', '_': 'italic', '~': 'strike', '`': 'code' } as const

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(linkPattern)) {
    const address = match[0].replace(/[.,;:!?)\]}]+$/, '')
    const href = safeHref(address)
    if (!href) continue
    pieces.push(...marked(text.slice(at, match.index)))
    pieces.push({ kind: 'link', text: address, href })
    at = match.index + address.length
  }
  pieces.push(...marked(text.slice(at)))
  return pieces
}

const emojiParts = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d\ufe0f\s]+$/u
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** One to three emoji and nothing else: drawn large. (\p{RGI_Emoji} would say it exactly, and takes 300 ms to compile.) */
export function isOnlyEmoji(text: string): boolean {
  if (text.length > 40 || !emojiParts.test(text)) return false
  const shown = [...graphemes.segment(text)].filter(each => each.segment.trim() !== '').length
  return shown >= 1 && shown <= 3
}

function marked(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(markPattern)) {
    if (match.index > at) pieces.push({ kind: 'text', text: text.slice(at, match.index) })
    pieces.push({ kind: kinds[match[1] as keyof typeof kinds], text: match[2]! })
    at = match.index + match[0].length
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) })
  return pieces
}

function safeHref(address: string): string | null {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? new URL(address).href : null
}
