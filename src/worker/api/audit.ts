// Who changed what and when.
import { z } from 'zod'
import { auditEntry, auditQuery } from '../../contract/workspace.ts'
import { listAudit } from '../../domain/audit/list-audit.ts'
import { listAnswer } from '../cursor.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/audit', summary: 'The audit trail, newest first', query: auditQuery, answer: z.array(auditEntry), access: 'audit.read',
    handle: (call, { query }, scope) => listAnswer({ config: call.config, studioId: scope.studio.id, list: 'audit' }, query, page => listAudit(scope, query, page)),
  }),
]
