// Answers with the bytes of a stored file: shown only where no browser can run them, else saved.
import type { StoredFile } from '../domain/attachments/read-attachment.ts'
import { notFound } from '../platform/problem.ts'

/** Types a browser draws or plays without running anything. */
const shown = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav', 'audio/webm', 'audio/flac', 'audio/3gpp', 'video/mp4', 'video/webm', 'video/ogg', 'video/3gpp', 'video/quicktime'])

/** Throws NOT_FOUND when the store has lost the bytes. */
export async function fileAnswer(request: Request, file: StoredFile, bucket: R2Bucket, download: boolean): Promise<Response> {
  const headers = headersOf(file, download)
  if (request.headers.get('if-none-match') === headers.get('etag')) return new Response(null, { status: 304, headers })
  const range = rangeOf(request.headers.get('range'), file.size)
  if (range === 'beyond') {
    headers.set('content-range', `bytes */${file.size}`)
    return new Response(null, { status: 416, headers })
  }
  const object = range === null ? await bucket.get(file.key) : await bucket.get(file.key, { range })
  if (object === null) throw notFound('attachment')
  headers.set('content-length', String(range?.length ?? file.size))
  if (range !== null) headers.set('content-range', `bytes ${range.offset}-${range.offset + range.length - 1}/${file.size}`)
  return new Response(object.body, { status: range === null ? 200 : 206, headers })
}

function headersOf(file: StoredFile, download: boolean): Headers {
  const base = file.mime.split(';')[0]?.trim().toLowerCase() ?? ''
  const isShown = shown.has(base)
  return new Headers({
    'content-type': isShown ? base : 'application/octet-stream',
    'content-disposition': `${isShown && !download ? 'inline' : 'attachment'}${nameOf(file.filename)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    // The bytes behind an id never change; another login in the same browser must not find them.
    'cache-control': 'private, max-age=86400, immutable', 'vary': 'Cookie, Authorization',
    'accept-ranges': 'bytes', 'etag': `"${file.sha256}"`,
  })
}

/** RFC 6266: a plain name for old readers, the true one encoded. */
function nameOf(filename: string | null): string {
  if (filename === null) return ''
  const encoded = encodeURIComponent(filename).replace(/['()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return `; filename="${filename.replace(/[^A-Za-z0-9 ._-]/g, '_')}"; filename*=UTF-8''${encoded}`
}

/** One range of bytes (RFC 9110, 14.1.2); null for none, several or another unit: then the whole file is a right answer. */
function rangeOf(header: string | null, size: number): { offset: number; length: number } | 'beyond' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (match === null || (match[1] === '' && match[2] === '')) return null
  const offset = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1])
  const last = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  if (match[1] === '' ? Number(match[2]) === 0 : offset >= size) return 'beyond'
  return last < offset ? null : { offset, length: last - offset + 1 }
}
