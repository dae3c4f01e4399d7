// Puts a mail on the studio's list of work; what it says is sealed, for it holds links that open doors.
import { addJob } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { sha256Url } from '../../platform/digest.ts'
import { newSecret } from '../../platform/ids.ts'
import type { Mail } from '../../platform/mailer.ts'
import { vaultOf } from '../../platform/vault-of.ts'

export const mailKind = 'mail.send'
export interface SealedMail { sealed: string; /** ms since epoch; a link that no longer works is not sent. */ expires_at: number }

export const mailPlace = (studioId: string, jobId: string) => ({ studioId, integrationId: 'mail', field: jobId })

export async function postMail(scope: Scope, mail: Mail, expiresAt: number): Promise<void> {
  const id = `${mailKind}:${(await sha256Url(newSecret())).slice(0, 22)}`
  const sealed = await vaultOf(scope.config).seal(JSON.stringify(mail), mailPlace(scope.studio.id, id))
  const payload: SealedMail = { sealed, expires_at: expiresAt }
  await scope.db.commit([addJob({ id, kind: mailKind, queue: 'chores', subject: id, payload: JSON.stringify(payload), runAt: scope.now })])
}
