// Takes a file that a member wants to send: bytes first, then the row; a job clears away what no message ever takes.
import { eq, sql } from 'drizzle-orm'
import type { Attachment } from '../../contract/inbox.ts'
import { addJob, finishJob, leaseHeld } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insert, remove } from '../../db/statement.ts'
import { day } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { Problem, invalid } from '../../platform/problem.ts'
import { attachments } from '../messages/messages.sql.ts'
import { cleanName, keyOf, maxBytes } from './attachments.ts'
import { fileType, headBytes } from './file-type.ts'
import { mostPixels, pixelsOf } from './image-size.ts'
import { peek } from './peek.ts'
import { putStream } from './put-stream.ts'

export interface Upload { body: ReadableStream<Uint8Array> | null; /** Announced length, or null. */ length: number | null; type: string | null; filename: string | null }

const unusedMs = day

/** Throws TOO_LARGE, VALIDATION_ERROR for an empty file, UNSUPPORTED_MEDIA_TYPE when the bytes are not what the type says. */
export async function storeUpload(scope: Scope, bucket: R2Bucket, upload: Upload): Promise<Attachment> {
  if (upload.length !== null && upload.length > maxBytes) throw new Problem('TOO_LARGE', 'At most 100 MB.', { max_bytes: maxBytes })
  if (upload.body === null || upload.length === 0) throw empty()
  const { head, whole } = await peek(upload.body, headBytes)
  if (head.byteLength === 0) throw empty()
  const type = fileType(head, upload.type)
  if (type === null) throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'The file is not what its type says.', { field: 'content-type' })
  if ((pixelsOf(head, type.mime) ?? 0) > mostPixels) throw invalid('file', 'This image is too large to be shown: at most 100 megapixels.')
  const id = newId('attachment', scope.now)
  await scope.db.commit([addJob({ id: `media.sweep:${id}`, kind: 'media.sweep', queue: 'chores', subject: id, runAt: scope.now + unusedMs })])
  const { size, sha256 } = await putStream(bucket, keyOf(scope.studio.id, id), whole, upload.length, maxBytes)
  const row = { id, kind: type.kind, mime: type.mime, filename: cleanName(upload.filename), size, state: 'stored' as const, reason: null }
  await scope.db.commit([insert(attachments, { ...row, sha256, r2Key: keyOf(scope.studio.id, id), createdAt: scope.now })])
  return row
}

/** A day later: what no message took goes, bytes first. */
export async function sweepUpload(scope: Scope, job: ClaimedJob, bucket: R2Bucket): Promise<JobEnd> {
  const id = job.subject ?? ''
  const row = await scope.db.get(attachments, eq(attachments.id, id))
  if (row !== undefined && row.messageId !== null) return { done: 'in use' }
  const { changed } = await scope.db.commit([remove(attachments, sql`${attachments.id} = ${id} and ${attachments.messageId} is null and ${leaseHeld(job)}`)])
  if (row === undefined || changed[0] === 1) await bucket.delete(keyOf(scope.studio.id, id))
  await scope.db.commit([finishJob(job, 'done', 'never sent')])
  return 'ended'
}

function empty(): Problem {
  return invalid('file', 'The file is empty.')
}
