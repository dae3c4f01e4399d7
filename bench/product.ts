// The product's driver: everything the benchmark knows about Studio OS stands in this one file.
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SocketPlan } from './load/listeners.ts'
import type { Target } from './load/load.ts'
import { type Server, startServer } from './processes.ts'
import type { Screen } from './ui/browser.ts'

export type Product = Server

/** A studio made for the benchmark: its owner's token and its WhatsApp number. */
export interface Studio { id: string; email: string; token: string; secret: string; phoneNumberId: string; integrationId: string; webhookUrl: string }

const PASSWORD = 'Bench-marks-8-seconds'
const NO_LIMITS = { RATE_LIMIT_PER_MINUTE: '100000000', LOGIN_LIMIT_PER_MINUTE: '100000000', SIGNUP_LIMIT_PER_HOUR: '100000000', LIVE_SOCKETS_PER_MEMBER: '100000' }
const START_PATIENCE_MS = 240_000
const READY_PATIENCE_MS = 60_000

/** Starts what `npm start` starts, on a free port, and waits until it says it is ready. */
export async function startProduct(state: string, env: Record<string, string>): Promise<Product> {
  const script = `${import.meta.dirname}/../scripts/start.mjs`
  const server = await startServer([script, '--port', String(await freePort()), '--state', state, '--no-demo'],
    { env: { ...NO_LIMITS, ...env }, patienceMs: START_PATIENCE_MS })
  const giveUp = Date.now() + READY_PATIENCE_MS
  while (!(await fetch(`${server.url}/api/ready`).catch(() => null))?.ok) {
    if (Date.now() > giveUp) { await server.stop(); throw new Error('the product never became ready') }
    await sleep(100)
  }
  return server
}

/** Registers a studio and connects a WhatsApp number whose webhooks are signed with its own app secret. */
export async function newStudio(product: Product, name: string, { connect } = { connect: true }): Promise<Studio> {
  const unique = `${name}-${crypto.randomUUID().slice(0, 8)}`
  const email = `${unique}@bench.example`
  const { access_token: token, studio } = await call<{ access_token: string; studio: { id: string } }>(product, 'POST', '/api/auth/register',
    { studio_name: unique, name: 'Bench Owner', email, password: PASSWORD })
  const phoneNumberId = String(Math.floor(1e14 + Math.random() * 9e14))
  const secret = crypto.randomUUID().replaceAll('-', '')
  const studioOnly = { id: studio.id, email, token, secret, phoneNumberId, integrationId: '', webhookUrl: '' }
  if (!connect) return studioOnly
  // As at Meta, the provider must know the secret before an app proves itself with it.
  await fetch(`${product.url}/simulator/api/whatsapp/${phoneNumberId}`, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ app_secret: secret }) })
  const integration = await call<{ id: string }>(product, 'POST', '/api/integrations/connect/whatsapp',
    { credentials: { phone_number_id: phoneNumberId, waba_id: '102290129340398', access_token: `sim-${unique}`, app_secret: secret } }, token)
  return { ...studioOnly, integrationId: integration.id, webhookUrl: `${product.url}/api/integrations/webhook/whatsapp/${integration.id}` }
}

/** The studio as the load generator sees it; each socket costs a ticket that lives 30 s, so open it at once. */
export async function productTarget(name: string, product: Product, studio: Studio, sockets: number): Promise<Target> {
  return {
    name,
    sender: { url: studio.webhookUrl, secret: studio.secret, phoneNumberId: studio.phoneNumberId, contacts: 100 },
    sockets: await Promise.all(Array.from({ length: sockets }, () => socketPlan(product, studio))),
  }
}

/** One call of the API; answers `data`, throws with the error's code and message. */
export async function call<T>(product: Product, method: string, path: string, body?: unknown, token?: string): Promise<T> {
  const response = await fetch(product.url + path, {
    method,
    headers: { ...(body ? { 'Content-Type': 'application/json' } : {}), ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
  return (JSON.parse(text) as { data: T }).data
}

/** The three reads a person does all day; the caller times them, body included. */
export const reads = {
  list: (product: Product, studio: Studio, page: number) => read(product, studio, `/api/conversations?status=open&per_page=50&page=${page}`),
  thread: (product: Product, studio: Studio, conversation: string) => read(product, studio, `/api/conversations/${conversation}/messages?limit=50`),
  search: (product: Product, studio: Studio, words: string) => read(product, studio, `/api/search?q=${encodeURIComponent(words)}`),
}

/** The inbox as a browser sees it, logged in as the studio's owner. */
export function inboxScreen(product: Product, studio: Studio, send: (text: string) => Promise<void>): Screen {
  return {
    url: `${product.url}/inbox`, row: 'a.conv', thread: '.thread-place', send,
    textOf: ({ text }) => /#\d{8}|event-[0-9a-f]{8}/.exec(text)![0],
    async enter(page) {
      const response = await page.request.post(`${product.url}/api/auth/login`, { data: { email: studio.email, password: PASSWORD }, headers: { Origin: product.url } })
      if (!response.ok()) throw new Error(`login answered ${response.status()}`)
    },
  }
}

/** Every number of /metrics.json by its path, `a.b{…}` as the product names it. */
export async function metrics(product: Product): Promise<Record<string, number>> {
  const flat: Record<string, number> = {}
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'number') flat[path] = value
    else if (value && typeof value === 'object') for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key)
  }
  walk(await (await fetch(`${product.url}/metrics.json`)).json(), '')
  return flat
}

/** The sum of all metrics whose path holds `name`; an error when there is none. */
export function counter(all: Record<string, number>, name: string): number {
  const found = Object.entries(all).filter(([path]) => path.includes(name))
  if (!found.length) throw new Error(`/metrics.json has no ${name}`)
  return found.reduce((sum, [, value]) => sum + value, 0)
}

/** Connects the studio to a model that speaks OpenAI's protocol and lets it work on every message. */
export async function useModel(product: Product, studio: Studio): Promise<void> {
  await call(product, 'POST', '/api/llm/providers/openai/configure', { api_key: 'bench-key', model: 'gpt-bench', active: true }, studio.token)
  await call(product, 'PUT', '/api/ai-settings', { provider: 'openai', draft_on_inbound: true, score_on_inbound: true }, studio.token)
}

/** How many thinking jobs of the studio still wait. */
export async function thinkingDue(product: Product, studio: Studio): Promise<number> {
  const response = await read(product, studio, '/api/jobs?state=due&kind=think&per_page=1')
  if (!response.ok) throw new Error(`/api/jobs answered ${response.status}`)
  return ((await response.json()) as { pagination: { total: number } }).pagination.total
}

function read(product: Product, studio: Studio, path: string): Promise<Response> {
  return fetch(product.url + path, { headers: { Authorization: `Bearer ${studio.token}` } })
}

async function socketPlan(product: Product, studio: Studio): Promise<SocketPlan> {
  const { ticket } = await call<{ ticket: string }>(product, 'POST', '/api/live/ticket', undefined, studio.token)
  return {
    url: `${product.url.replace('http', 'ws')}/api/live?ticket=${encodeURIComponent(ticket)}`,
    origin: product.url, hello: '{"type":"hello","epoch":null,"seq":0}',
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
