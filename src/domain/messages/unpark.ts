// The job that applies statuses and edits which came before their message.
import { eq, sql } from 'drizzle-orm'
import type { ChannelType, InboundEvent } from '../../contract/channel.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own, remove } from '../../db/statement.ts'
import { hour, minute, second } from '../../platform/clock.ts'
import { integrations } from '../integrations/integrations.sql.ts'
import { messages, parkedStatuses } from './messages.sql.ts'
import { receive } from './receive.ts'

/** After this long nobody expects the message any more. */
const giveUpMs = 24 * hour

export async function unpark(scope: Scope, job: ClaimedJob): Promise<JobEnd> {
  const { account } = JSON.parse(job.payload) as { account: string }
  const externalId = job.subject ?? ''
  const mine = sql`${parkedStatuses.accountId} = ${account} and ${parkedStatuses.externalId} = ${externalId}`
  const parked = await scope.db.select(parkedStatuses, { where: mine, orderBy: parkedStatuses.at as never })
  if (parked.length === 0) return { done: 'nothing waits' }
  // What is parked while this runs stays for its own run.
  const read = sql`${parkedStatuses.id} in (select value from json_each(${JSON.stringify(parked.map(row => row.id))}))`
  const known = await scope.db.all(sql`select 1 from ${own(messages)} where ${messages.accountId} = ${account} and ${messages.externalId} = ${externalId}`)
  const oldest = Math.min(...parked.map(row => row.at))
  if (known.length === 0) {
    if (scope.now - oldest < giveUpMs) return { again: scope.now + Math.min(2 ** job.attempts * second, 10 * minute), reason: 'the message has not come yet' }
    await scope.db.commit([remove(parkedStatuses, read)])
    return { done: 'the message never came' }
  }
  const channel = ((await scope.db.get(integrations, eq(integrations.id, account)))?.channelType ?? 'whatsapp') as ChannelType
  await receive(scope, { account, channel }, parked.map(row => JSON.parse(row.event) as InboundEvent), { id: `rcp_${job.lease_token.slice(0, 26)}`, raw: null, r2Key: null })
  await scope.db.commit([remove(parkedStatuses, read)])
  return { done: `${parked.length} applied` }
}
