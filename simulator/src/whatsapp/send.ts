// POST /{phone_number_id}/messages: checks what the business wants to send, accepts it, and starts its statuses.

import type { FaultEffect } from '../faults.ts'
import { isObject, objectAt, textAt, type Json } from '../json.ts'
import { ensurePersona, isBsuid, waId, type Persona } from '../personas.ts'
import { readSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { ensureWaba, type Account } from './accounts.ts'
import { addBubble, changePair, findBubble, newWamid, readPair, saveBubble, type Bubble } from './chat.ts'
import { GraphError } from './errors.ts'
import { startStatuses } from './statuses.ts'
import { checkContent, type SendKind } from './validate-message.ts'
import { checkTemplate } from './validate-template.ts'

const DAY_MS = 86_400_000
const kinds: SendKind[] = ['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'interactive', 'reaction', 'template']

/** Answers Graph's body. Throws GraphError as Graph would refuse. */
export async function acceptSend(world: World, account: Account, body: Json, effect: FaultEffect): Promise<Json> {
  if (body.messaging_product !== 'whatsapp') throw new GraphError(100, 'The parameter messaging_product is required.', { message: '(#100) The parameter messaging_product is required.' })
  if (body.status !== undefined) return markRead(world, account, body)
  const { persona, input, byBsuid } = recipient(world, account, body)
  const kind = kinds.find(known => known === (textAt(body, 'type') ?? 'text'))
  if (!kind) throw new GraphError(131051, `Unsupported message type: ${textAt(body, 'type')}`)
  const tag = textAt(body, 'biz_opaque_callback_data')
  if (tag !== undefined && tag.length > 512) throw new GraphError(131009, 'biz_opaque_callback_data must be at most 512 characters long')
  checkRates(world, account.phone_number_id, byBsuid ? persona.user_id : persona.phone)
  const template = kind === 'template' ? checkTemplate(ensureWaba(world, account.waba_id).templates, objectAt(body, 'template'), byBsuid) : undefined
  if (!template) checkContent(world, kind, body)

  const closed = !template && readPair(world, account.phone_number_id, persona.id).last_inbound < Date.now() - DAY_MS
  if (closed && readSettings(world.store).window_error === 'http') {
    throw new GraphError(131047, 'Message failed to send because more than 24 hours have passed since the customer last replied to this number.')
  }
  const bubble: Bubble = {
    id: newWamid(), account: account.phone_number_id, persona: persona.id, direction: 'out', at: Date.now(), kind, status: 'accepted',
    body: { type: kind, [kind]: body[kind], ...(template ? { rendered: template.rendered, buttons: template.buttons } : {}) },
    meta: {
      tag, input, by_bsuid: byBsuid || undefined, reply_to: textAt(objectAt(body, 'context'), 'message_id'), category: template?.category.toLowerCase(),
      duplicate: effect.duplicate, reorder: effect.reorder, hold: effect.hold_statuses,
    },
  }
  if (kind === 'reaction') react(world, objectAt(body, 'reaction'))
  addBubble(world, bubble)
  changePair(world, account.phone_number_id, persona.id, { typing_until: 0 })
  world.store.run('INSERT INTO sends (at, provider, account, recipient, kind, id, tag, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    bubble.at, 'whatsapp', account.phone_number_id, byBsuid ? persona.user_id : persona.phone, kind, bubble.id, tag ?? null, JSON.stringify(body))
  await startStatuses(world, bubble, closed ? 131047 : effect.fail_status)
  return {
    messaging_product: 'whatsapp',
    contacts: [byBsuid ? { input, user_id: persona.user_id } : { input, wa_id: persona.phone }],
    messages: [{ id: bubble.id, ...(template ? { message_status: 'accepted' } : {}) }],
  }
}

/** Meta's rates, when the settings ask for them. */
function checkRates(world: World, account: string, to: string): void {
  const { throughput_per_second: perSecond, pair_burst: burst } = readSettings(world.store)
  const count = (where: string, ...values: (string | number)[]) => world.store.first<{ n: number }>(`SELECT COUNT(*) AS n FROM sends WHERE account = ? AND ${where}`, account, ...values)?.n ?? 0
  if (perSecond > 0 && count('at > ?', Date.now() - 1_000) >= perSecond) throw new GraphError(130429, 'Cloud API message throughput has been reached.')
  if (burst > 0 && count('at > ? AND recipient = ?', Date.now() - 6_000, to) >= burst) throw new GraphError(131056, 'Too many messages sent from this phone number to the same WhatsApp phone number in a short period.')
}

/** Who gets it: `to` wins over `recipient`, as Meta does. */
function recipient(world: World, account: Account, body: Json): { persona: Persona; input: string; byBsuid: boolean } {
  const to = textAt(body, 'to')
  const bsuid = textAt(body, 'recipient')
  if (!to && !bsuid) throw new GraphError(131008, "Required parameter 'to' is missing.")
  if (to) {
    if (!/^\+?[\d\s()-]{7,20}$/.test(to)) throw new GraphError(131009, `Parameter value is not valid: to = ${to}`)
    if (waId(to) === account.display_phone_number) throw new GraphError(131021, 'Recipient cannot be sender')
    return { persona: ensurePersona(world, to), input: to, byBsuid: false }
  }
  if (!bsuid || !isBsuid(bsuid)) throw new GraphError(131009, 'recipient is not a business-scoped user ID')
  return { persona: ensurePersona(world, bsuid), input: bsuid, byBsuid: true }
}

/** `status: "read"`, perhaps with a typing indicator: blue ticks on the phone up to this message. */
function markRead(world: World, account: Account, body: Json): Json {
  const id = textAt(body, 'message_id')
  if (!id) throw new GraphError(131008, "Required parameter 'message_id' is missing.")
  const message = findBubble(world, id)
  if (body.status !== 'read' || !message || message.direction !== 'in' || message.account !== account.phone_number_id) {
    throw new GraphError(131009, 'Message ID is invalid or does not belong to this phone number.')
  }
  world.store.run(`UPDATE chat SET status = 'read' WHERE account = ? AND persona = ? AND direction = 'in' AND at <= ?`, message.account, message.persona, message.at)
  if (isObject(body.typing_indicator)) changePair(world, message.account, message.persona, { typing_until: Date.now() + 25_000 })
  return { success: true }
}

function react(world: World, reaction: Json): void {
  const target = findBubble(world, textAt(reaction, 'message_id') ?? '')
  if (!target) throw new GraphError(131009, 'message_id of the reaction is not known')
  const { out: _old, ...others } = target.meta.reactions ?? {}
  const emoji = textAt(reaction, 'emoji')
  saveBubble(world, { ...target, meta: { ...target.meta, reactions: emoji ? { ...others, out: emoji } : others } })
}
