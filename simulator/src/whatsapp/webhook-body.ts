// The bytes of a Meta webhook: the envelope, Meta's way of escaping, and the signatures over exactly these bytes.

import type { Json } from '../json.ts'

export interface Change {
  field: string
  value: Json
}

/** One POST body; several changes stand in one entry unless `entries` asks for one entry each. */
export function envelope(wabaId: string, changes: Change[], entries = false): Json {
  const asChange = (change: Change) => ({ value: change.value, field: change.field })
  const entry = entries ? changes.map(change => ({ id: wabaId, changes: [asChange(change)] })) : [{ id: wabaId, changes: changes.map(asChange) }]
  return { object: 'whatsapp_business_account', entry }
}

/** JSON as Meta puts it on the wire: every non-ASCII UTF-16 unit as lowercase \uXXXX, and `/` as `\/`. */
export const escapeAsMeta = (value: unknown): string => escapeUnicode(JSON.stringify(value)).replaceAll('/', '\\/')

/** Only the \uXXXX half, for text that is already JSON. */
export const escapeUnicode = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** `X-Hub-Signature-256` and the older `X-Hub-Signature`, keyed with the app secret, over the UTF-8 bytes of `body`. */
export async function signatures(secret: string, body: string): Promise<Record<string, string>> {
  return {
    'X-Hub-Signature': `sha1=${await hmac('SHA-1', secret, body)}`,
    'X-Hub-Signature-256': `sha256=${await hmac('SHA-256', secret, body)}`,
  }
}

/** HMAC in lowercase hex. */
export async function hmac(hash: 'SHA-1' | 'SHA-256', secret: string, body: string): Promise<string> {
  const bytes = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), { name: 'HMAC', hash }, false, ['sign'])
  return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes.encode(body))))
}

export const toHex = (bytes: Uint8Array): string => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
