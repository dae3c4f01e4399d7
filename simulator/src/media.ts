// Media bytes of the simulated world, kept in slices that fit a SQLite row.

import type { World } from './world.ts'

const SLICE = 1_000_000

export interface Media {
  id: string
  account: string
  mime: string
  filename: string | null
  /** Bytes. */
  size: number
  /** Lowercase hex. */
  sha256: string
  /** Milliseconds since 1970 after which the id is gone. */
  expires: number
  url_hash: string | null
  url_until: number
}

/** Stores bytes under a fresh numeric id for `days`. */
export async function putMedia(world: World, account: string, bytes: Uint8Array, mime: string, filename: string | null, days: number): Promise<Media> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const media: Media = {
    id: `${Date.now()}${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`.slice(1), account, mime, filename, size: bytes.byteLength,
    sha256: [...digest].map(byte => byte.toString(16).padStart(2, '0')).join(''), expires: Date.now() + days * 86_400_000, url_hash: null, url_until: 0,
  }
  world.store.run('INSERT INTO media (id, account, mime, filename, size, sha256, expires) VALUES (?, ?, ?, ?, ?, ?, ?)',
    media.id, account, mime, filename, media.size, media.sha256, media.expires)
  for (let n = 0; n * SLICE < bytes.byteLength; n++) {
    const slice = bytes.slice(n * SLICE, (n + 1) * SLICE)
    world.store.run('INSERT INTO media_chunks (media_id, n, bytes) VALUES (?, ?, ?)', media.id, n, slice.buffer)
  }
  return media
}

/** The record of media that is not yet gone. */
export function findMedia(world: World, id: string): Media | undefined {
  const row = world.store.first<{ id: string; account: string; mime: string; filename: string | null; size: number; sha256: string; expires: number; url_hash: string | null; url_until: number }>(
    'SELECT * FROM media WHERE id = ?', id)
  return row && row.expires > Date.now() ? row : undefined
}

/** All bytes, slice by slice. */
export function readMedia(world: World, id: string): Blob {
  return new Blob(world.store.all<{ bytes: ArrayBuffer }>('SELECT bytes FROM media_chunks WHERE media_id = ? ORDER BY n', id).map(row => row.bytes))
}

/** SHA-256 as webhooks give it: base64 of the digest that the media record has in hex. */
export const sha256Base64 = (hex: string): string =>
  btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map(pair => parseInt(pair, 16))))
