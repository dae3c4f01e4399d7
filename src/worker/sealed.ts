// Values that we hand out and want back unaltered: JSON with our signature over it, for one purpose and one place.
import { sameText } from '../platform/digest.ts'
import type { Config } from '../platform/env.ts'
import { fromBase64Url, toBase64Url } from '../platform/ids.ts'

export interface Sealing {
  config: Pick<Config, 'JWT_SECRET'>
  /** Keeps one kind of value from passing as another. */
  purpose: 'live' | 'cursor'
  /** What else the value belongs to: it does not open for another. */
  place?: unknown
}

export async function seal(sealing: Sealing, value: unknown): Promise<string> {
  const body = toBase64Url(new TextEncoder().encode(JSON.stringify(value)))
  return `${body}.${await sign(sealing, body)}`
}

/** What was sealed, or null where the signature does not fit. */
export async function open(sealing: Sealing, text: string): Promise<{ value: unknown } | null> {
  const [, body, mark] = /^([\w-]+)\.([\w-]+)$/.exec(text) ?? []
  if (body === undefined || mark === undefined || !(await sameText(mark, await sign(sealing, body)))) return null
  return { value: JSON.parse(new TextDecoder().decode(fromBase64Url(body))) as unknown }
}

async function sign({ config, purpose, place }: Sealing, body: string): Promise<string> {
  const encoder = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', encoder.encode(`${purpose}|${config.JWT_SECRET}`), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(JSON.stringify([place ?? null, body])))))
}
