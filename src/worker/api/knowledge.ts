// What the studio knows about itself.
import { z } from 'zod'
import { id } from '../../contract/common.ts'
import { knowledge, knowledgeBody, knowledgePatch, knowledgeQuery } from '../../contract/workspace.ts'
import { listKnowledge, readKnowledge } from '../../domain/knowledge/list-knowledge.ts'
import { addKnowledge, changeKnowledge, removeKnowledge } from '../../domain/knowledge/write-knowledge.ts'
import { listAnswer } from '../cursor.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

const params = z.object({ id })

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/knowledge', summary: 'Entries of knowledge, newest change first', query: knowledgeQuery, answer: z.array(knowledge), access: 'knowledge.read',
    handle: (call, { query }, scope) => listAnswer({ config: call.config, studioId: scope.studio.id, list: 'knowledge' }, query, page => listKnowledge(scope, query, page)),
  }),
  studioRoute({
    method: 'POST', path: '/api/knowledge', summary: 'Add an entry', body: knowledgeBody, answer: knowledge, status: 201, access: 'knowledge.write', idempotent: true,
    handle: async (_, { body }, scope) => ({ data: await addKnowledge(scope, body) }),
  }),
  studioRoute({
    method: 'GET', path: '/api/knowledge/:id', summary: 'One entry', params, answer: knowledge, access: 'knowledge.read',
    handle: async (_, { params: { id: entryId } }, scope) => ({ data: await readKnowledge(scope, entryId) }),
  }),
  studioRoute({
    method: 'PUT', path: '/api/knowledge/:id', summary: 'Change an entry', params, body: knowledgePatch, answer: knowledge, access: 'knowledge.write',
    handle: async (_, { params: { id: entryId }, body }, scope) => ({ data: await changeKnowledge(scope, entryId, body) }),
  }),
  studioRoute({
    method: 'DELETE', path: '/api/knowledge/:id', summary: 'Remove an entry', params, answer: z.object({}), access: 'knowledge.write',
    async handle(_, { params: { id: entryId } }, scope) {
      await removeKnowledge(scope, entryId)
      return { data: {} }
    },
  }),
]
