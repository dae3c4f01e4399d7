// SendGrid's mail/send under /simulator/sendgrid, which fills the mailbox page.

import { Hono } from 'hono'
import type { FaultEffect } from '../faults.ts'
import { isObject, listAt, objectAt, parseObject, textAt, type Json } from '../json.ts'
import { providerCall, type Surface } from '../provider-call.ts'
import type { World } from '../world.ts'

const MOST_BYTES = 30_000_000

export function sendgridRoutes(world: World): Hono<Surface> {
  const app = new Hono<Surface>()
  app.use(providerCall(world, 'sendgrid', body => ({ kind: 'mail', text: textAt(body, 'subject'), to: recipients(body).join(',') }), refuse))
  app.use(async (c, next) => {
    if (!/^Bearer SG\.sim/.test(c.req.header('authorization') ?? '')) return errors(401, 'The provided authorization grant is invalid, expired, or revoked', null)
    return next()
  })
  app.get('/v3/scopes', c => c.json({ scopes: ['mail.send', 'user.webhooks.parse.settings.read'] }))
  app.get('/v3/verified_senders', c => c.json({ results: [{ id: 1, from_email: 'studio@studio.example', verified: true }] }))
  app.post('/v3/mail/send', async c => {
    const text = await c.req.text()
    if (text.length > MOST_BYTES) return errors(413, 'Payload too large', null)
    const mail = parseObject(text)
    return check(mail) ?? store(world, mail ?? {})
  })
  app.notFound(() => errors(404, 'not found', null))
  return app
}

/** Mails newest first, each as it was posted plus `id`, `at` (ISO) and the links found in it. */
export function readMailbox(world: World, to: string | undefined, limit = 100): Json[] {
  return world.store.all<{ id: string; at: number; body: string }>('SELECT id, at, body FROM mails ORDER BY n DESC LIMIT 2000')
    .map(row => describe(row.id, row.at, JSON.parse(row.body)))
    .filter(mail => !to || listAt(mail, 'to').includes(to)).slice(0, limit)
}

/** The HTML of one mail (its text, escaped, when it has none), or undefined. */
export function readMail(world: World, id: string): string | undefined {
  const row = world.store.first<{ at: number; body: string }>('SELECT at, body FROM mails WHERE id = ?', id)
  if (!row) return undefined
  const mail = describe(id, row.at, JSON.parse(row.body))
  return textAt(mail, 'html') || `<pre>${(textAt(mail, 'text') ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`
}

function store(world: World, mail: Json): Response {
  const id = `${crypto.randomUUID().replaceAll('-', '').slice(0, 22)}`
  const at = Date.now()
  world.store.run('INSERT INTO mails (at, id, body) VALUES (?, ?, ?)', at, id, JSON.stringify(mail))
  const args = { ...objectAt(mail, 'custom_args'), ...objectAt(listAt(mail, 'personalizations').find(isObject) ?? {}, 'custom_args') }
  const tag = Object.values(args).find(value => typeof value === 'string')
  world.store.run('INSERT INTO sends (at, provider, account, recipient, kind, id, tag, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    at, 'sendgrid', textAt(objectAt(mail, 'from'), 'email') ?? '', recipients(mail).join(','), 'mail', id, typeof tag === 'string' ? tag : null, JSON.stringify(mail).slice(0, 100_000))
  return new Response(null, { status: 202, headers: { 'X-Message-Id': id } })
}

function check(mail: Json | undefined): Response | undefined {
  if (!mail) return errors(400, 'Bad Request', null)
  const people = listAt(mail, 'personalizations').filter(isObject)
  if (people.length === 0) return errors(400, 'The personalizations field is required and must have at least one personalization.', 'personalizations')
  const all = recipients(mail)
  if (all.length === 0) return errors(400, 'The to array is required for all personalization objects, and must have at least one email object with a valid email address.', 'personalizations.0.to')
  if (all.some(address => !/^[^\s@]+@[^\s@]+$/.test(address))) return errors(400, 'Does not contain a valid address.', 'personalizations.0.to.0.email')
  if (new Set(all.map(address => address.toLowerCase())).size < all.length) return errors(400, 'Each email address in the personalization block should be unique between to, cc, and bcc.', 'personalizations.0')
  if (!textAt(objectAt(mail, 'from'), 'email')) return errors(400, 'The from object must be provided for every email send. It is an object that requires the email parameter, but may also contain a name parameter.', 'from.email')
  if (!textAt(mail, 'subject') && people.some(person => !textAt(person, 'subject')) && !textAt(mail, 'template_id')) return errors(400, 'The subject is required.', 'subject')
  const types = listAt(mail, 'content').filter(isObject).map(part => textAt(part, 'type'))
  if (types.length === 0 && !textAt(mail, 'template_id')) return errors(400, 'Unless a valid template_id is provided, the content parameter is required.', 'content')
  if (types.includes('text/plain') && types.indexOf('text/plain') > 0) return errors(400, 'If present, text/plain and text/html may only be provided once, and text/plain must be first.', 'content')
  return undefined
}

const recipients = (mail: Json): string[] =>
  listAt(mail, 'personalizations').filter(isObject).flatMap(person => ['to', 'cc', 'bcc'].flatMap(kind => listAt(person, kind)))
    .filter(isObject).map(address => textAt(address, 'email') ?? '')

function describe(id: string, at: number, mail: Json): Json {
  const parts = listAt(mail, 'content').filter(isObject)
  const of = (type: string) => textAt(parts.find(part => part.type === type) ?? {}, 'value') ?? ''
  const links = [...new Set(`${of('text/plain')}\n${of('text/html').replaceAll('&amp;', '&')}`.match(/https?:\/\/[^\s"'<>)]+/g) ?? [])]
  return { id, at: new Date(at).toISOString(), to: recipients(mail), from: textAt(objectAt(mail, 'from'), 'email'), subject: textAt(mail, 'subject') ?? '', text: of('text/plain'), html: of('text/html'), links, raw: mail }
}

const errors = (status: number, message: string, field: string | null): Response => Response.json({ errors: [{ message, field, help: null }] }, { status })

const refuse = (effect: FaultEffect): Response => errors(effect.http_status ?? 400, effect.error?.message ?? 'Something went wrong', null)
