// The own studio's settings.
import { studio, studioPatch } from '../../contract/auth.ts'
import { openStudio } from '../../db/open-studio.ts'
import { openFront } from '../../domain/members/front.ts'
import { changeStudio } from '../../domain/studios/change-studio.ts'
import { readStudio } from '../../domain/studios/read-studio.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/studio', summary: 'The studio and its settings', answer: studio, access: 'studio.read',
    handle: async (_, __, scope) => ({ data: await readStudio(scope) }),
  }),
  studioRoute({
    method: 'PATCH', path: '/api/studio', summary: 'Change name, address, time zone, language, opening hours', body: studioPatch, answer: studio, access: 'studio.write',
    async handle(call, { body }, scope) {
      await changeStudio(scope, openFront(call).directory, body)
      return { data: await readStudio(await openStudio(call.env, scope.studio.id, scope.actor, { requestId: call.requestId, now: call.now })) }
    },
  }),
]
