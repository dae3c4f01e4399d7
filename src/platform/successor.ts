// Seals the next refresh token so that only the holder of the one before can read it again.
import { fromBase64Url, toBase64Url } from './ids.ts'

const purpose = new TextEncoder().encode('studio-os refresh successor v1')

/** "<nonce>.<ciphertext>", base64url; the key is derived (HKDF-SHA-256) from `before`, which is stored nowhere. */
export async function sealSuccessor(before: string, next: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyFrom(before), new TextEncoder().encode(next))
  return `${toBase64Url(iv)}.${toBase64Url(new Uint8Array(sealed))}`
}

/** Throws when the text was not sealed for this token. */
export async function openSuccessor(before: string, sealed: string): Promise<string> {
  const [iv = '', body = ''] = sealed.split('.')
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64Url(iv) }, await keyFrom(before), fromBase64Url(body)))
}

async function keyFrom(token: string): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(token), 'HKDF', false, ['deriveKey'])
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: purpose }
  return crypto.subtle.deriveKey(hkdf, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}
