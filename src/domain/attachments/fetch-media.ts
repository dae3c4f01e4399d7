// The job that brings a received file home: found at the provider, streamed into the store, its hash compared.
import { eq, sql } from 'drizzle-orm'
import type { ChannelAccount, ChannelType, MediaOutcome, MediaSource } from '../../contract/channel.ts'
import { change } from '../../db/changes.ts'
import { finishJob, leaseHeld } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own, update } from '../../db/statement.ts'
import { day, minute, now as clock, second } from '../../platform/clock.ts'
import { describe, log } from '../../platform/log.ts'
import { Problem } from '../../platform/problem.ts'
import { openAccount } from '../integrations/account.ts'
import { messageJson } from '../messages/messages.read.ts'
import { attachments, messages } from '../messages/messages.sql.ts'
import { keyOf, maxBytes, sameHash } from './attachments.ts'
import { fileType, headBytes } from './file-type.ts'
import { peek } from './peek.ts'
import { putStream } from './put-stream.ts'

export interface MediaProvider {
  locate(ref: { mediaId?: string; url?: string }, account: ChannelAccount): Promise<MediaOutcome | null>
  open(source: MediaSource, rules: { maxBytes: number; deadlineMs: number }): Promise<Response>
}
export interface MediaTools { bucket: R2Bucket; providers(type: ChannelType): MediaProvider | undefined }
type Row = typeof attachments.$inferSelect
/** `bytes`: what came was no good, so only a few more tries; `way`: the provider or the account was not to be reached, so for as long as it keeps the file. */
type Fault = 'final' | 'bytes' | 'way'
type Brought = { ok: true; set: Partial<Row> } | { ok: false; fault: Fault; reason: string; afterMs?: number }

const mostDownloads = 6
/** WhatsApp keeps an inbound file for seven days; the shortest of all channels decides. */
const keptMs = 6 * day
const longestWaitMs = 30 * minute
const deadlineMs = 2 * minute

/** A file that cannot be had ends as failed with the reason, told with its message; the bytes stay only where the row says so. */
export async function fetchMedia(scope: Scope, job: ClaimedJob, tools: MediaTools): Promise<JobEnd> {
  const row = await scope.db.get(attachments, eq(attachments.id, job.subject ?? ''))
  if (row === undefined || row.state !== 'pending') return { done: row === undefined ? 'file is gone' : `already ${row.state}` }
  const brought = await bring(scope, row, tools).catch(afterFailure)
  scope.now = clock()
  if (!brought.ok && goesOn(brought.fault, job, row, scope.now)) return { again: scope.now + waitOf(brought, job), reason: brought.reason }
  const settled = await settle(scope, job, row, brought.ok ? brought.set : { state: 'failed', reason: brought.reason })
  if (!settled || !brought.ok) await dropUnlessStored(scope, row.id, tools.bucket)
  return 'ended'
}

function goesOn(fault: Fault, job: ClaimedJob, row: Row, at: number): boolean {
  return fault === 'bytes' ? job.attempts < mostDownloads : fault === 'way' && at < row.createdAt + keptMs
}

/** 2 s, 4 s, 8 s … up to half an hour, with half of it left to chance: after an outage many files wait. */
function waitOf(brought: { afterMs?: number }, job: ClaimedJob): number {
  const full = Math.min(2 ** Math.min(job.attempts, 16) * second, longestWaitMs)
  return Math.max(brought.afterMs ?? 0, full * (0.5 + Math.random() / 2))
}

async function bring(scope: Scope, row: Row, { bucket, providers }: MediaTools): Promise<Brought> {
  const message = await scope.db.get(messages, eq(messages.id, row.messageId ?? ''))
  const account = message === undefined ? undefined : await openAccount(scope, message.accountId)
  const provider = account === undefined ? undefined : providers(account.channel)
  if (account === undefined || provider === undefined) return { ok: false, fault: message === undefined ? 'final' : 'way', reason: 'The channel is disconnected.' }
  const found = await provider.locate(JSON.parse(row.source ?? '{}') as { mediaId?: string; url?: string }, account)
  if (found === null) return { ok: false, fault: 'final', reason: 'This channel has no files.' }
  if (!found.ok) return { ok: false, fault: found.error.verdict === 'reject' ? 'final' : 'way', reason: found.error.reason, afterMs: found.error.retryAfterMs }
  const response = await provider.open(found.source, { maxBytes, deadlineMs })
  // The address lives minutes only: on a 404 it is asked for anew.
  if (!response.ok || response.body === null) {
    await response.body?.cancel()
    return { ok: false, fault: 'way', reason: `The provider answered ${response.status} for the file.` }
  }
  const { head, whole } = await peek(response.body as ReadableStream<Uint8Array>, headBytes)
  if (head.byteLength === 0) return { ok: false, fault: 'bytes', reason: 'The provider sent an empty file.' }
  const key = keyOf(scope.studio.id, row.id)
  const { size, sha256 } = await putStream(bucket, key, whole, lengthOf(response), maxBytes)
  const stated = [found.source.sha256, row.sha256].filter(hash => hash !== undefined && hash !== null)
  if (!stated.every(hash => sameHash(hash, sha256))) return { ok: false, fault: 'bytes', reason: 'The file arrived damaged.' }
  return { ok: true, set: { state: 'stored', reason: null, r2Key: key, size, sha256, mime: row.mime ?? found.source.mime ?? fileType(head, null)?.mime ?? null } }
}

function lengthOf(response: Response): number | null {
  const given = response.headers.get('content-length')
  return given !== null && /^\d+$/.test(given) ? Number(given) : null
}

function afterFailure(error: unknown): Brought {
  log('warn', 'media.fetch_failed', { error: describe(error) })
  if (error instanceof Problem && error.code === 'TOO_LARGE') return { ok: false, fault: 'final', reason: 'The file is larger than 100 MB.' }
  return { ok: false, fault: 'way', reason: 'The file could not be fetched from the provider.' }
}

/** False when the lease was lost or the file was taken back meanwhile. */
async function settle(scope: Scope, job: ClaimedJob, row: Row, set: Partial<Row>): Promise<boolean> {
  const { changed } = await scope.db.commit([
    update(attachments, set, sql`${attachments.id} = ${row.id} and ${attachments.state} = 'pending' and ${leaseHeld(job)}`),
    change('message.updated', row.messageId ?? '', sql`json_object('message', ${messageJson})`, sql`from ${own(messages)} where ${messages.id} = ${row.messageId}
      and exists (select 1 from ${own(attachments, 'f')} where f.id = ${row.id} and f.state = ${set.state}) and ${leaseHeld(job)}`),
    finishJob(job, 'done', set.reason ?? null),
  ])
  return changed[0] === 1
}

async function dropUnlessStored(scope: Scope, id: string, bucket: R2Bucket): Promise<void> {
  const row = await scope.db.get(attachments, eq(attachments.id, id))
  if (row?.state !== 'stored' && row?.state !== 'pending') await bucket.delete(keyOf(scope.studio.id, id))
}
