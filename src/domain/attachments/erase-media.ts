// The job that removes the bytes of a file that was taken back or erased; the row that names it has let go of them already.
import { eq } from 'drizzle-orm'
import { finishJob } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { update } from '../../db/statement.ts'
import { attachments } from '../messages/messages.sql.ts'
import { keyOf } from './attachments.ts'

export async function eraseMedia(scope: Scope, job: ClaimedJob, bucket: R2Bucket): Promise<JobEnd> {
  const id = job.subject ?? ''
  await bucket.delete(keyOf(scope.studio.id, id))
  await scope.db.commit([update(attachments, { r2Key: null, size: null, sha256: null }, eq(attachments.id, id)), finishJob(job, 'done')])
  return 'ended'
}
