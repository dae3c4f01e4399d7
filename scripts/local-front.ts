// The Worker as a local start hosts it: on the port itself, pages handed on to the Pages project. Bundled beside the built Worker.
import worker from './index.js'
import { belongsToWorker } from '../web/functions/worker-paths.ts'

export * from './index.js'

interface Front { WEB: { fetch(request: Request): Promise<Response> } }

export default {
  ...worker,
  fetch(request: Request, env: Front, context: unknown): Promise<Response> {
    return belongsToWorker(new URL(request.url).pathname) ? worker.fetch(request, env, context) : env.WEB.fetch(request)
  },
}
