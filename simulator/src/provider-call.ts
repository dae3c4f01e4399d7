// Middleware before every provider surface: logs the call without its secrets and lets fault rules act on it.

import type { Context, MiddlewareHandler } from 'hono'
import { takeFault, type Call, type FaultEffect } from './faults.ts'
import { parseObject, type Json } from './json.ts'
import type { World } from './world.ts'

export type Surface = { Variables: { effect: FaultEffect } }

const LOGGED_BODY = 20_000
const KEPT_REQUESTS = 20_000

/** @param describe what fault rules can match besides path and method. @param refuse the provider's own error shape. */
export function providerCall(world: World, provider: string,
  describe: (body: Json, path: string) => Partial<Call>, refuse: (effect: FaultEffect) => Response): MiddlewareHandler<Surface> {
  return async (c, next) => {
    const path = new URL(c.req.url).pathname.replace(/^\/simulator\/[a-z]+/, '')
    const text = (c.req.header('content-type') ?? '').startsWith('multipart/') ? '' : await c.req.raw.clone().text()
    const effect = takeFault(world.store, { provider, method: c.req.method, path, ...describe(parseObject(text) ?? {}, path) })
    c.set('effect', effect)
    if (effect.delay_ms && effect.drop !== 'hang') await scheduler.wait(effect.delay_ms)
    if (effect.error || effect.body !== undefined || (effect.http_status && !effect.drop)) {
      c.res = effect.body !== undefined ? new Response(effect.body, { status: effect.http_status ?? 200 }) : refuse(effect)
      if (effect.retry_after !== undefined) c.res.headers.set('Retry-After', String(effect.retry_after))
    } else {
      await next()
      if (effect.drop) c.res = await lost(effect)
    }
    log(world, provider, c, text)
  }
}

/** The answer that never came, after the call itself was carried out. */
async function lost(effect: FaultEffect): Promise<Response> {
  if (effect.drop === 'hang') await scheduler.wait(effect.delay_ms ?? 30_000)
  if (effect.drop !== 'cut') return new Response('upstream connect error or disconnect/reset before headers', { status: effect.http_status ?? 500 })
  // A stream that fails reaches the caller as one that ends early; ending early says it without noise.
  return new Response('{"messaging_product":', { headers: { 'content-type': 'application/json' } })
}

function log(world: World, provider: string, c: Context<Surface>, text: string): void {
  const url = new URL(c.req.url)
  for (const key of ['access_token', 'client_secret', 'input_token', 'key', 'hash']) if (url.searchParams.has(key)) url.searchParams.set(key, 'redacted')
  const headers: Record<string, string> = {}
  c.req.raw.headers.forEach((value, key) => { headers[key] = /authorization|key|token|cookie|secret/.test(key) ? `${value.slice(0, 7)}…redacted` : value })
  const row = world.store.first<{ n: number }>(
    'INSERT INTO requests (at, provider, method, path, headers, body, status) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING n',
    Date.now(), provider, c.req.method, url.pathname + url.search, JSON.stringify(headers), text.slice(0, LOGGED_BODY), c.res.status)
  if (row && row.n % 500 === 0) world.store.run('DELETE FROM requests WHERE n <= ?', row.n - KEPT_REQUESTS)
}
