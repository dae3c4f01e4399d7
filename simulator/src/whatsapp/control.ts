// The control API of WhatsApp: numbers, inbound of every kind, the phone's view, held statuses.

import { Hono } from 'hono'
import { isObject, listAt, numberAt, textAt, type Json } from '../json.ts'
import { putMedia, readMedia, findMedia } from '../media.ts'
import { ensurePersona } from '../personas.ts'
import { toOgg } from '../voice-note.ts'
import type { World } from '../world.ts'
import { changeAccount, ensureAccount, ensureWaba, findWaba, listAccounts, saveWaba, type Waba } from './accounts.ts'
import { changePair, findBubble, listChat, readPair } from './chat.ts'
import { deliver, deliverBody, webhookUrl } from './delivery.ts'
import { eventKinds } from './inbound-events.ts'
import { messageKinds } from './inbound-content.ts'
import { buildInbound, sendInbound, type Sent } from './inbound.ts'
import { order, readAll, tellStatus } from './statuses.ts'
import { handshake } from './subscriptions.ts'
import { escapeAsMeta, type Change } from './webhook-body.ts'

const OPEN_MS = 5_000

export function whatsappControl(world: World): Hono {
  const app = new Hono()
  const bodyOf = async (request: Request): Promise<Json> => {
    const value: unknown = await request.json().catch(() => ({}))
    return isObject(value) ? value : {}
  }
  app.get('/', c => c.json({ data: listAccounts(world).map(account => ({ ...account, token: undefined, app_secret: account.app_secret ? 'set' : undefined, webhook_url: webhookUrl(world, account), subscribed: findWaba(world, account.waba_id)?.subscribed ?? false })) }))
  app.get('/kinds', c => c.json({ messages: messageKinds, events: eventKinds }))
  app.get('/phones/:customer', c => c.json({ data: chatsOf(world, ensurePersona(world, c.req.param('customer')).id) }))
  app.put('/:number', async c => c.json(changeAccount(world, c.req.param('number'), await bodyOf(c.req.raw))))
  app.put('/wabas/:waba/templates', async c => {
    const waba = ensureWaba(world, c.req.param('waba'))
    saveWaba(world, { ...waba, templates: listAt(await bodyOf(c.req.raw), 'templates') as Waba['templates'] })
    return c.json({ ok: true })
  })
  app.post('/:number/inbound', async c => {
    const result = await sendInbound(world, ensureAccount(world, c.req.param('number')), await bodyOf(c.req.raw))
    return c.json(result, 'error' in result ? 422 : 200)
  })
  app.post('/:number/batch', async c => {
    const account = ensureAccount(world, c.req.param('number'))
    const body = await bodyOf(c.req.raw)
    const built: Sent[] = []
    for (const spec of listAt(body, 'events').filter(isObject)) {
      const sent = await buildInbound(world, account, spec)
      if ('error' in sent) return c.json(sent, 422)
      built.push(sent)
    }
    const changes = built.map(sent => sent.change)
    const layout = textAt(body, 'layout') ?? 'changes'
    const webhook = await deliver(world, account, layout === 'messages' ? [merge(changes)] : changes, layout === 'entries')
    return c.json({ wamids: built.map(sent => sent.wamid), webhook })
  })
  app.post('/:number/raw', async c => {
    const body = await bodyOf(c.req.raw)
    const text = textAt(body, 'text') ?? escapeAsMeta(body.json ?? {})
    return c.json({ webhook: await deliverBody(world, ensureAccount(world, c.req.param('number')), 'raw', text) })
  })
  app.post('/:number/handshake', async c => {
    const account = ensureAccount(world, c.req.param('number'))
    const body = await bodyOf(c.req.raw)
    return c.json(await handshake(world, textAt(body, 'url') ?? webhookUrl(world, account), textAt(body, 'verify_token') ?? world.env.META_VERIFY_TOKEN ?? ''))
  })
  app.post('/:number/media', async c => {
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const mime = c.req.header('content-type') ?? 'application/octet-stream'
    const ogg = mime.startsWith('audio/webm') ? toOgg(bytes) : undefined
    const media = await putMedia(world, c.req.param('number'), ogg ?? bytes, ogg ? 'audio/ogg; codecs=opus' : mime, c.req.query('filename') ?? null, 7)
    return c.json({ media_id: media.id, sha256: media.sha256, size: media.size })
  })
  app.get('/:number/media/:id', c => {
    const media = findMedia(world, c.req.param('id'))
    if (!media) return c.json({ error: 'no such media' }, 404)
    return new Response(readMedia(world, media.id), { headers: { 'content-type': media.mime, 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'" } })
  })
  app.get('/:number/chat/:customer', c => {
    const persona = ensurePersona(world, c.req.param('customer'))
    const pair = readPair(world, c.req.param('number'), persona.id)
    return c.json({ persona, window_until: pair.last_inbound ? pair.last_inbound + 86_400_000 : null, typing: pair.typing_until > Date.now(), messages: listChat(world, c.req.param('number'), persona.id, Number(c.req.query('limit') ?? 300)) })
  })
  app.post('/:number/chat/:customer/open', async c => {
    const persona = ensurePersona(world, c.req.param('customer'))
    changePair(world, c.req.param('number'), persona.id, { open_until: Date.now() + OPEN_MS })
    return c.json({ read: await readAll(world, c.req.param('number'), persona.id) })
  })
  app.post('/:number/chat/:customer/window', async c => {
    const persona = ensurePersona(world, c.req.param('customer'))
    changePair(world, c.req.param('number'), persona.id, { last_inbound: (await bodyOf(c.req.raw)).open === false ? 0 : Date.now() })
    return c.json({ ok: true })
  })
  app.post('/:number/status', async c => {
    const body = await bodyOf(c.req.raw)
    const bubble = findBubble(world, textAt(body, 'message_id') ?? '')
    if (!bubble) return c.json({ error: 'no such message' }, 404)
    await tellStatus(world, bubble, textAt(body, 'status') ?? 'read', numberAt(body, 'code'))
    return c.json({ ok: true })
  })
  app.post('/:number/release', async c => {
    const account = ensureAccount(world, c.req.param('number'))
    const body = await bodyOf(c.req.raw)
    const held = world.store.all<{ body: string }>('SELECT body FROM held WHERE account = ? ORDER BY n', account.phone_number_id).map((row): Change => ({ field: 'messages', value: JSON.parse(row.body) }))
    world.store.run('DELETE FROM held WHERE account = ?', account.phone_number_id)
    if (body.order === 'reverse') held.reverse()
    if (body.batch === true && held.length > 0) return c.json({ released: held.length, webhooks: [await deliver(world, account, held)] })
    const webhooks = []
    for (const change of held) webhooks.push(await deliver(world, account, [change]))
    return c.json({ released: held.length, webhooks })
  })
  return app
}

/** A phone's list of chats: every number there is, with the last bubble and how many have not been read. */
function chatsOf(world: World, persona: string): Json[] {
  return listAccounts(world).map(account => {
    const bubbles = listChat(world, account.phone_number_id, persona, 50).filter(bubble => bubble.direction === 'in' || order.indexOf(bubble.status) >= order.indexOf('delivered'))
    return {
      phone_number_id: account.phone_number_id, verified_name: account.verified_name, display_phone_number: account.display_phone_number,
      last: bubbles.at(-1) ?? null, unread: bubbles.filter(bubble => bubble.direction === 'out' && bubble.status === 'delivered').length,
    }
  })
}

/** Several messages in one `value`, contacts once per sender and in another order than the messages. */
function merge(changes: Change[]): Change {
  const contacts = new Map(changes.flatMap(change => listAt(change.value, 'contacts')).map(contact => [JSON.stringify(contact), contact]))
  const first = changes[0]
  return { field: first?.field ?? 'messages', value: { ...first?.value, contacts: [...contacts.values()].reverse(), messages: changes.flatMap(change => listAt(change.value, 'messages')) } }
}
