// Which path belongs to which part of the simulated world.

import { Hono } from 'hono'
import { controlRoutes } from './control/routes.ts'
import { openaiControl, openaiRoutes } from './openai/routes.ts'
import { pageRoutes } from './page-routes.ts'
import { readMailbox, sendgridRoutes } from './sendgrid/routes.ts'
import { graphRoutes } from './whatsapp/graph.ts'
import { whatsappControl } from './whatsapp/control.ts'
import { onWebhookTimer } from './whatsapp/delivery.ts'
import { onReplyTimer } from './whatsapp/replies.ts'
import { onStatusTimer } from './whatsapp/statuses.ts'
import type { World } from './world.ts'

export function createApp(world: World): Hono {
  onWebhookTimer(world)
  onStatusTimer(world)
  onReplyTimer(world)
  const app = new Hono({ strict: false }).basePath('/simulator')
  app.route('/graph', graphRoutes(world))
  app.route('/openai', openaiRoutes(world))
  app.route('/sendgrid', sendgridRoutes(world))
  app.route('/api/openai', openaiControl(world))
  app.get('/api/mailbox', c => c.json({ data: readMailbox(world, c.req.query('to')) }))
  app.route('/api/whatsapp', whatsappControl(world))
  app.route('/api', controlRoutes(world))
  app.route('/', pageRoutes(world))
  return app
}
