// What became of suggested replies.
import { z } from 'zod'
import { id } from '../../contract/common.ts'
import { draftOutcomeBody } from '../../contract/workspace.ts'
import { settleDraft } from '../../domain/drafts/settle-draft.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

export const routes: Route[] = [
  studioRoute({
    method: 'PUT', path: '/api/drafts/:id/outcome', summary: 'Say what became of a draft', params: z.object({ id }), body: draftOutcomeBody, answer: z.object({}), access: 'assistant.use',
    async handle(_, { params: { id: draftId }, body }, scope) {
      await settleDraft(scope, draftId, body)
      return { data: {} }
    },
  }),
]
