// The Pages Function: which path goes where, and what every page carries.
import { describe, expect, it } from 'vitest'
import { onRequest } from '../../../web/functions/[[path]].ts'

/** An asset server that knows two files and answers everything else with index.html, as Pages does. */
const assets = { fetch: async (request: Request) => {
  const { pathname } = new URL(request.url)
  if (pathname === '/assets/index-abc123.js') return new Response('js', { headers: { 'Content-Type': 'text/javascript' } })
  return new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } })
} }
const names = (name: string) => ({ fetch: async (request: Request) => new Response(`${name} ${new URL(request.url).pathname}`) })
const get = (path: string, options: { method?: string; simulator?: boolean } = {}) =>
  onRequest({ request: new Request(`https://studio.test${path}`, { method: options.method ?? 'GET' }), env: { API: names('api'), ASSETS: assets, ...(options.simulator ? { SIMULATOR: names('simulator') } : {}) } })

describe('the one origin', () => {
  it.each(['/api', '/api/conversations', '/s/luna', '/widget.js', '/metrics', '/metrics.json'])('hands %s to the Worker', async path => {
    expect(await (await get(path)).text()).toBe(`api ${path}`)
  })

  it('passes the very request object on, so that an upgrade stays an upgrade', async () => {
    const request = new Request('https://studio.test/api/live?ticket=t', { headers: { Upgrade: 'websocket' } })
    let passed: Request | null = null
    await onRequest({ request, env: { ASSETS: assets, API: { fetch: async got => { passed = got; return new Response() } } } })
    expect(passed).toBe(request)
  })

  it.each(['/apix', '/metricsx', '/widget.js.map/x', '/sx'])('keeps %s, which only looks like the Worker’s', async path => {
    expect(await (await get(path)).text()).toBe('<!doctype html>')
  })

  it('reaches the simulator only where one is bound', async () => {
    expect(await (await get('/simulator/api/people', { simulator: true })).text()).toBe('simulator /simulator/api/people')
    expect(await (await get('/simulator')).text()).toBe('<!doctype html>')
  })
})

describe('a page', () => {
  it('is index.html at every address of the app, never cached unasked', async () => {
    const page = await get('/inbox/cnv_1')
    expect([page.status, page.headers.get('Cache-Control')]).toEqual([200, 'no-cache'])
  })

  it('carries a policy without inline script or style, and may not be framed', async () => {
    for (const path of ['/', '/assets/index-abc123.js', '/assets/gone.js']) {
      const { headers } = await get(path)
      const policy = headers.get('Content-Security-Policy') ?? ''
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|\*/)
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Strict-Transport-Security')).toMatch(/max-age=\d{8}/)
      expect(headers.get('Referrer-Policy')).toBe('same-origin')
    }
  })

  it('keeps hashed files for a year and says 404 for missing ones instead of handing out the page', async () => {
    expect((await get('/assets/index-abc123.js')).headers.get('Cache-Control')).toContain('immutable')
    const gone = await get('/assets/gone.js')
    expect([gone.status, gone.headers.get('Content-Type'), gone.headers.get('Cache-Control')]).toEqual([404, 'text/plain; charset=utf-8', 'no-store'])
  })

  it('takes no writes', async () => {
    const answer = await get('/inbox', { method: 'POST' })
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET, HEAD'])
  })
})
