// Message templates, as the provider approved them.
import { z } from 'zod'
import { providersOf } from '../../channels/provider.ts'
import { id } from '../../contract/common.ts'
import { template } from '../../contract/inbox.ts'
import { listTemplates } from '../../domain/integrations/list-templates.ts'
import { syncTemplates } from '../../domain/integrations/sync-templates.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/templates', summary: 'Message templates of connected accounts', query: z.strictObject({ account_id: id.optional() }), answer: z.array(template), access: 'templates.read',
    handle: async (_, { query }, scope) => ({ data: await listTemplates(scope, query.account_id) }),
  }),
  studioRoute({
    method: 'POST', path: '/api/templates/sync', summary: 'Fetch the templates from the provider', answer: z.object({ count: z.number().int() }), access: 'templates.write',
    handle: async (call, _, scope) => ({ data: { count: await syncTemplates(scope, providersOf(call.env, call.config)) } }),
  }),
]
