// The unavoidable check of floors f and g: Meta's signature over the raw bytes, compared by the runtime in constant time.
import { FLOOR_SECRET } from './secret.ts'

let key: CryptoKey | undefined

/** True when `header` is `sha256=` and the hex HMAC-SHA256 of `body`. */
export async function signed(body: ArrayBuffer, header: string | null): Promise<boolean> {
  if (header?.length !== 71) return false
  key ??= await crypto.subtle.importKey('raw', new TextEncoder().encode(FLOOR_SECRET), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const given = new Uint8Array(32)
  for (let at = 0; at < 32; at++) given[at] = parseInt(header.slice(7 + 2 * at, 9 + 2 * at), 16)
  return crypto.subtle.verify('HMAC', key, given, body)
}
