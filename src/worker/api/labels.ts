// Labels of conversations.
import { z } from 'zod'
import { id, pageQuery } from '../../contract/common.ts'
import { label, labelBody } from '../../contract/inbox.ts'
import { addLabel, changeLabel, listLabels, removeLabel } from '../../domain/labels/labels.ts'
import { listAnswer } from '../cursor.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

const params = z.object({ id })

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/labels', summary: 'The labels, by name', query: pageQuery, answer: z.array(label), access: 'conversations.read',
    handle: (call, { query }, scope) => listAnswer({ config: call.config, studioId: scope.studio.id, list: 'labels' }, { ...query, per_page: query.per_page ?? 100 }, page => listLabels(scope, page)),
  }),
  studioRoute({
    method: 'POST', path: '/api/labels', summary: 'Make a label', body: labelBody, answer: label, status: 201, access: 'labels.write', idempotent: true,
    handle: async (_, { body }, scope) => ({ data: await addLabel(scope, body) }),
  }),
  studioRoute({
    method: 'PUT', path: '/api/labels/:id', summary: 'Rename or recolour a label', params, body: labelBody, answer: label, access: 'labels.write',
    handle: async (_, { params: { id: labelId }, body }, scope) => ({ data: await changeLabel(scope, labelId, body) }),
  }),
  studioRoute({
    method: 'DELETE', path: '/api/labels/:id', summary: 'Remove a label from everywhere', params, answer: z.object({}), access: 'labels.write',
    async handle(_, { params: { id: labelId } }, scope) {
      await removeLabel(scope, labelId)
      return { data: {} }
    },
  }),
]
