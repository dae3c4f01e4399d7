// What must still happen, and what never did.
import { z } from 'zod'
import { job, jobQuery } from '../../contract/workspace.ts'
import { listJobs } from '../../domain/jobs/list-jobs.ts'
import { replayJob } from '../../domain/jobs/replay-job.ts'
import { listAnswer } from '../cursor.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

/** "kind:subject": longer than other ids. */
const params = z.object({ id: z.string().min(1).max(400) })

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/jobs', summary: 'Jobs, newest first', query: jobQuery, answer: z.array(job), access: 'jobs.read',
    handle: (call, { query }, scope) => listAnswer({ config: call.config, studioId: scope.studio.id, list: 'jobs' }, query, page => listJobs(scope, query, page)),
  }),
  studioRoute({
    method: 'POST', path: '/api/jobs/:id/replay', summary: 'Bring a dead job back', params, answer: job, access: 'jobs.write',
    handle: async (_, { params: { id } }, scope) => ({ data: await replayJob(scope, id) }),
  }),
]
