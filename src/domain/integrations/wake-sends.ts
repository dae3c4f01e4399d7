// Brings forward the sends that wait for an account, once its state has changed.
import { sql } from 'drizzle-orm'
import { jobs } from '../../db/jobs.sql.ts'
import { own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { messages } from '../messages/messages.sql.ts'

/** Only queued messages, never ones that are scheduled for later or running now. */
export function wakeSends(accountId: string, now: number): Write {
  const waiting = sql`${jobs.kind} = 'send' and ${jobs.state} = 'due' and ${jobs.leaseToken} is null and ${jobs.runAt} > ${now}
    and ${jobs.id} in (select 'send:' || w.id from ${own(messages, 'w')} where w.account_id = ${accountId} and w.status = 'queued')`
  return { kind: 'job', sql: sql`${update(jobs, { runAt: now }, waiting).sql} returning id, queue, run_at` }
}
