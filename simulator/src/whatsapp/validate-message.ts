// Meta's checks on the content of a free-form message: what is missing (131008), what does not fit (131009).

import { isObject, listAt, numberAt, objectAt, textAt, type Json } from '../json.ts'
import type { World } from '../world.ts'
import { GraphError } from './errors.ts'
import { checkInteractive } from './validate-interactive.ts'

export type SendKind = 'text' | 'image' | 'video' | 'audio' | 'document' | 'sticker' | 'location' | 'contacts' | 'interactive' | 'reaction' | 'template'

/** Throws GraphError when Graph would refuse `body[kind]`. */
export function checkContent(world: World, kind: SendKind, body: Json): void {
  if (kind === 'contacts') return checkContacts(listAt(body, 'contacts'))
  const content = body[kind]
  if (!isObject(content)) throw missing(kind)
  if (kind === 'text') checkLength(need(content, 'body', 'text.body'), 4096, 'text.body')
  else if (kind === 'location') checkLocation(content)
  else if (kind === 'reaction') need(content, 'message_id', 'reaction.message_id')
  else if (kind === 'interactive') checkInteractive(content)
  else if (kind !== 'template') checkMedia(world, kind, content)
}

/** The text under `key`, at least one character long. */
export function need(from: Json, key: string, label: string): string {
  const value = textAt(from, key)
  if (value === undefined || value === '') throw missing(label)
  return value
}

export function checkLength(text: string, most: number, label: string): void {
  if (text.length > most) throw new GraphError(131009, `${label} must be at most ${most} characters long.`)
}

export const missing = (label: string): GraphError => new GraphError(131008, `Required parameter '${label}' is missing.`)

/** A media object names either an uploaded id or an https link. */
export function checkMedia(world: World, kind: string, content: Json): void {
  const id = textAt(content, 'id')
  const link = textAt(content, 'link')
  if (!id && !link) throw missing(`${kind}.id or ${kind}.link`)
  if (id && link) throw new GraphError(131009, `${kind}: only one of id and link may be given.`)
  if (link && !/^https?:\/\//.test(link)) throw new GraphError(131009, `${kind}.link is not a valid URL.`)
  if (id && !world.store.first('SELECT 1 AS yes FROM media WHERE id = ?', id)) {
    throw new GraphError(131009, `Media ID ${id} does not exist or has expired.`)
  }
  const caption = textAt(content, 'caption')
  if (caption !== undefined && (kind === 'audio' || kind === 'sticker')) throw new GraphError(131009, `${kind} does not take a caption.`)
  if (caption !== undefined) checkLength(caption, 1024, `${kind}.caption`)
}

function checkLocation(content: Json): void {
  for (const key of ['latitude', 'longitude']) if (textAt(content, key) === undefined) throw missing(`location.${key}`)
  const latitude = numberAt(content, 'latitude') ?? Number(content.latitude)
  if (!(Math.abs(latitude) <= 90)) throw new GraphError(131009, 'location.latitude is out of range.')
}

function checkContacts(contacts: unknown[]): void {
  if (contacts.length === 0) throw missing('contacts')
  for (const contact of contacts) {
    if (!isObject(contact) || !textAt(objectAt(contact, 'name'), 'formatted_name')) throw missing('contacts.name.formatted_name')
  }
}
