// Search over contacts and everything that was said.
import { z } from 'zod'
import { searchHits, searchQuery } from '../../contract/inbox.ts'
import type { SearchCalls } from '../../durable-objects/studio-search.ts'
import { askObject } from '../ask-object.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

const defaultLimit = 20

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/search', summary: 'Find contacts and messages in spite of slips', query: searchQuery, answer: searchHits.extend({ partial: z.boolean() }), access: 'search.read',
    async handle({ env }, { query }, scope) {
      const object = env.STUDIO_SEARCH.get(env.STUDIO_SEARCH.idFromName(scope.studio.id)) as unknown as SearchCalls
      return { data: await askObject('search', () => object.search(scope.studio.id, query.q, query.limit ?? defaultLimit)) }
    },
  }),
]
