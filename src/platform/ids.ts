// Opaque ids: a prefix per kind and 26 characters that sort by time, so that new rows land beside each other.

export const idPrefixes = {
  studio: 'std', login: 'usr', membership: 'mem', session: 'ses', invitation: 'inv',
  contact: 'ctc', conversation: 'cnv', message: 'msg', attachment: 'att', label: 'lbl', integration: 'int',
  template: 'tpl', snippet: 'snp', knowledge: 'kno', draft: 'drf', decision: 'dec', score: 'scr', history: 'his', receipt: 'rcp', request: 'req',
} as const
export type IdKind = keyof typeof idPrefixes

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** `ctc_` + 10 characters of milliseconds + 16 random ones (80 bits). */
export function newId(kind: IdKind, now: number = Date.now()): string {
  return idOf(kind, newIdBody(now))
}

/** An id without its kind. */
export function newIdBody(now: number): string {
  return `${timePart(now)}${randomPart()}`
}

export function idOf(kind: IdKind, body: string): string {
  return `${idPrefixes[kind]}_${body}`
}

function timePart(now: number): string {
  let text = ''
  let rest = Math.max(0, Math.floor(now))
  for (let i = 0; i < 10; i += 1) {
    text = alphabet[rest % 32] + text
    rest = Math.floor(rest / 32)
  }
  return text
}

function randomPart(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  let text = ''
  for (const byte of bytes) text += alphabet[byte & 31]
  return text
}

/** 256 random bits as base64url: for tokens that are secrets in themselves. */
export function newSecret(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
}

export function toBase64Url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

/** Throws on what is not base64url. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(binary, char => char.charCodeAt(0))
}
