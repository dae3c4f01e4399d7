// Reads imported chat history: threads of one person each, with the state outbound messages had reached.
import type { InboundEvent, MessageStatus } from '../../contract/channel.ts'
import { list, object, text, type Loose } from '../meta/loose.ts'
import { oddity, readMessage } from './message.ts'

const states = new Map<string, MessageStatus>([
  ['PENDING', 'sent'], ['SENT', 'sent'], ['DELIVERED', 'delivered'], ['READ', 'read'], ['PLAYED', 'played'], ['ERROR', 'failed'],
])

/** One item of `value.history`; `own` is the business's number as digits. A refusal to share comes as `errors`. */
export function readHistory(item: unknown, contacts: unknown[], own: string): InboundEvent[] {
  const chunk = object(item)
  const threads = list(chunk?.threads)
  if (threads.length === 0) return [oddity(item, list(chunk?.errors).length > 0 ? 'The chat history is not shared' : 'A part of the chat history without threads')]
  return threads.flatMap(one => {
    const thread = object(one)
    const messages = list(thread?.messages)
    if (thread === undefined || messages.length === 0) return [oddity(one, 'A thread of the chat history without messages')]
    return messages.map(message => readPast(message, thread, contacts, own))
  })
}

/** One past message; `to` is only there when the business wrote. */
export function readPast(item: unknown, thread: Loose | undefined, contacts: unknown[], own: string): InboundEvent {
  const message = object(item) ?? {}
  const from = digits(message.from)
  const outbound = message.from_me === true || text(message.to) !== undefined || (from !== '' && from === own)
  const context = object(thread?.context)
  const other = outbound ? [message.to_user_id, message.to] : [message.from_user_id, message.from]
  const ids = thread === undefined ? other : [context?.user_id, context?.wa_id, thread.id, ...other]
  const event = readMessage(item, { direction: outbound ? 'outbound' : 'inbound', origin: 'history', contacts, ids })
  const state = states.get((text(object(message.history_context)?.status) ?? '').toUpperCase())
  if (event.kind === 'message' && outbound && state !== undefined) event.status = state
  return event
}

export function digits(value: unknown): string {
  return (text(value) ?? '').replace(/\D/g, '')
}
