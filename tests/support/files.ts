// Files for tests: bytes of a picture, and what lies in a studio's part of the store.
import { ask, bindings } from './api.ts'
import type { Person } from './api.ts'

export const text = (value: string): Uint8Array => new TextEncoder().encode(value)

/** The head of a PNG that claims this size. */
export function png(width = 8, height = 8): Uint8Array {
  const bytes = new Uint8Array(64)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  new DataView(bytes.buffer).setUint32(16, width)
  new DataView(bytes.buffer).setUint32(20, height)
  return bytes
}

export const download = (person: Person, id: string, headers: Record<string, string> = {}, query = '') => ask('GET', `/api/attachments/${id}${query}`, { token: person.token, headers })

export const objects = async (studioId: string): Promise<string[]> => (await bindings.MEDIA.list({ prefix: `studio/${studioId}/` })).objects.map(object => object.key)
