// Reads the media kinds of a message: caption or a line of ours, and the file WhatsApp holds for us.
import type { InboundAttachment } from '../../contract/channel.ts'
import { cut, object, text, type Loose } from '../meta/loose.ts'
import type { Reading } from './content.ts'
import { reasonOf } from './errors.ts'

const lines = { image: 'Photo', video: 'Video', audio: 'Audio', voice: 'Voice message', document: 'Document', sticker: 'Sticker' } as const

export type MediaType = Exclude<keyof typeof lines, 'voice'>

/** Undefined when there is neither a media object nor an error that explains its absence. */
export function readMedia(type: MediaType, message: Loose): Reading | undefined {
  const media = object(message[type])
  const error = Array.isArray(message.errors) ? object(message.errors[0]) : undefined
  if (media === undefined && error === undefined) return undefined
  const kind = type === 'audio' && media?.voice === true ? 'voice' : type
  const attachment = readFile(kind, media ?? {})
  if (attachment.mediaId === undefined && attachment.url === undefined) attachment.failed = error === undefined ? 'WhatsApp named no file.' : reasonOf(error)
  const caption = text(media?.caption)
  const filename = attachment.filename === undefined ? '' : ` ${cut(attachment.filename, 120)}`
  return { type: kind, content: caption ?? `${lines[kind]}${filename}`, generated: caption === undefined, attachments: [attachment] }
}

function readFile(kind: keyof typeof lines, media: Loose): InboundAttachment {
  const file: InboundAttachment = { kind }
  const id = text(media.id)
  const url = text(media.url) ?? text(media.link)
  // "audio/ogg; codecs=opus": the parameter says nothing we use.
  const mime = text(media.mime_type)?.split(';')[0]?.trim().toLowerCase()
  const sha256 = text(media.sha256)
  const filename = text(media.filename)
  if (id !== undefined) file.mediaId = id
  if (url !== undefined) file.url = url
  if (mime) file.mime = mime
  if (filename !== undefined) file.filename = filename
  if (sha256 !== undefined) file.sha256 = sha256
  return file
}
