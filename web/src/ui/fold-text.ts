// Text made comparable: lower case, without diacritics, with separators as spaces.

/** "Europe/São_Paulo" becomes "europe sao paulo". */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[_/,-]+/g, ' ')
}
