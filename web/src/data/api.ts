// The one way to the server: envelope opened, errors typed, an ended access token renewed once and unseen.
import type { Pagination } from '../../../src/contract/common.ts'
import { renewSession } from './renew.ts'

/** A request that failed. `status` 0: the server was not reached. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly details: Record<string, unknown>
  readonly retryAfterMs: number | null
  readonly requestId: string | null

  constructor(status: number, code: string, message: string, details: Record<string, unknown> = {}, retryAfterMs: number | null = null, requestId: string | null = null) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
    this.retryAfterMs = retryAfterMs
    this.requestId = requestId
  }

  /** The field of the body that a 422 speaks of. */
  get field(): string | null {
    return typeof this.details['field'] === 'string' ? this.details['field'] : null
  }

  /** Whether the same request may succeed later without a person changing anything. */
  get passes(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 425 || this.status === 429 || this.status >= 500
  }
}

export interface CallOptions {
  body?: unknown
  query?: Record<string, string | number | boolean | null | undefined>
  /** Idempotency-Key: the same key and body give the same answer. */
  key?: string
  signal?: AbortSignal
  /** A file instead of a JSON body. */
  raw?: Blob
  headers?: Record<string, string>
}
export interface Answer<T> { data: T; pagination: Pagination | null }

/** Calls a route and opens the envelope. Throws ApiError; aborts pass through as they are. */
export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<Answer<T>> {
  const response = await send(method, path, options)
  const payload = await readJson(response)
  if (!response.ok) throw errorOf(response, payload)
  return { data: payload?.['data'] as T, pagination: (payload?.['pagination'] as Pagination | undefined) ?? null }
}

/** Like `call`, for answers that are read as a stream; only failures are read here. */
export async function open(method: string, path: string, options: CallOptions = {}): Promise<Response> {
  const response = await send(method, path, options)
  if (!response.ok) throw errorOf(response, await readJson(response))
  return response
}

const data = async <T>(method: string, path: string, options?: CallOptions): Promise<T> => (await call<T>(method, path, options)).data
export const api = {
  get: <T>(path: string, query?: CallOptions['query'], signal?: AbortSignal) => data<T>('GET', path, { query, signal }),
  page: <T>(path: string, query?: CallOptions['query'], signal?: AbortSignal) => call<T[]>('GET', path, { query, signal }),
  post: <T>(path: string, body: unknown = {}, key?: string) => data<T>('POST', path, { body, key }),
  put: <T>(path: string, body: unknown = {}, key?: string) => data<T>('PUT', path, { body, key }),
  patch: <T>(path: string, body: unknown = {}) => data<T>('PATCH', path, { body }),
  del: <T = unknown>(path: string, query?: CallOptions['query']) => data<T>('DELETE', path, { query }),
}

/** A sentence for a person, whatever was thrown. */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return error.message
  return error instanceof Error ? error.message : String(error)
}

const ownAnswer401 = new Set(['/api/auth/login', '/api/auth/register', '/api/auth/refresh', '/api/auth/logout'])

async function send(method: string, path: string, options: CallOptions): Promise<Response> {
  const startedAt = Date.now()
  const first = await fetchOnce(method, path, options)
  if (first.status !== 401 || ownAnswer401.has(path)) return first
  return (await renewSession(startedAt)) ? fetchOnce(method, path, options) : first
}

async function fetchOnce(method: string, path: string, options: CallOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers }
  if (options.key) headers['idempotency-key'] = options.key
  if (options.raw) headers['content-type'] ??= options.raw.type || 'application/octet-stream'
  else if (options.body !== undefined) headers['content-type'] = 'application/json'
  const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
  try {
    return await fetch(path + queryOf(options.query), { method, headers, body, credentials: 'same-origin', signal: options.signal })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ApiError(0, 'OFFLINE', 'The server cannot be reached right now.')
  }
}

function queryOf(query: CallOptions['query']): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined && value !== null && value !== '') params.set(name, String(value))
  const text = params.toString()
  return text ? `?${text}` : ''
}

async function readJson(response: Response): Promise<Record<string, unknown> | null> {
  const text = await response.text()
  if (!text) return null
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return null // not our envelope (a proxy's page): the status alone speaks
  }
}

function errorOf(response: Response, payload: Record<string, unknown> | null): ApiError {
  const error = (payload?.['error'] ?? {}) as { code?: string; message?: string; details?: Record<string, unknown> }
  const meta = (payload?.['meta'] ?? {}) as { request_id?: string }
  const seconds = Number(response.headers.get('retry-after'))
  return new ApiError(
    response.status,
    error.code ?? `HTTP_${response.status}`,
    error.message ?? `The server answered ${response.status}.`,
    error.details ?? {},
    Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null,
    meta.request_id ?? null,
  )
}
