// The life of a message the business sent: sent, delivered, read, played or failed, each told by a webhook.

import { objectAt, textAt, type Json } from '../json.ts'
import { findPersona, type Persona } from '../personas.ts'
import { readSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { findAccount } from './accounts.ts'
import { findBubble, listChat, readPair, saveBubble, type Bubble } from './chat.ts'
import { deliver, metadata } from './delivery.ts'
import { errorItem } from './errors.ts'
import { playReply } from './replies.ts'

/** Forward only; `failed` stands outside. */
export const order = ['accepted', 'sent', 'delivered', 'read', 'played']

/** Schedules the first status after the send was accepted; with `failCode` the only one is `failed`. */
export async function startStatuses(world: World, bubble: Bubble, failCode?: number): Promise<void> {
  const step = failCode ? { status: 'failed', code: failCode } : { status: bubble.meta.reorder ? 'delivered' : 'sent' }
  await world.timers.later(pause(world), 'whatsapp.status', { id: bubble.id, ...step })
}

export function onStatusTimer(world: World): void {
  world.timers.on('whatsapp.status', async timer => {
    const bubble = findBubble(world, textAt(timer, 'id') ?? '')
    if (!bubble) return
    const status = textAt(timer, 'status') ?? 'sent'
    await tellStatus(world, bubble, status, typeof timer.code === 'number' ? timer.code : undefined)
    if (status === 'failed') return
    // On demand the second status overtakes the first, as Meta warns it may.
    const next = bubble.meta.reorder ? (status === 'delivered' ? 'sent' : undefined) : status === 'sent' ? 'delivered' : undefined
    if (next) return world.timers.later(pause(world), 'whatsapp.status', { id: bubble.id, status: next })
    if (status === 'read' && isVoiceNote(bubble)) return world.timers.later(pause(world), 'whatsapp.status', { id: bubble.id, status: 'played' })
    if (status !== 'delivered' && status !== 'sent') return
    await playReply(world, bubble)
    if (status === 'delivered' && looks(world, bubble)) await world.timers.later(pause(world), 'whatsapp.status', { id: bubble.id, status: 'read' })
  })
}

/** Moves the phone's view and sends the webhook (or keeps it back, when a rule holds this message's statuses). */
export async function tellStatus(world: World, bubble: Bubble, status: string, code?: number): Promise<void> {
  const account = findAccount(world, bubble.account)
  const persona = findPersona(world, bubble.persona)
  if (!account || !persona) return
  const fresh = findBubble(world, bubble.id) ?? bubble
  if (status === 'failed') saveBubble(world, { ...fresh, status, meta: { ...fresh.meta, error: code } })
  else if (fresh.status !== 'failed' && order.indexOf(status) > order.indexOf(fresh.status)) saveBubble(world, { ...fresh, status })
  const value = { messaging_product: 'whatsapp', metadata: metadata(account), ...statusValue(bubble, persona, status, code) }
  if (bubble.meta.hold) {
    world.store.run('INSERT INTO held (account, body) VALUES (?, ?)', bubble.account, JSON.stringify(value))
    return
  }
  for (let copy = 0; copy <= (bubble.meta.duplicate ?? 0); copy++) await deliver(world, account, [{ field: 'messages', value }])
}

/** The customer opens the chat: everything delivered becomes read, and the webhooks say so. */
export async function readAll(world: World, account: string, persona: string): Promise<number> {
  const unread = listChat(world, account, persona).filter(bubble => bubble.direction === 'out' && bubble.status === 'delivered' && bubble.kind !== 'reaction')
  for (const bubble of unread) saveBubble(world, { ...bubble, status: 'read' })
  for (const bubble of unread) await world.timers.later(30, 'whatsapp.status', { id: bubble.id, status: 'read' })
  return unread.length
}

/** `statuses[]` (and `contacts[]`, which Meta leaves out of a failure) of one status. */
export function statusValue(bubble: Bubble, persona: Persona, status: string, code?: number): Json {
  const item: Json = { id: bubble.id, status, timestamp: String(Math.floor(Date.now() / 1000)) }
  if (bubble.meta.by_bsuid) item.recipient_user_id = persona.user_id
  else item.recipient_id = persona.phone
  // Once, not on each: Meta prices the delivery.
  if (status === 'delivered') item.pricing = { billable: bubble.kind === 'template', pricing_model: 'PMP', type: bubble.kind === 'template' ? 'regular' : 'free_customer_service', category: bubble.meta.category ?? 'service' }
  if (code !== undefined) item.errors = [errorItem(code)]
  if (bubble.meta.tag !== undefined) item.biz_opaque_callback_data = bubble.meta.tag
  if (status === 'failed') return { statuses: [item] }
  const contact: Json = { profile: { name: persona.name }, user_id: persona.user_id }
  if (!bubble.meta.by_bsuid) contact.wa_id = persona.phone
  return { contacts: [contact], statuses: [item] }
}

const looks = (world: World, bubble: Bubble): boolean =>
  readSettings(world.store).auto_read || (findPersona(world, bubble.persona)?.auto_read ?? false) || readPair(world, bubble.account, bubble.persona).open_until > Date.now()

/** Only voice notes are reported as played. */
const isVoiceNote = (bubble: Bubble): boolean => bubble.kind === 'audio' && objectAt(bubble.body, 'audio').voice === true

function pause(world: World): number {
  const [from, to] = readSettings(world.store).status_delay_ms
  return from + Math.random() * (to - from)
}
