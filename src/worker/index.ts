// The Worker: HTTP, and the classes of its Durable Objects.
import type { Bindings } from '../platform/bindings.ts'
import { createApp } from './app.ts'
import { routes } from './routes.ts'

export { RateLimiter } from '../durable-objects/rate-limiter.ts'

const app = createApp(routes)

export default {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
} satisfies ExportedHandler<Bindings>
