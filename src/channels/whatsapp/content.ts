// Reads what a message says, whatever its kind, as a type, a line a person can read, files and small facts.
import type { InboundAttachment, MessageType } from '../../contract/channel.ts'
import { cut, list, object, text, type Loose } from '../meta/loose.ts'
import { readMedia, type MediaType } from './content-media.ts'
import { readButton, readContacts, readInteractive, readLocation, readOrder } from './content-parts.ts'
import { reasonOf } from './errors.ts'

export interface Reading {
  type: MessageType
  content: string
  attachments?: InboundAttachment[]
  details?: Loose
  /** The line is ours, not the person's words. */
  generated?: boolean
}

/** Never fails: what has no known shape reads as 'unsupported'. */
export function readContent(message: Loose): Reading {
  const type = typeOf(message)
  return readers.get(type)?.(message) ?? unsupported(type, message)
}

/** The stated type; a message without one is known by the object it carries. */
export function typeOf(message: Loose): string {
  return text(message.type) ?? [...readers.keys()].find(type => object(message[type]) !== undefined) ?? ''
}

const media = (type: MediaType) => (message: Loose) => readMedia(type, message)

const readers = new Map<string, (message: Loose) => Reading | undefined>([
  ['text', readText],
  ['image', media('image')], ['video', media('video')], ['audio', media('audio')], ['document', media('document')], ['sticker', media('sticker')],
  ['interactive', readInteractive], ['button', readButton], ['location', readLocation], ['contacts', readContacts], ['order', readOrder],
  ['voice', message => readMedia('audio', { ...message, audio: { ...object(message.voice), voice: true } })],
  ['request_welcome', () => ({ type: 'event', content: 'Opened the chat', generated: true })],
  ['media_placeholder', () => ({ type: 'unsupported', content: 'A file from before the connection', generated: true, details: { media_pending: true } })],
  ['template', () => ({ type: 'template', content: 'Template message', generated: true })],
  ['system', readSystem],
])

function readText(message: Loose): Reading | undefined {
  const body = object(message.text)?.body
  return typeof body === 'string' ? { type: 'text', content: body } : undefined
}

function readSystem(message: Loose): Reading {
  const system = object(message.system)
  const kind = text(system?.type) ?? 'unknown'
  const known = kind === 'customer_identity_changed' ? 'Their WhatsApp security code changed' : `WhatsApp notice (${cut(kind, 60)})`
  return { type: 'system', content: text(system?.body) ?? known, generated: true, details: { system: kind } }
}

function unsupported(type: string, message: Loose): Reading {
  const error = object(list(message.errors)[0])
  const kind = text(object(message.unsupported)?.type) ?? type
  const named = kind === '' || kind === 'unsupported' ? '' : ` (${cut(kind, 60)})`
  const why = error === undefined ? '' : `: ${cut(reasonOf(error), 200)}`
  return { type: 'unsupported', content: `Unsupported message${named}${why}`, generated: true, details: { type: cut(kind, 100) } }
}
