// Builds the body of a send, or says why it cannot be sent before any call is made.
import type { OutboundMessage, Party } from '../../contract/channel.ts'
import type { Loose } from '../meta/loose.ts'
import { limits } from './limits.ts'
import { buildTemplate } from './template.ts'

/** Why something cannot be sent, and what to do instead. */
export interface Unfit { ok: false; code: string; reason: string; next: string }
export type Part = { ok: true; part: Loose } | Unfit

/** `mediaId`: what the upload of the attachment gave, absent without an attachment. */
export function buildPayload(message: OutboundMessage, mediaId: string | undefined): { ok: true; payload: Loose } | Unfit {
  const recipient = recipientOf(message.to)
  if (recipient === undefined) return no('no_recipient', 'There is no WhatsApp address for this person.', 'Add their phone number, then send again.')
  const part = buildPart(message, mediaId)
  if (!part.ok) return part
  const payload: Loose = { messaging_product: 'whatsapp', recipient_type: 'individual', ...recipient, ...part.part, biz_opaque_callback_data: message.id }
  if (message.replyTo !== undefined) payload.context = { message_id: message.replyTo }
  return { ok: true, payload }
}

/** With a + always: without it WhatsApp may put the business's own country code in front. `to` wins where both are known. */
function recipientOf(party: Party): Loose | undefined {
  const phone = party.phone ?? party.keys.find(key => key.startsWith('phone:'))?.slice(6)
  if (phone !== undefined && /^\+?[1-9]\d{6,14}$/.test(phone)) return { to: phone.startsWith('+') ? phone : `+${phone}` }
  const user = party.keys.find(key => key.startsWith('bsuid:'))?.slice(6)
  return user === undefined ? undefined : { recipient: user }
}

function buildPart(message: OutboundMessage, mediaId: string | undefined): Part {
  if (message.reaction !== undefined) return yes({ type: 'reaction', reaction: { message_id: message.reaction.target, emoji: message.reaction.emoji } })
  if (message.template !== undefined) return buildTemplate(message.template, message.templateComponents, message.attachment, mediaId)
  if (message.attachment !== undefined) return buildMedia(message, message.attachment, mediaId)
  if (message.type !== 'text') return no('unsupported_type', `WhatsApp cannot send a message of the type "${message.type}".`, 'Send it as text or as a file.')
  if (message.content.trim() === '') return no('empty', 'The message is empty.', 'Write something, then send again.')
  if (lengthOf(message.content) > limits.text) return no('too_long', `The text is longer than ${limits.text} characters.`, 'Split it into several messages.')
  return yes({ type: 'text', text: { body: message.content, preview_url: /\bhttps?:\/\/\S/i.test(message.content) } })
}

function buildMedia(message: OutboundMessage, attachment: NonNullable<OutboundMessage['attachment']>, id: string | undefined): Part {
  const kind = attachment.kind
  if (message.content !== '' && (kind === 'audio' || kind === 'voice' || kind === 'sticker')) {
    return no('no_caption', `On WhatsApp a ${kind === 'sticker' ? 'sticker' : 'sound'} cannot carry text.`, 'Send the text as a message of its own.')
  }
  if (lengthOf(message.content) > limits.caption) return no('too_long', `The caption is longer than ${limits.caption} characters.`, 'Send the text as a message of its own.')
  if (kind === 'voice') return yes({ type: 'audio', audio: { id, voice: true } })
  const media: Loose = { id }
  if (message.content !== '') media.caption = message.content
  if (kind === 'document' && attachment.filename !== undefined) media.filename = attachment.filename
  return yes({ type: kind, [kind]: media })
}

function yes(part: Loose): Part {
  return { ok: true, part }
}

function no(code: string, reason: string, next: string): Unfit {
  return { ok: false, code, reason, next }
}

/** Characters as a person counts code points, so that an emoji is not two. */
function lengthOf(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
