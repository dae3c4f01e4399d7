// The Graph API as WhatsApp's Cloud API shows it, under /simulator/graph.

import { Hono, type Context } from 'hono'
import type { FaultEffect } from '../faults.ts'
import { objectAt, parseObject, textAt, type Json } from '../json.ts'
import { findMedia } from '../media.ts'
import { providerCall, type Surface } from '../provider-call.ts'
import type { World } from '../world.ts'
import { ensureAccount, ensureWaba, findAccount, findWaba } from './accounts.ts'
import { GraphError, graphErrorResponse } from './errors.ts'
import { describeMedia, mediaBytes, uploadMedia } from './media-routes.ts'
import { describeNumber, listTemplates, page } from './resources.ts'
import { acceptSend } from './send.ts'
import { subscribe } from './subscriptions.ts'
import { hmac } from './webhook-body.ts'

type Graph = Context<Surface>

export function graphRoutes(world: World): Hono<Surface> {
  const app = new Hono<Surface>()
  app.use(providerCall(world, 'whatsapp', describe, refuse))
  app.use(async (c, next) => {
    if (!token(c).startsWith('sim-')) throw new GraphError(190)
    await checkProof(world, c)
    await next()
  })
  app.onError(error => {
    if (error instanceof GraphError) return graphErrorResponse(error.failure)
    console.error('simulator: graph', error)
    return graphErrorResponse({ code: 1, details: String(error) })
  })
  app.notFound(() => graphErrorResponse({ code: 100, subcode: 33, message: 'Unsupported request. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api', type: 'GraphMethodException' }))
  app.route('/media-bytes', mediaBytes(world))
  app.route('/:version{v[0-9]+\\.[0-9]+}', versioned(world))
  return app
}

function versioned(world: World): Hono<Surface> {
  const app = new Hono<Surface>()
  app.get('/debug_token', c => c.json({ data: { app_id: '1000000000000001', type: 'SYSTEM_USER', application: 'Studio OS', is_valid: (c.req.query('input_token') ?? '').startsWith('sim-'), expires_at: 0, issued_at: 1760000000, scopes: ['whatsapp_business_management', 'whatsapp_business_messaging'], user_id: '100000000000001' } }))
  app.get('/oauth/access_token', c => c.json({ access_token: `sim-${c.req.query('code') ?? crypto.randomUUID()}`, token_type: 'bearer' }))
  app.post('/:id/messages', async c => {
    const body = await readBody(c)
    return c.json(await acceptSend(world, ensureAccount(world, numeric(c), token(c)), body, c.get('effect')))
  })
  app.post('/:id/media', async c => c.json(await uploadMedia(world, ensureAccount(world, numeric(c), token(c)).phone_number_id, c.req.raw)))
  app.get('/:id/message_templates', c => c.json(listTemplates(ensureWaba(world, numeric(c), token(c)), c.req.query(), c.req.url)))
  app.get('/:id/phone_numbers', c => {
    ensureWaba(world, numeric(c), token(c))
    const numbers = world.store.all<{ phone_number_id: string }>('SELECT phone_number_id FROM accounts WHERE waba_id = ?', numeric(c))
    return c.json(page(numbers.map(row => describeNumber(ensureAccount(world, row.phone_number_id))), c.req.query(), c.req.url))
  })
  app.get('/:id/subscribed_apps', c => c.json({ data: ensureWaba(world, numeric(c), token(c)).subscribed ? [{ whatsapp_business_api_data: { id: '1000000000000001', name: 'Studio OS', link: 'https://www.facebook.com/games/?app_id=1000000000000001' } }] : [] }))
  app.post('/:id/subscribed_apps', async c => c.json(await subscribe(world, ensureWaba(world, numeric(c), token(c)), await readBody(c))))
  app.delete('/:id/subscribed_apps', c => {
    world.store.run('UPDATE wabas SET body = json_set(body, \'$.subscribed\', json(\'false\')) WHERE waba_id = ?', numeric(c))
    return c.json({ success: true })
  })
  app.get('/:id', c => getNode(world, c))
  app.post('/:id', async c => {
    const account = ensureAccount(world, numeric(c), token(c))
    const change = objectAt(await readBody(c), 'webhook_configuration')
    return c.json(await subscribe(world, account, change))
  })
  app.delete('/:id', c => {
    if (!findMedia(world, numeric(c))) throw unknownObject(c)
    world.store.run('DELETE FROM media WHERE id = ?', numeric(c))
    return c.json({ success: true })
  })
  return app
}

/** `GET /{id}` of a medium, a business account or, when neither knows the id, a phone number. */
function getNode(world: World, c: Graph): Response {
  const id = numeric(c)
  const media = findMedia(world, id)
  const asked = c.req.query('phone_number_id')
  if (media && asked && asked !== media.account) throw unknownObject(c)
  if (media) return c.json(describeMedia(world, media, new URL(c.req.url).origin))
  if (asked || world.store.first('SELECT 1 AS yes FROM media WHERE id = ?', id)) throw unknownObject(c)
  const waba = findAccount(world, id) ? undefined : findWaba(world, id)
  if (waba) return c.json({ id, name: waba.name, timezone_id: '1', message_template_namespace: 'sim_namespace', currency: 'EUR' })
  return c.json(describeNumber(ensureAccount(world, id, token(c)), c.req.query('fields')))
}

function numeric(c: Graph): string {
  const id = c.req.param('id') ?? ''
  if (!/^\d{3,30}$/.test(id)) throw unknownObject(c)
  return id
}

const unknownObject = (c: Graph): GraphError => new GraphError(100, undefined, {
  subcode: 33, type: 'GraphMethodException',
  message: `Unsupported ${c.req.method.toLowerCase()} request. Object with ID '${c.req.param('id')}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
})

/** `appsecret_proof`, when given, must be made with the number's own app secret, else the platform's. */
async function checkProof(world: World, c: Graph): Promise<void> {
  const proof = c.req.query('appsecret_proof')
  if (proof === undefined) return
  const id = new URL(c.req.url).pathname.split('/')[4] ?? ''
  const secret = findAccount(world, id)?.app_secret ?? world.env.META_APP_SECRET ?? ''
  if (proof !== await hmac('SHA-256', secret, token(c))) throw new GraphError(100, undefined, { message: 'Invalid appsecret_proof provided in the API argument' })
}

const token = (c: Graph): string => c.req.header('authorization')?.replace(/^(Bearer|OAuth) /i, '') ?? c.req.query('access_token') ?? ''

/** JSON, a form or query parameters: Graph takes all three. */
async function readBody(c: Graph): Promise<Json> {
  const type = c.req.header('content-type') ?? ''
  if (/form/.test(type)) return { ...c.req.query(), ...(await c.req.parseBody()) }
  const text = await c.req.text()
  const body = text === '' ? {} : parseObject(text)
  if (!body) throw new GraphError(100, 'The request body is not valid JSON')
  return { ...c.req.query(), ...body }
}

function describe(body: Json, path: string) {
  return { kind: path.endsWith('/messages') ? (body.status ? 'read' : textAt(body, 'type') ?? 'text') : undefined, account: path.split('/')[2], to: textAt(body, 'to') ?? textAt(body, 'recipient'), text: textAt(objectAt(body, 'text'), 'body') }
}

function refuse(effect: FaultEffect): Response {
  const { code, details, subcode, message, type } = effect.error ?? {}
  return graphErrorResponse({ code: Number(code ?? 131000), details, subcode, message, type, status: effect.http_status })
}
