// Serves the phone and mailbox pages, whose files the build has put into the bundle.

import { Hono } from 'hono'
import { files } from 'page:files'
import { readMail } from './sendgrid/routes.ts'
import type { World } from './world.ts'

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data: https: http:; media-src 'self' blob: https: http:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
const types: Record<string, string> = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' }

export function pageRoutes(world: World): Hono {
  const app = new Hono()
  app.get('/', () => file('phone.html'))
  app.get('/mailbox', () => file('mailbox.html'))
  app.get('/mailbox/:id/html', c => {
    const html = readMail(world, c.req.param('id'))
    if (html === undefined) return c.text('no such mail', 404)
    return new Response(`<base target="_blank">${html}`, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: http: data:; frame-ancestors 'self'" } })
  })
  app.get('/:name{(phone|mailbox)\\.(css|js)}', c => file(c.req.param('name')))
  return app
}

function file(name: string): Response {
  const body = files[name]
  if (body === undefined) return new Response('not found', { status: 404 })
  return new Response(body, {
    headers: { 'content-type': types[name.split('.').at(-1) ?? ''] ?? 'text/plain', 'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-cache' },
  })
}
