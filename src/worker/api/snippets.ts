// Snippets of text that the desk reuses.
import { z } from 'zod'
import { id, pageQuery } from '../../contract/common.ts'
import { snippet, snippetBody } from '../../contract/inbox.ts'
import { addSnippet, changeSnippet, listSnippets, removeSnippet } from '../../domain/labels/snippets.ts'
import { listAnswer } from '../cursor.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

const params = z.object({ id })

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/snippets', summary: 'The snippets, by title', query: pageQuery, answer: z.array(snippet), access: 'conversations.read',
    handle: (call, { query }, scope) => listAnswer({ config: call.config, studioId: scope.studio.id, list: 'snippets' }, { ...query, per_page: query.per_page ?? 100 }, page => listSnippets(scope, page)),
  }),
  studioRoute({
    method: 'POST', path: '/api/snippets', summary: 'Make a snippet', body: snippetBody, answer: snippet, status: 201, access: 'snippets.write', idempotent: true,
    handle: async (_, { body }, scope) => ({ data: await addSnippet(scope, body) }),
  }),
  studioRoute({
    method: 'PUT', path: '/api/snippets/:id', summary: 'Change a snippet', params, body: snippetBody, answer: snippet, access: 'snippets.write',
    handle: async (_, { params: { id: snippetId }, body }, scope) => ({ data: await changeSnippet(scope, snippetId, body) }),
  }),
  studioRoute({
    method: 'DELETE', path: '/api/snippets/:id', summary: 'Remove a snippet', params, answer: z.object({}), access: 'snippets.write',
    async handle(_, { params: { id: snippetId } }, scope) {
      await removeSnippet(scope, snippetId)
      return { data: {} }
    },
  }),
]
