// Which path belongs to which part of the simulated world.

import { Hono } from 'hono'
import { controlRoutes } from './control/routes.ts'
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
  const app = new Hono().basePath('/simulator')
  app.route('/graph', graphRoutes(world))
  app.route('/api/whatsapp', whatsappControl(world))
  app.route('/api', controlRoutes(world))
  return app
}
