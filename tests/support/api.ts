// Speaks to the Worker's app inside the test's own isolate, with the bindings of the test or wrapped ones.
import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test'
import { createApp } from '../../src/worker/app.ts'
import { routes } from '../../src/worker/routes.ts'
import type { Bindings } from '../../src/platform/bindings.ts'

export const bindings = env as unknown as Bindings
export const origin = 'http://studio.test'
const app = createApp(routes)

export interface Reply<T = any> { status: number; body: { success: boolean; data: T; error: { code: string; message: string; details?: Record<string, unknown> }; meta: { request_id: string; timestamp: string }; pagination?: unknown }; headers: Headers; text: string }
export interface Ask { token?: string; body?: unknown; headers?: Record<string, string>; env?: Bindings; origin?: string; raw?: BodyInit }

/** One request through the app; work after the answer is waited for. */
export async function ask<T = any>(method: string, path: string, { token, body, headers = {}, env: own = bindings, origin: at = origin, raw }: Ask = {}): Promise<Reply<T>> {
  const all = new Headers(headers)
  if (token !== undefined) all.set('authorization', `Bearer ${token}`)
  if (body !== undefined && !all.has('content-type')) all.set('content-type', 'application/json')
  const request = new Request(at + path, { method, headers: all, body: raw ?? (body === undefined ? undefined : JSON.stringify(body)) })
  const response = await send(request, own)
  const text = await response.text()
  if (response.ok && text.startsWith('{"success":true')) requireDescribedShape(method, path, (JSON.parse(text) as { data: unknown }).data)
  return { status: response.status, headers: response.headers, text, body: text.startsWith('{') ? JSON.parse(text) : null }
}

/** Every answer that a test sees must be what the route table says of it. */
function requireDescribedShape(method: string, path: string, data: unknown): void {
  const { pathname } = new URL(origin + path)
  const route = routes.find(candidate => candidate.method === method && new RegExp(`^${candidate.path.replace(/:\w+/g, '[^/]+')}$`).test(pathname))
  const result = route?.answer.safeParse(data)
  if (result?.success === false) throw new Error(`${method} ${path} answers another shape than it describes: ${result.error.message}`)
}

export async function send(request: Request, own: Bindings = bindings): Promise<Response> {
  const context = createExecutionContext()
  const response = await app.fetch(request, own, context)
  await waitOnExecutionContext(context)
  return response
}

let people = 0
export const somebody = (word = 'p'): string => `${word}-${(people += 1)}-${crypto.randomUUID().slice(0, 8)}@example.org`
export const goodPassword = 'correct horse battery'

export interface Person { token: string; refresh: string; email: string; studioId: string; userId: string; memberId: string; slug: string }

/** A new login that owns a new studio, as an API client. */
export async function signUp(options: { email?: string; studio?: string; env?: Bindings } = {}): Promise<Person> {
  const email = options.email ?? somebody()
  const reply = await ask('POST', '/api/auth/register', { env: options.env, body: { studio_name: options.studio ?? 'Test Studio', name: 'Pat', email, password: goodPassword, client: 'api' } })
  if (reply.status !== 201) throw new Error(`sign-up answered ${reply.status}: ${reply.text}`)
  return personOf(reply, email)
}

export function personOf(reply: Reply, email: string): Person {
  const { user, studio, access_token: token, refresh_token: refresh } = reply.body.data
  return { token, refresh, email, studioId: studio.id, userId: user.id, memberId: user.member_id, slug: studio.slug }
}
