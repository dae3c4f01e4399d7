// Encrypts credentials at rest: AES-256-GCM, a key version in front, bound to studio, integration and field.
import { fromBase64Url, toBase64Url } from './ids.ts'

export interface Place { studioId: string; integrationId: string; field: string }

/** Fails closed: an unknown version, a moved or altered text never opens. */
export class VaultError extends Error {}

export interface Vault {
  /** "v2.<nonce>.<ciphertext>", each base64url. */
  seal(plain: string, place: Place): Promise<string>
  open(sealed: string, place: Place): Promise<string>
}

/** `keys`: "2:base64,1:base64", newest first, 32 bytes each. */
export function makeVault(keys: string): Vault {
  const entries = keys.split(',').map(parseKey)
  const newest = entries[0]
  if (newest === undefined) throw new VaultError('no key')
  const imported = new Map<string, Promise<CryptoKey>>()
  const keyOf = (version: string): Promise<CryptoKey> => {
    const bytes = entries.find(entry => entry.version === version)?.bytes
    if (bytes === undefined) throw new VaultError('unknown key version')
    const known = imported.get(version) ?? crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
    imported.set(version, known)
    return known
  }
  return {
    async seal(plain, place) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bind(place) }, await keyOf(newest.version), new TextEncoder().encode(plain))
      return `v${newest.version}.${toBase64Url(iv)}.${toBase64Url(new Uint8Array(sealed))}`
    },
    async open(sealed, place) {
      const match = /^v(\d+)\.([\w-]+)\.([\w-]+)$/.exec(sealed)
      if (match === null) throw new VaultError('not a sealed text')
      const [, version = '', iv = '', body = ''] = match
      const key = await keyOf(version)
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64Url(iv), additionalData: bind(place) }, key, fromBase64Url(body)).catch(() => {
        throw new VaultError('does not open here')
      })
      return new TextDecoder().decode(plain)
    },
  }
}

function bind(place: Place): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(`${place.studioId}|${place.integrationId}|${place.field}`))
}

function parseKey(text: string): { version: string; bytes: Uint8Array<ArrayBuffer> } {
  const [, version, key] = /^(\d+):([A-Za-z0-9+/_=-]+)$/.exec(text.trim()) ?? []
  if (version === undefined || key === undefined) throw new VaultError('a key must be "version:base64"')
  const bytes = fromBase64Url(key.replace(/=+$/, ''))
  if (bytes.byteLength !== 32) throw new VaultError('a key must hold 32 bytes')
  return { version, bytes }
}
