// The job that empties the raw webhook bodies which name an erased person, in the rows and in the store.
import { sql } from 'drizzle-orm'
import { jobs } from '../../db/jobs.sql.ts'
import { addJob, finishJob } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { receipts } from '../messages/messages.sql.ts'

/** Only as long as the job lives does its payload know the addresses. */
export function scrubJob(scope: Scope, contactId: string, keys: string[]): Write {
  const needles = [...new Set(keys.map(key => key.slice(key.indexOf(':') + 1).replace(/^\+/, '')))].filter(needle => needle.length >= 5)
  return addJob({ id: `contact.scrub:${contactId}`, kind: 'contact.scrub', queue: 'chores', subject: contactId, payload: JSON.stringify({ needles }), runAt: scope.now })
}

interface Found { id: string; r2_key: string | null; named: number }
const page = 500

/** The emptied row stays: a redelivery of the same body has the same id and is not kept again. Safe to run again. */
export async function scrubReceipts(scope: Scope, job: ClaimedJob, bucket: R2Bucket): Promise<JobEnd> {
  const { needles = [] } = JSON.parse(job.payload) as { needles?: string[] }
  const list = JSON.stringify(needles)
  for (let after = ''; ;) {
    const rows = await scope.db.all<Found>(sql`select r.id, r.r2_key, exists (select 1 from json_each(${list}) n where instr(r.body, n.value) > 0) as named
      from ${own(receipts, 'r')} where r.id > ${after} order by r.id limit ${page}`)
    const named = (await Promise.all(rows.map(async row => (row.named === 1 || await storedNames(row.r2_key, needles, bucket) ? row : null)))).filter(row => row !== null)
    const kept = named.flatMap(row => (row.r2_key === null ? [] : [row.r2_key]))
    if (kept.length > 0) await bucket.delete(kept)
    if (named.length > 0) await scope.db.commit([update(receipts, { body: null, r2Key: null }, sql`${receipts.id} in (select value from json_each(${JSON.stringify(named.map(row => row.id))}))`)])
    after = rows.at(-1)?.id ?? ''
    if (rows.length < page) break
  }
  await scope.db.commit([update(jobs, { payload: '{}' }, sql`id = ${job.id}`), finishJob(job, 'done')])
  return 'ended'
}

async function storedNames(key: string | null, needles: string[], bucket: R2Bucket): Promise<boolean> {
  const text = key === null ? undefined : await (await bucket.get(key))?.text()
  return text !== undefined && needles.some(needle => text.includes(needle))
}
