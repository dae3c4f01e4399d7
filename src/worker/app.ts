// The HTTP app: the route table on Hono, one way to answer, one way to fail.
import { Hono } from 'hono'
import { finishHalfMadeStudiosWith } from '../db/open-studio.ts'
import { finishStudio } from '../domain/studios/finish-studio.ts'
import { Problem, notFound } from '../platform/problem.ts'
import { failure } from './envelope.ts'
import { exchange } from './middleware/exchange.ts'
import { countRequest, mount } from './mount.ts'
import type { AppEnv } from './mount.ts'
import type { Route } from './route.ts'

finishHalfMadeStudiosWith(finishStudio)

export function createApp(routes: readonly Route[]): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  const patterns = routes.map(route => ({ method: route.method, pattern: patternOf(route.path) }))
  app.use('*', exchange)
  mount(app, routes)
  app.notFound(async c => {
    const { requestId } = c.get('call')
    try {
      await countRequest(c, null)
    } catch (error) {
      return failure(requestId, error)
    }
    const path = new URL(c.req.url).pathname
    const methods = new Set(patterns.filter(route => route.pattern.test(path)).map(route => route.method as string))
    if (methods.size === 0) return failure(requestId, notFound('route'))
    if (methods.has('GET')) methods.add('HEAD')
    const response = failure(requestId, new Problem('METHOD_NOT_ALLOWED', 'This method is not allowed here.'))
    response.headers.set('allow', [...methods].join(', '))
    return response
  })
  app.onError((error, c) => failure(c.get('call').requestId, error))
  return app
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+(\{[^}]*\})?/g, '[^/]+')}$`)
}
