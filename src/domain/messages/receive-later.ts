// Bodies with many events: kept raw first, taken apart by a job in slices.
import { eq } from 'drizzle-orm'
import type { ChannelType, InboundEvent } from '../../contract/channel.ts'
import { addJob } from '../../db/jobs.ts'
import type { JobEnd, ClaimedJob } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insert } from '../../db/statement.ts'
import { integrations } from '../integrations/integrations.sql.ts'
import { receipts } from './messages.sql.ts'
import { receive } from './receive.ts'

const slice = 200

/** Whether this very body came before; its row is written after its bytes, and with its job. */
export async function isKept(scope: Scope, receiptId: string): Promise<boolean> {
  return (await scope.db.get(receipts, eq(receipts.id, receiptId))) !== undefined
}

/** The body lies in R2 already; the row and the job are one batch. */
export async function keepForLater(scope: Scope, account: string, receipt: { id: string; r2Key: string }, events: InboundEvent[]): Promise<void> {
  await scope.db.commit([
    insert(receipts, { id: receipt.id, accountId: account, receivedAt: scope.now, body: null, r2Key: receipt.r2Key }),
    addJob({ id: `receipt:${receipt.id}`, kind: 'receipt', queue: 'chores', subject: receipt.id, payload: JSON.stringify({ events: events.length }), runAt: scope.now }),
  ])
}

/** What a kept body holds, read again by the channel it came through; null when it is gone. */
export type ReadKept = (r2Key: string, channel: ChannelType) => Promise<InboundEvent[] | null>

/** Safe to run again from the start: what is stored already writes nothing. An account that was disconnected meanwhile still gets what came for it. */
export async function receiveKept(scope: Scope, job: ClaimedJob, read: ReadKept): Promise<JobEnd> {
  const receipt = await scope.db.get(receipts, eq(receipts.id, job.subject ?? ''))
  const account = receipt === undefined ? undefined : await scope.db.get(integrations, eq(integrations.id, receipt.accountId))
  if (receipt === undefined || account === undefined || receipt.r2Key === null) return { dead: 'the kept body is gone' }
  const channel = account.channelType as ChannelType
  const events = await read(receipt.r2Key, channel)
  if (events === null) return { dead: 'the kept body is gone' }
  for (let i = 0; i < events.length; i += slice) {
    await receive(scope, { account: receipt.accountId, channel }, events.slice(i, i + slice), { id: receipt.id, raw: null, r2Key: null })
  }
  return { done: `${events.length} events` }
}
