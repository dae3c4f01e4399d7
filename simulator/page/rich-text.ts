// WhatsApp's small markup (*bold*, _italic_, ~struck~, `code`) and links, as DOM nodes.

import { el } from './dom.ts'

const marks = { '*': 'strong', _: 'em', '~': 's', '`': 'code' } as const

export function richText(text: string): DocumentFragment {
  const out = document.createDocumentFragment()
  let last = 0
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]+|(?<![\p{L}\p{N}])([*_~`])(\S(?:[^\n]*?\S)?)\1(?![\p{L}\p{N}])/gu)) {
    out.append(text.slice(last, match.index))
    const mark = match[1] as keyof typeof marks | undefined
    out.append(mark ? el(marks[mark], {}, match[2]) : el('a', { href: match[0], target: '_blank', rel: 'noopener noreferrer' }, match[0]))
    last = match.index + match[0].length
  }
  out.append(text.slice(last))
  return out
}
