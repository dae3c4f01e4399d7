// Hashes and comparisons that leak no timing.
import { toBase64Url } from './ids.ts'

const encoder = new TextEncoder()

export async function sha256(data: string | Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', typeof data === 'string' ? encoder.encode(data) : data))
}

export async function sha256Url(data: string | Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64Url(await sha256(data))
}

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** Compares two texts of any length in time that depends on neither's content. */
export async function sameText(a: string, b: string): Promise<boolean> {
  const [x, y] = await Promise.all([sha256(a), sha256(b)])
  let difference = 0
  for (let i = 0; i < 32; i += 1) difference |= (x[i] ?? 0) ^ (y[i] ?? 0)
  return difference === 0
}
