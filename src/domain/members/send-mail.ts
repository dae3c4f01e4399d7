// The job `mail.send`: opens what was sealed and hands it to the mailer.
import type { JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { minute } from '../../platform/clock.ts'
import type { Mail, Mailer } from '../../platform/mailer.ts'
import { vaultOf } from '../../platform/vault-of.ts'
import { mailPlace } from './post-mail.ts'
import type { SealedMail } from './post-mail.ts'

/** Waits 1, 2, 4 … minutes between tries and gives up when the link inside has expired. */
export async function sendMail(scope: Scope, job: { id: string; payload: string; attempts: number }, mailer: Mailer): Promise<JobEnd> {
  const payload = JSON.parse(job.payload) as SealedMail
  if (payload.expires_at <= scope.now) return { dead: 'The link in the mail has expired.' }
  const mail = JSON.parse(await vaultOf(scope.config).open(payload.sealed, mailPlace(scope.studio.id, job.id))) as Mail
  const result = await mailer.send(mail)
  if (result.outcome === 'sent') return { done: null }
  if (result.outcome === 'rejected') return { dead: result.reason }
  const wait = Math.max(result.retryAfterMs ?? 0, Math.min(2 ** (job.attempts - 1), 60) * minute)
  return { again: scope.now + wait, reason: result.reason }
}
