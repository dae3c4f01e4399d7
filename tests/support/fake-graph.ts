// Plays Meta's Graph API over the SIMULATOR binding, inside the test's own isolate: numbers, templates, media, and the handshake.
import type { Bindings } from '../../src/platform/bindings.ts'
import { origin, send } from './api.ts'

export interface Medium { bytes: Uint8Array; mime: string; sha256?: string; /** Status of the download. */ status?: number; /** Address that Graph names instead of its own. */ url?: string }
export interface FakeGraph {
  env: Bindings
  /** Phone number id → business account id. An unknown number is taken with any account where `open` is set. */
  numbers: Map<string, string>
  open: boolean
  templates: { id: string; name: string; language: string; status: string; category: string; components: unknown[] }[]
  media: Map<string, Medium>
  quality: string
  /** "METHOD path" of every call. */
  calls: string[]
  handshakes: number[]
  /** Business account id → the address its events go to. */
  addresses: Map<string, string>
}

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const no = (code: number, message: string): Response => json({ error: { code, message, type: 'OAuthException' } }, 400)

/** Bindings whose WhatsApp is this one. Tokens must begin with "sim-". */
export function fakeGraph(env: Bindings): FakeGraph {
  const graph: FakeGraph = { env, numbers: new Map(), open: true, templates: [], media: new Map(), quality: 'GREEN', calls: [], handshakes: [], addresses: new Map() }
  const binding = { fetch: (input: string, init?: RequestInit) => answer(graph, new Request(input, init)) } as unknown as Fetcher
  graph.env = { ...env, SIMULATOR: binding, META_GRAPH_URL: `${origin}/simulator/graph` }
  return graph
}

async function answer(graph: FakeGraph, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const path = url.pathname.replace(/^\/simulator\/graph(\/v[\d.]+)?\//, '')
  graph.calls.push(`${request.method} ${path}`)
  if (!(request.headers.get('authorization') ?? '').startsWith('Bearer sim-')) return no(190, 'Invalid OAuth access token.')
  if (path.startsWith('media-bytes/')) return bytes(graph, path.slice('media-bytes/'.length))
  const [id = '', edge] = path.split('/')
  const medium = graph.media.get(id)
  if (medium !== undefined) return json({ id, url: medium.url ?? `${origin}/simulator/graph/media-bytes/${id}`, mime_type: medium.mime, sha256: medium.sha256, file_size: medium.bytes.byteLength })
  if (edge === 'phone_numbers') return json({ data: [...graph.numbers].filter(([, waba]) => waba === id || waba === '').map(([phone]) => ({ id: phone })) })
  if (edge === 'message_templates') return json({ data: graph.templates })
  if (edge === 'subscribed_apps') return request.method === 'POST' ? subscribe(graph, id, await request.json()) : json({ data: [{ whatsapp_business_api_data: { id: '1' } }] })
  if (!graph.numbers.has(id)) {
    if (!graph.open) return no(100, `Object with ID '${id}' does not exist`)
    graph.numbers.set(id, '')
  }
  return json({ id, display_phone_number: `+1 ${id.slice(0, 6)}`, verified_name: 'Test Dance', quality_rating: graph.quality, status: 'CONNECTED' })
}

async function subscribe(graph: FakeGraph, waba: string, body: { override_callback_uri?: string; verify_token?: string }): Promise<Response> {
  const asked = await send(new Request(`${body.override_callback_uri}?hub.mode=subscribe&hub.challenge=0123&hub.verify_token=${body.verify_token}`), graph.env)
  graph.handshakes.push(asked.status)
  if (asked.status !== 200 || (await asked.text()) !== '0123') return no(2200, 'Callback verification failed')
  graph.addresses.set(waba, body.override_callback_uri ?? '')
  return json({ success: true })
}

function bytes(graph: FakeGraph, id: string): Response {
  const medium = graph.media.get(id)
  if (medium === undefined || (medium.status ?? 200) !== 200) return new Response('gone', { status: medium?.status ?? 404 })
  return new Response(medium.bytes as Uint8Array<ArrayBuffer>, { headers: { 'content-type': medium.mime } })
}
