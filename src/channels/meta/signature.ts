// Proves that Meta signed a webhook: HMAC-SHA256 of the raw bytes under the app's secret.
import type { WebhookRequest } from '../channel.ts'

/** 71 characters. Meta writes lower-case hex, so upper case is refused, and so is a header that came twice (joined by a comma). */
const shape = /^sha256=[0-9a-f]{64}$/
const mostKeys = 500
/** Imported keys, not promises of them: a promise must not outlive the request that made it. */
const keys = new Map<string, CryptoKey>()

/** True only when one of `secrets` signed these very bytes. Never throws; an empty secret never matches; `X-Hub-Signature` (SHA-1) is not read. */
export async function signedByMeta(request: WebhookRequest, secrets: string[]): Promise<boolean> {
  const header = request.headers.get('x-hub-signature-256')
  if (header === null || !shape.test(header)) return false
  const claimed = fromHex(header.slice(7))
  for (const secret of secrets) {
    if (typeof secret !== 'string' || secret === '') continue
    // WebCrypto computes the digest itself and compares the two in constant time.
    if (await crypto.subtle.verify('HMAC', keys.get(secret) ?? await importKey(secret), claimed, request.body)) return true
  }
  return false
}

async function importKey(secret: string): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  if (keys.size >= mostKeys) keys.clear()
  keys.set(secret, key)
  return key
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return bytes
}
