// The work of a studio as its keepers see it: what is due, done, dead.
import { sql } from 'drizzle-orm'
import type { Job } from '../../contract/workspace.ts'
import { jobs as j } from '../../db/jobs.sql.ts'
import type { Scope } from '../../db/open-studio.ts'
import { readRows } from '../../db/page.ts'
import type { Page, PageRead } from '../../db/page.ts'
import { own } from '../../db/statement.ts'
import { isoOf, jsonObject } from '../../db/wire.ts'
import { notFound } from '../../platform/problem.ts'
import { wireId } from './wire-id.ts'

export interface JobFilter { state?: string | undefined; kind?: string | undefined }

const jobJson = jsonObject({
  id: j.id, kind: j.kind, queue: j.queue, state: j.state, run_at: isoOf(j.runAt), attempts: j.attempts, reason: j.reason, subject: j.subject, created_at: isoOf(j.createdAt), finished_at: isoOf(j.finishedAt),
})
const countAtMost = 10_000

/** Newest first; the total stops counting at 10 000. */
export async function listJobs(scope: Scope, { state, kind }: JobFilter, page: PageRead): Promise<Page<Job>> {
  const parts = [sql`true`, ...(state === undefined ? [] : [sql`${j.state} = ${state}`]), ...(kind === undefined ? [] : [sql`${j.kind} = ${kind}`])]
  const found = await readRows<{ body: string }>(scope.db, { select: sql`${jobJson} as body`, from: sql`from ${own(j)}`, where: sql.join(parts, sql` and `), order: [j.createdAt, j.id], direction: 'desc', countAtMost }, page)
  return { ...found, rows: found.rows.map(row => wire(row.body)) }
}

/** Throws NOT_FOUND. */
export async function readJob(scope: Scope, id: string): Promise<Job> {
  const [row] = await scope.db.all<{ body: string }>(sql`select ${jobJson} as body from ${own(j)} where ${j.id} = ${id}`)
  if (row === undefined) throw notFound('job')
  return wire(row.body)
}

function wire(body: string): Job {
  const job = JSON.parse(body) as Job
  return { ...job, id: wireId(job.id) }
}
