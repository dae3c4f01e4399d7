// What holds for every file: where it lies, how large it may be, what it may be called.

export const maxBytes = 100 * 1024 * 1024
const nameLength = 255

/** Made of our own ids alone: no name a person chose takes part. */
export function keyOf(studioId: string, attachmentId: string): string {
  return `studio/${studioId}/${attachmentId}`
}

/** A name as it may be shown and saved: no path, no control or direction characters, at most 255 with its ending kept; null when nothing is left. */
export function cleanName(given: string | null): string | null {
  if (given === null) return null
  const name = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Co}\u2028\u2029\ufffd]/gu, '').replace(/["*:<>?|]/g, '_').trim().replace(/^\.+/, '')
  if (plain.length <= nameLength) return plain === '' ? null : plain
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0] ?? ''
  return `${plain.slice(0, nameLength - ending.length)}${ending}`.toWellFormed().replaceAll('\ufffd', '')
}

/** Whether a stated SHA-256, hex or base64, is this hex one. */
export function sameHash(stated: string, hex: string): boolean {
  if (/^[0-9a-f]{64}$/i.test(stated)) return stated.toLowerCase() === hex
  const bytes = hex.match(/../g)?.map(pair => Number.parseInt(pair, 16)) ?? []
  return stated.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '') === btoa(String.fromCharCode(...bytes)).replace(/=+$/, '')
}
