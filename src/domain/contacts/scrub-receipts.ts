// The job that empties the raw webhook bodies which name an erased person, in the rows and in the store.
import { sql } from 'drizzle-orm'
import { jobs } from '../../db/jobs.sql.ts'
import { addJob, finishJob, leaseHeld, postponeJob } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { now as clock } from '../../platform/clock.ts'
import { phoneSpellings } from '../../platform/phone.ts'
import { receipts } from '../messages/messages.sql.ts'

/** Only as long as the job lives does its payload know the addresses; a phone in every spelling a messenger may use. */
export function scrubJob(scope: Scope, contactId: string, keys: string[]): Write {
  const addresses = keys.map(key => key.slice(key.indexOf(':') + 1)).flatMap(address => (/^\+\d+$/.test(address) ? phoneSpellings(address) : [address]))
  const needles = [...new Set(addresses.map(address => address.replace(/^\+/, '')))].filter(needle => needle.length >= 5)
  return addJob({ id: `contact.scrub:${contactId}`, kind: 'contact.scrub', queue: 'chores', subject: contactId, payload: JSON.stringify({ needles }), runAt: scope.now })
}

export interface ScrubTools { bucket: R2Bucket; /** Brings the search index up to the log, which says who was erased. */ forgetInSearch(): Promise<void> }
interface Payload { needles?: string[]; after?: string }
interface Found { id: string; r2_key: string | null; named: number }
/** Bodies of one run; one kept apart has up to 4 MB and is read by itself. */
const page = 200

/** The emptied row stays: a redelivery of the same body has the same id and is not kept again. Safe to run again; each run goes on where the last one ended. */
export async function scrubReceipts(scope: Scope, job: ClaimedJob, { bucket, forgetInSearch }: ScrubTools): Promise<JobEnd> {
  const { needles = [], after = '' } = JSON.parse(job.payload) as Payload
  if (after === '') await forgetInSearch()
  const list = JSON.stringify(needles)
  const rows = await scope.db.all<Found>(sql`select r.id, r.r2_key, exists (select 1 from json_each(${list}) n where instr(r.body, n.value) > 0) as named
    from ${own(receipts, 'r')} where r.id > ${after} order by r.id limit ${page}`)
  const named: Found[] = []
  for (const row of rows) if (row.named === 1 || await storedNames(row.r2_key, needles, bucket)) named.push(row)
  const kept = named.flatMap(row => (row.r2_key === null ? [] : [row.r2_key]))
  if (kept.length > 0) await bucket.delete(kept)
  const last = rows.length === page ? rows.at(-1)?.id : undefined
  scope.now = clock()
  await scope.db.commit([
    update(receipts, { body: null, r2Key: null }, sql`${receipts.id} in (select value from json_each(${JSON.stringify(named.map(row => row.id))}))`),
    // Each page is a success of its own: only faults in a row count as tries.
    update(jobs, last === undefined ? { payload: '{}' } : { payload: JSON.stringify({ needles, after: last } satisfies Payload), attempts: 0 }, sql`${jobs.id} = ${job.id} and ${leaseHeld(job)}`),
    last === undefined ? finishJob(job, 'done') : postponeJob(job, scope.now, 'more to read'),
  ])
  return 'ended'
}

async function storedNames(key: string | null, needles: string[], bucket: R2Bucket): Promise<boolean> {
  const text = key === null ? undefined : await (await bucket.get(key))?.text()
  return text !== undefined && needles.some(needle => text.includes(needle))
}
