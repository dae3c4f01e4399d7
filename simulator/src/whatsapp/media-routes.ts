// Graph's media: upload by multipart, then a download in two steps through an address that lives five minutes.

import { Hono } from 'hono'
import { findMedia, putMedia, readMedia, type Media } from '../media.ts'
import type { Surface } from '../provider-call.ts'
import { readSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { GraphError } from './errors.ts'

const MB = 1_000_000
const limits: [mime: RegExp, most: number][] = [
  [/^image\/(jpeg|png)$/, 5 * MB],
  [/^image\/webp$/, 500_000],
  [/^audio\/(aac|amr|mpeg|mp4|ogg)/, 16 * MB],
  [/^video\/(mp4|3gpp)$/, 16 * MB],
  [/^(text\/plain|application\/(pdf|msword|vnd\..+))$/, 100 * MB],
]

/** `POST /{phone_number_id}/media`. */
export async function uploadMedia(world: World, account: string, request: Request): Promise<{ id: string }> {
  const form = await request.formData().catch(() => undefined)
  if (!form || form.get('messaging_product') !== 'whatsapp') throw new GraphError(100, undefined, { message: '(#100) The parameter messaging_product is required.' })
  const file = form.get('file') as unknown
  if (!(file instanceof File)) throw new GraphError(131008, "Required parameter 'file' is missing.")
  const type = form.get('type')
  const mime = (typeof type === 'string' && type.includes('/') ? type : file.type).toLowerCase()
  const limit = limits.find(([pattern]) => pattern.test(mime))
  if (!limit) throw new GraphError(100, undefined, { message: `(#100) Param file must be a file with one of the following types: audio/aac, audio/mp4, image/jpeg, image/png, video/mp4, application/pdf… Received file of type '${mime}'.` })
  if (file.size > limit[1]) throw new GraphError(131053, `File is ${file.size} bytes, the most for ${mime} is ${limit[1]}`)
  const media = await putMedia(world, account, new Uint8Array(await file.arrayBuffer()), mime, file.name || null, 30)
  return { id: media.id }
}

/** `GET /{media_id}`: a fresh download address each time; `file_size` is text. */
export function describeMedia(world: World, media: Media, origin: string): Record<string, string> {
  const hash = crypto.randomUUID().replaceAll('-', '')
  const until = Date.now() + readSettings(world.store).media_url_ms
  world.store.run('UPDATE media SET url_hash = ?, url_until = ? WHERE id = ?', hash, until, media.id)
  return {
    url: `${origin}/simulator/graph/media-bytes/${media.id}?ext=${Math.floor(until / 1000)}&hash=${hash}`,
    mime_type: media.mime, sha256: media.sha256, file_size: String(media.size), id: media.id, messaging_product: 'whatsapp',
  }
}

/** `GET /media-bytes/{id}`: only with the Bearer, only while the address lives, else 404. */
export function mediaBytes(world: World): Hono<Surface> {
  return new Hono<Surface>().get('/:id', c => {
    const media = findMedia(world, c.req.param('id'))
    if (!media || media.url_hash !== c.req.query('hash') || media.url_until < Date.now()) return c.text('URL signature expired', 404)
    return new Response(readMedia(world, media.id), {
      headers: { 'content-type': media.mime, 'content-length': String(media.size), ...(media.filename ? { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(media.filename)}` } : {}) },
    })
  })
}
