// The Worker: HTTP, queue consumers, cron, and the classes of its Durable Objects.
import type { Bindings } from '../platform/bindings.ts'
import { consume, consumeDead } from '../queues/consume.ts'
import { createApp } from './app.ts'
import { routes } from './routes.ts'
import { keepSweeping } from './sweep.ts'

export { RateLimiter } from '../durable-objects/rate-limiter.ts'
export { ShardSweeper } from '../durable-objects/shard-sweeper.ts'
export { StudioHub } from '../durable-objects/studio-hub.ts'
export { StudioSearch } from '../durable-objects/studio-search.ts'

const app = createApp(routes)

export default {
  fetch(request, env, ctx) {
    ctx.waitUntil(keepSweeping(env))
    return app.fetch(request, env, ctx)
  },
  queue: (batch, env) => (batch.queue.endsWith('-dead') ? consumeDead(batch, env) : consume(batch, env)),
  scheduled: (_, env, ctx) => ctx.waitUntil(keepSweeping(env, true)),
} satisfies ExportedHandler<Bindings>
