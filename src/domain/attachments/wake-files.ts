// Brings forward the files that wait for an account, once it can be reached again.
import { sql } from 'drizzle-orm'
import { jobs } from '../../db/jobs.sql.ts'
import { own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { attachments, messages } from '../messages/messages.sql.ts'

/** Never one that is being fetched right now. */
export function wakeFiles(accountId: string, now: number): Write {
  const waiting = sql`${jobs.kind} = 'media.fetch' and ${jobs.state} = 'due' and ${jobs.leaseToken} is null and ${jobs.runAt} > ${now}
    and exists (select 1 from ${own(attachments, 'f')} join ${own(messages, 'w')} on w.id = f.message_id where f.id = ${jobs.subject} and w.account_id = ${accountId})`
  return { kind: 'job', sql: sql`${update(jobs, { runAt: now }, waiting).sql} returning id, queue, run_at` }
}
