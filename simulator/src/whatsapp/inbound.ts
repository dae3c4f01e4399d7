// A customer acts: the message is built, shown on the phone, and told to the product by a webhook.

import { isObject, numberAt, objectAt, textAt, type Json } from '../json.ts'
import { ensurePersona, findPersona, putPersona, type Persona } from '../personas.ts'
import type { World } from '../world.ts'
import type { Account } from './accounts.ts'
import { addBubble, changePair, findBubble, newWamid, saveBubble } from './chat.ts'
import { deliver, metadata, type Delivery } from './delivery.ts'
import { eventOf } from './inbound-events.ts'
import { contentOf, seconds } from './inbound-content.ts'
import type { Change } from './webhook-body.ts'

export interface Sent {
  wamid: string
  change: Change
  persona: Persona
}

/** Builds, stores and delivers one inbound spec (`kind` and its fields, see the README). */
export async function sendInbound(world: World, account: Account, spec: Json): Promise<{ wamid: string; persona: string; webhook: Delivery; duplicates: Delivery[] } | { error: string }> {
  const sent = await buildInbound(world, account, spec)
  if ('error' in sent) return sent
  if (spec.deliver === false) return { wamid: sent.wamid, persona: sent.persona.id, webhook: { status: -1, ms: 0, answer: 'not asked' }, duplicates: [] }
  const webhook = await deliver(world, account, [sent.change])
  const duplicates: Delivery[] = []
  for (let copy = 0; copy < (numberAt(spec, 'duplicate') ?? 0); copy++) duplicates.push(await deliver(world, account, [sent.change]))
  return { wamid: sent.wamid, persona: sent.persona.id, webhook, duplicates }
}

/** The webhook change of a spec, with its effect on the phone already made. */
export async function buildInbound(world: World, account: Account, spec: Json): Promise<Sent | { error: string }> {
  const key = textAt(spec, 'persona') ?? textAt(spec, 'from')
  if (!key) return { error: 'persona or from is required' }
  const persona = ensurePersona(world, key, textAt(spec, 'name'))
  const wamid = textAt(spec, 'wamid') ?? newWamid()
  const event = eventOf(account, persona, wamid, spec)
  if (event) return { wamid, change: event, persona }
  const content = await contentOf(world, account.phone_number_id, { previous_user_id: persona.user_id, ...spec })
  if (!content) return { error: `unknown kind ${textAt(spec, 'kind')}` }
  const system = content.type === 'system'
  const message: Json = { id: wamid, timestamp: textAt(spec, 'timestamp') ?? seconds(), ...(content.type ? { type: content.type } : {}), ...content.parts, ...around(spec, world, account), ...sender(spec, persona, system) }
  const value: Json = { messaging_product: 'whatsapp', metadata: metadata(account), ...(system || spec.no_contacts === true ? {} : { contacts: [contact(spec, persona)] }), messages: [message] }
  showOnPhone(world, account, persona, wamid, content.type ?? 'unknown', content.parts, spec)
  return { wamid, change: { field: textAt(spec, 'field') ?? 'messages', value }, persona }
}

/** Sender fields: phones are left out for people with a username, the BSUID never is unless asked. */
function sender(spec: Json, persona: Persona, system: boolean): Json {
  if (system) return spec.no_from === true ? {} : { from: persona.phone }
  const fields: Json = {}
  if (spec.bsuid_in_from === true) fields.from = persona.user_id
  else if (!hidden(spec, persona)) fields.from = persona.phone
  if (spec.no_bsuid !== true) fields.from_user_id = persona.user_id
  if (textAt(spec, 'group_id')) fields.group_id = spec.group_id
  return fields
}

export function contact(spec: Json, persona: Persona): Json {
  return {
    profile: { name: persona.name, ...(persona.username ? { username: persona.username } : {}) },
    ...(hidden(spec, persona) ? {} : { wa_id: persona.phone }), ...(spec.no_bsuid === true ? {} : { user_id: persona.user_id }),
  }
}

const hidden = (spec: Json, persona: Persona): boolean => typeof spec.hide_phone === 'boolean' ? spec.hide_phone : persona.hide_phone === true

/** What may stand around any content: reply, forward, referral from an ad, referred product. */
function around(spec: Json, world: World, account: Account): Json {
  const replyTo = textAt(spec, 'reply_to')
  const context: Json = { ...objectAt(spec, 'context') }
  if (replyTo) Object.assign(context, { from: author(world, account, replyTo), id: replyTo })
  if (spec.forwarded === true) context.forwarded = true
  if (spec.forwarded === 'frequently') context.frequently_forwarded = true
  if (isObject(spec.referred_product)) context.referred_product = spec.referred_product
  const referral = spec.referral === true ? ad : isObject(spec.referral) ? { ...ad, ...spec.referral } : undefined
  return { ...(Object.keys(context).length ? { context } : {}), ...(referral ? { referral } : {}) }
}

/** Who wrote the quoted message: the business's number, or the customer quoting themselves. */
function author(world: World, account: Account, id: string): string {
  const quoted = findBubble(world, id)
  return quoted?.direction === 'in' ? findPersona(world, quoted.persona)?.phone ?? '' : account.display_phone_number
}

const ad: Json = {
  source_url: 'https://fb.me/3cr4Wqqkv', source_id: '120226305854810726', source_type: 'ad', headline: 'Free trial class', body: 'Learn salsa in four weeks. First class is free!',
  media_type: 'image', image_url: 'https://scontent.xx.fbcdn.net/v/t45.1.jpg', ctwa_clid: 'Aff-n8ZTODiE79d22KtAwQKj9e_mIEOOj27vDVwFjN80dp4_0NiNhEgpGo0AHemvuSoifXaytfTzcchptiErTKCqTrJ5nW1h7IHYeYymGb5K5J5iss',
  welcome_message: { text: 'Hi! Please let us know how we can help you.' },
}

/** The phone's own view of what the customer just did; edits, deletions and reactions change an older bubble. */
function showOnPhone(world: World, account: Account, persona: Persona, wamid: string, type: string, parts: Json, spec: Json): void {
  const body: Json = { type, ...parts }
  const target = findBubble(world, textAt(objectAt(parts, type), type === 'reaction' ? 'message_id' : 'original_message_id') ?? '')
  if (type === 'edit' && target) saveBubble(world, { ...target, body: { type: 'text', text: objectAt(objectAt(objectAt(parts, 'edit'), 'message'), 'text') }, meta: { ...target.meta, edited: true } })
  if (type === 'revoke' && target) saveBubble(world, { ...target, meta: { ...target.meta, deleted: true } })
  if (type === 'reaction' && target) {
    const { in: _old, ...others } = target.meta.reactions ?? {}
    const emoji = textAt(objectAt(parts, 'reaction'), 'emoji')
    saveBubble(world, { ...target, meta: { ...target.meta, reactions: emoji ? { ...others, in: emoji } : others } })
  }
  if (type === 'system' && textAt(spec, 'new_phone')) putPersona(world, persona.id, { phone: textAt(spec, 'new_phone') })
  if (type === 'system' && textAt(spec, 'user_id')) putPersona(world, persona.id, { user_id: textAt(spec, 'user_id') })
  if (findBubble(world, wamid)) return
  addBubble(world, { id: wamid, account: account.phone_number_id, persona: persona.id, direction: 'in', at: Date.now(), kind: type, status: 'sent', body, meta: { reply_to: textAt(spec, 'reply_to') } })
  changePair(world, account.phone_number_id, persona.id, { last_inbound: Date.now() })
}
