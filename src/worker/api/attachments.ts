// Files: handed in before a message takes them, read by whoever may read conversations.
import { z } from 'zod'
import { id } from '../../contract/common.ts'
import { attachment } from '../../contract/inbox.ts'
import { maxBytes } from '../../domain/attachments/attachments.ts'
import { readAttachment } from '../../domain/attachments/read-attachment.ts'
import { storeUpload } from '../../domain/attachments/store-upload.ts'
import { Problem, malformed } from '../../platform/problem.ts'
import { fileAnswer } from '../file-answer.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

export const routes: Route[] = [
  studioRoute({
    method: 'POST', path: '/api/attachments', summary: 'Hand in a file, as raw bytes with its type; X-Filename percent-encoded', raw: { maxBytes }, answer: attachment, status: 201, access: 'messages.send',
    async handle({ request, env }, _, scope) {
      const encoding = request.headers.get('content-encoding')
      if (encoding !== null && encoding.toLowerCase() !== 'identity') throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Please send the file uncompressed.')
      return { data: await storeUpload(scope, env.MEDIA, { body: request.body, length: lengthOf(request), type: request.headers.get('content-type'), filename: filenameOf(request) }) }
    },
  }),
  studioRoute({
    method: 'GET', path: '/api/attachments/:id', summary: 'The bytes of a file; ranges are honoured', params: z.object({ id }), query: z.strictObject({ download: z.enum(['1']).optional() }), answer: z.unknown(), access: 'conversations.read',
    handle: async ({ request, env }, { params, query }, scope) => ({ response: await fileAnswer(request, await readAttachment(scope, params.id), env.MEDIA, query.download === '1') }),
  }),
]

function lengthOf(request: Request): number | null {
  const given = request.headers.get('content-length')
  if (given === null) return null
  if (!/^\d{1,15}$/.test(given)) throw malformed('The Content-Length is not a number.')
  return Number(given)
}

function filenameOf(request: Request): string | null {
  const given = request.headers.get('x-filename')
  if (given === null) return null
  try {
    return decodeURIComponent(given.slice(0, 4096))
  } catch {
    throw malformed('X-Filename must be percent-encoded UTF-8.') // URIError says no more than that
  }
}
