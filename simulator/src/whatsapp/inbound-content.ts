// The content of everything a customer can send, ugly forms included: one entry per kind, the wire object out.

import { isObject, listAt, objectAt, textAt, type Json } from '../json.ts'
import { findMedia, sha256Base64 } from '../media.ts'
import type { World } from '../world.ts'
import { errorItem } from './errors.ts'
import { sampleMedia } from './samples.ts'

export interface Content {
  /** Undefined: a message without a type, as seen in the wild. */
  type?: string
  parts: Json
}

type Make = (spec: Json, world: World, account: string) => Content | Promise<Content>

const of = (type: string, body: unknown): Content => ({ type, parts: { [type]: body } })
const target = (spec: Json): string => textAt(spec, 'message_id') ?? 'wamid.UNKNOWN'

const makers: Record<string, Make> = {
  text: spec => of('text', { body: textAt(spec, 'text') ?? 'Hello' }),
  image: (spec, world, account) => media(world, account, spec, 'image'),
  video: (spec, world, account) => media(world, account, spec, 'video'),
  audio: (spec, world, account) => media(world, account, spec, 'audio', { voice: false }),
  voice: (spec, world, account) => media(world, account, spec, 'audio', { voice: true }),
  document: (spec, world, account) => media(world, account, spec, 'document'),
  sticker: (spec, world, account) => media(world, account, spec, 'sticker', { animated: spec.animated === true }),
  location: spec => of('location', { latitude: spec.latitude ?? 40.4168, longitude: spec.longitude ?? -3.7038, ...(textAt(spec, 'name') ? { name: spec.name, address: spec.address } : {}) }),
  contacts: spec => of('contacts', Array.isArray(spec.contacts) ? spec.contacts : [{ name: { first_name: 'Lucía', formatted_name: 'Lucía Pérez' }, phones: [{ phone: '+34 600 333 444', wa_id: '34600333444', type: 'CELL' }] }]),
  button_reply: spec => of('interactive', { type: 'button_reply', button_reply: { id: textAt(spec, 'id') ?? 'yes', title: textAt(spec, 'title') ?? 'Yes' } }),
  list_reply: spec => of('interactive', { type: 'list_reply', list_reply: { id: textAt(spec, 'id') ?? 'row1', title: textAt(spec, 'title') ?? 'Row 1', ...(textAt(spec, 'description') ? { description: spec.description } : {}) } }),
  nfm_reply: spec => of('interactive', { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: typeof spec.response_json === 'string' ? spec.response_json : JSON.stringify(spec.response_json ?? { flow_token: 'flow-1', level: 'beginner' }) } }),
  nfm_reply_array: () => of('interactive', { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '["monday","tuesday"]' } }),
  nfm_reply_broken: () => of('interactive', { type: 'nfm_reply', nfm_reply: { body: 'Sent', response_json: 'not json {' } }),
  call_permission_reply: spec => of('interactive', { type: 'call_permission_reply', call_permission_reply: { response: textAt(spec, 'response') ?? 'accept', expiration_timestamp: seconds(604_800), response_source: 'user_action' } }),
  interactive_failed: () => ({ type: 'interactive', parts: { errors: [errorItem(131000)] } }),
  button: spec => of('button', { payload: textAt(spec, 'payload') ?? 'yes', text: textAt(spec, 'text') ?? 'Yes, book it' }),
  reaction: spec => of('reaction', { message_id: target(spec), emoji: textAt(spec, 'emoji') ?? '👍' }),
  unreaction: spec => of('reaction', { message_id: target(spec), ...(spec.absent === true ? {} : { emoji: '' }) }),
  order: spec => of('order', { catalog_id: '538970682945', text: textAt(spec, 'text') ?? '', product_items: listAt(spec, 'items').length ? spec.items : [{ product_retailer_id: 'card-10', quantity: 1, item_price: 95.5, currency: 'EUR' }] }),
  edit: spec => of('edit', { original_message_id: target(spec), message: { type: 'text', text: { body: textAt(spec, 'text') ?? '' }, ...(isObject(spec.context) ? { context: spec.context } : {}) } }),
  revoke: spec => of('revoke', { original_message_id: target(spec) }),
  unsupported: spec => ({ type: 'unsupported', parts: { errors: [errorItem(131051, 'Message type is currently not supported.')], ...(textAt(spec, 'what') ? { unsupported: { type: spec.what } } : {}) } }),
  poll: () => ({ type: 'unsupported', parts: { errors: [errorItem(131051, 'Message type is currently not supported.')], unsupported: { type: 'poll_creation' } } }),
  request_welcome: () => ({ type: 'request_welcome', parts: {} }),
  untyped: spec => ({ parts: { text: { body: textAt(spec, 'text') ?? 'no type here' } } }),
  unknown_type: spec => of(textAt(spec, 'type') ?? 'hologram', { depth: 3 }),
  image_failed: () => ({ type: 'image', parts: { errors: [errorItem(131052, 'Failed to download the media from the sender')] } }),
  user_changed_number: spec => of('system', { type: 'user_changed_number', body: 'User changed phone number', wa_id: textAt(spec, 'new_phone') ?? '34600999888' }),
  customer_changed_number: spec => of('system', { type: 'customer_changed_number', body: 'User A changed from X to Y', new_wa_id: textAt(spec, 'new_phone') ?? '34600999888' }),
  customer_identity_changed: () => of('system', { type: 'customer_identity_changed', body: 'Customer identity changed', identity: 'Xz9q', customer: '34600111222' }),
  user_changed_user_id: spec => of('system', { type: 'user_changed_user_id', previous_user_id: textAt(spec, 'previous_user_id'), user_id: textAt(spec, 'user_id') ?? 'ES.20000000000000000099' }),
}

export const messageKinds = Object.keys(makers)

/** The typed part of a message, or undefined for a kind that is not known. */
export async function contentOf(world: World, account: string, spec: Json): Promise<Content | undefined> {
  return makers[textAt(spec, 'kind') ?? 'text']?.(spec, world, account)
}

export const seconds = (ahead = 0): string => String(Math.floor(Date.now() / 1000) + ahead)

/** A media object; `media_id` names uploaded bytes, else the sample of the kind is used. */
async function media(world: World, account: string, spec: Json, type: string, extra: Json = {}): Promise<Content> {
  const found = findMedia(world, textAt(spec, 'media_id') ?? '') ?? (await sampleMedia(world, account, type))
  const filename = textAt(spec, 'filename') ?? found.filename
  const body: Json = { id: found.id, mime_type: textAt(spec, 'mime_type') ?? found.mime, sha256: sha256Base64(found.sha256), ...extra }
  if (type !== 'audio' && type !== 'sticker' && textAt(spec, 'caption')) body.caption = spec.caption
  if (type === 'document' && filename) body.filename = filename
  const more = objectAt(spec, 'extra')
  return of(type, { ...body, ...more })
}
