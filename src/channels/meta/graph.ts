// One call to Meta's Graph API, its end sorted into what a caller must tell apart.
import { DeadlinePassed, EgressRefused, RedirectRefused, type FetchRules } from '../../platform/safe-fetch.ts'
import type { ChannelContext } from '../channel.ts'
import { list, object, text, type Loose } from './loose.ts'

/** Released 29 July 2026; Meta keeps a version for about two years. */
export const graphVersion = 'v26.0'

export interface GraphRequest {
  method?: 'GET' | 'POST' | 'DELETE'
  /** Below the version, without a leading slash; ids in it already encoded. */
  path: string
  query?: Record<string, string>
  token: string
  json?: unknown
  /** A body of another kind than JSON, with its content type. */
  stream?: { body: ReadableStream<Uint8Array>; type: string }
  deadlineMs?: number
}

/**
 * answer: 2xx with a JSON object. error: Graph said no in its own words, whatever the status.
 * refused: 4xx without Graph's words. unsent: certain that nothing left. lost: anything may have happened.
 */
export type GraphResult = { end: 'answer'; body: Loose } | GraphFailure
export type GraphFailure =
  | { end: 'error'; error: Loose; status: number; retryAfterMs?: number }
  | { end: 'refused'; status: number; retryAfterMs?: number }
  | { end: 'unsent'; reason: string }
  | { end: 'lost'; reason: string }

/** The configured address without a slash at the end; it may carry a path prefix. */
export function graphAddress(context: Pick<ChannelContext, 'config'>): string {
  return (context.config.META_GRAPH_URL || 'https://graph.facebook.com').replace(/\/+$/, '')
}

/** The provider's own origin, for FetchRules. */
export function graphOrigins(context: Pick<ChannelContext, 'config'>): string[] {
  const address = graphAddress(context)
  return URL.canParse(address) ? [new URL(address).origin] : []
}

/** Never throws for what the network or the provider does. */
export async function callGraph(request: GraphRequest, context: ChannelContext): Promise<GraphResult> {
  const query = request.query === undefined ? '' : `?${new URLSearchParams(request.query)}`
  const url = `${graphAddress(context)}/${graphVersion}/${request.path}${query}`
  const rules: FetchRules = { origins: graphOrigins(context), hosts: [], deadlineMs: request.deadlineMs ?? 15_000 }
  let response: Response
  try {
    response = await context.fetch(url, initOf(request), rules)
  } catch (error) {
    return endOf(error)
  }
  const retryAfterMs = retryAfter(response.headers.get('retry-after'))
  const body = await readObject(response)
  const error = graphError(body)
  if (error !== undefined) return { end: 'error', error, status: response.status, retryAfterMs }
  if (response.ok && body !== undefined) return { end: 'answer', body }
  // 408 says that the server gave up waiting for us: it may yet have acted on what it had.
  if (response.status >= 400 && response.status < 500 && response.status !== 408) return { end: 'refused', status: response.status, retryAfterMs }
  return { end: 'lost', reason: response.ok ? 'the answer could not be read' : `the server answered ${response.status}` }
}

/** All items of a list edge, following the cursor (never the `next` address, which is the provider's to choose). */
export async function pageThrough(request: GraphRequest, context: ChannelContext, mostPages = 50): Promise<{ items: unknown[] } | { failed: GraphFailure }> {
  const items: unknown[] = []
  let after: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const result = await callGraph({ ...request, query: { ...request.query, limit: '100', ...(after === undefined ? {} : { after }) } }, context)
    if (result.end !== 'answer') return { failed: result }
    for (const item of list(result.body.data)) items.push(item)
    const paging = object(result.body.paging)
    const next = text(object(paging?.cursors)?.after)
    if (next === undefined || next === after || paging?.next === undefined) break
    after = next
  }
  return { items }
}

function initOf(request: GraphRequest): RequestInit {
  const headers: Record<string, string> = { authorization: `Bearer ${request.token}`, accept: 'application/json' }
  const method = request.method ?? 'GET'
  if (request.stream !== undefined) {
    headers['content-type'] = request.stream.type
    // `duplex` is asked for by Node and ignored by workerd.
    return { method, headers, body: request.stream.body, duplex: 'half' } as RequestInit
  }
  if (request.json === undefined) return { method, headers }
  headers['content-type'] = 'application/json'
  return { method, headers, body: JSON.stringify(request.json) }
}

function endOf(error: unknown): GraphResult {
  if (error instanceof RedirectRefused) return { end: 'lost', reason: 'the server sent us elsewhere' }
  if (error instanceof EgressRefused) return { end: 'unsent', reason: 'the configured address of the provider is not allowed' }
  if (error instanceof DeadlinePassed) return { end: 'lost', reason: 'no answer in time' }
  return neverConnected(error) ? { end: 'unsent', reason: 'the provider could not be reached' } : { end: 'lost', reason: 'the connection was lost' }
}

/** Only where the runtime names the failed step; workerd says "connection lost" for both, which then counts as lost. */
function neverConnected(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : undefined
  const parts: unknown[] = cause instanceof AggregateError ? cause.errors : [cause]
  return parts.length > 0 && parts.every(part => ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(text(object(part)?.code) ?? ''))
}

async function readObject(response: Response): Promise<Loose | undefined> {
  try {
    return object(await response.json())
  } catch {
    return undefined
  }
}

/** An error object that says something; `{"error":{}}` or a bare string does not tell what became of the request. */
function graphError(body: Loose | undefined): Loose | undefined {
  const error = object(body?.error)
  return error !== undefined && (text(error.code) !== undefined || text(error.message) !== undefined) ? error : undefined
}

/** Seconds or an HTTP date, to ms from now, at most a day. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return ms > 0 ? Math.min(ms, 86_400_000) : undefined
}
