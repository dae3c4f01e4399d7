// The one Pages Function: hands the product's paths to the Worker, everything else to the built files, with safe headers.
import { pageHeaders } from './page-headers.ts'
import { belongsToWorker, under } from './worker-paths.ts'

interface Fetches { fetch(request: Request): Promise<Response> }
interface Env { API: Fetches; ASSETS: Fetches; /** Bound where the simulator runs: never in production. */ SIMULATOR?: Fetches }

/** Answers every request of the origin; upgrades to WebSocket pass through the binding unchanged. */
export function onRequest(context: { request: Request; env: Env }): Promise<Response> {
  const { request, env } = context
  const url = new URL(request.url)
  if (belongsToWorker(url.pathname)) return env.API.fetch(request)
  if (env.SIMULATOR && under(url.pathname, '/simulator')) return env.SIMULATOR.fetch(request)
  return page(request, url, env.ASSETS)
}

async function page(request: Request, url: URL, assets: Fetches): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Method not allowed', { Allow: 'GET, HEAD' })
  const file = /\.[a-z0-9]+$/i.test(url.pathname)
  let answer = await assets.fetch(request)
  // the asset server answers unknown paths with index.html; for a missing file that would be a lie
  if (file && (answer.status === 404 || isPage(answer))) return plain(404, 'Not found')
  if (!file && answer.status === 404) answer = await assets.fetch(new Request(new URL('/', url), request))
  const safe = new Response(answer.body, answer)
  for (const [name, value] of Object.entries(pageHeaders)) safe.headers.set(name, value)
  safe.headers.set('Cache-Control', cacheOf(url.pathname))
  return safe
}

function isPage(answer: Response): boolean {
  return answer.headers.get('Content-Type')?.startsWith('text/html') ?? false
}

function cacheOf(path: string): string {
  if (path.startsWith('/assets/')) return 'public, max-age=31536000, immutable' // names carry a hash of the content
  return 'no-cache'
}

function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { ...pageHeaders, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers } })
}
