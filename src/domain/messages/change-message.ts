// What a member does to a message of ours: try again, take back what was to go out later.
import { sql } from 'drizzle-orm'
import { addJob, cancelJobs } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { update } from '../../db/statement.ts'
import { newSecret } from '../../platform/ids.ts'
import { conflict } from '../../platform/problem.ts'
import { messages } from './messages.sql.ts'
import { commitTold, knownMessage } from './tell-message.ts'

/** A person decided: a failed or unconfirmed message goes out once more. Throws NOT_FOUND, CONFLICT for another state. */
export async function retry(scope: Scope, id: string): Promise<string> {
  const message = await knownMessage(scope, id)
  if (message.direction !== 'outbound' || !['failed', 'unconfirmed'].includes(message.status)) throw conflict('Only a failed or unconfirmed message can be sent again.', { status: message.status })
  const batch = newSecret()
  return commitTold(scope, id, batch, [
    update(messages, { status: 'queued', error: null, externalId: null, touched: batch }, sql`${messages.id} = ${id} and ${messages.status} in ('failed', 'unconfirmed')`),
    addJob({ id: `send:${id}`, kind: 'send', queue: 'sends', subject: id, runAt: scope.now }, { debounce: true, tail: sql`where changes() > 0` }),
  ])
}

/** Takes back a message that was to go out later. Throws NOT_FOUND, CONFLICT when it is on its way already. */
export async function cancelScheduled(scope: Scope, id: string): Promise<string> {
  const message = await knownMessage(scope, id)
  if (message.status !== 'scheduled') throw conflict('Only a scheduled message can be taken back.', { status: message.status })
  const batch = newSecret()
  return commitTold(scope, id, batch, [
    update(messages, { status: 'canceled', touched: batch }, sql`${messages.id} = ${id} and ${messages.status} = 'scheduled'`),
    cancelJobs(sql`id = ${`send:${id}`} and lease_token is null`, 'taken back'),
  ])
}
