// What stands inside a bubble: one small view per kind of message.

import { mediaUrl, type Loose } from './api.ts'
import { el } from './dom.ts'
import { richText } from './rich-text.ts'

/** Called when the customer taps a button the studio sent. */
export type Tap = (spec: Loose) => void

const object = (value: unknown): Loose => typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Loose : {}
const list = (value: unknown): Loose[] => Array.isArray(value) ? value.map(object) : []
const text = (value: unknown): string => typeof value === 'string' ? value : ''

export function content(number: string, id: string, body: Loose, tap: Tap): (Node | null)[] {
  const kind = text(body.type)
  const part = object(body[kind])
  const source = part.link ? text(part.link) : part.id ? mediaUrl(number, part.id) : ''
  if (kind === 'text') return [paragraph(text(part.body))]
  if (kind === 'image' || kind === 'sticker') return [source ? el('img', { class: kind, src: source, alt: text(part.caption) || kind, loading: 'lazy' }) : unreadable(kind), caption(part)]
  if (kind === 'video') return [el('video', { src: source, controls: true, preload: 'metadata' }), caption(part)]
  if (kind === 'audio') return [el('audio', { src: source, controls: true, preload: 'metadata', 'aria-label': part.voice ? 'Voice note' : 'Audio' })]
  if (kind === 'document') return [el('a', { class: 'file', href: source, download: text(part.filename) || 'document', target: '_blank' }, `📄 ${text(part.filename) || 'Document'}`), caption(part)]
  if (kind === 'location') return [el('p', { class: 'place' }, `📍 ${text(part.name) || 'Location'}`), el('small', {}, text(part.address) || `${String(part.latitude)}, ${String(part.longitude)}`)]
  if (kind === 'contacts') return list(body.contacts).map(person => el('p', { class: 'file' }, `👤 ${text(object(person.name).formatted_name)} ${text(list(person.phones)[0]?.phone)}`))
  if (kind === 'template') return [paragraph(text(body.rendered)), buttons((Array.isArray(body.buttons) ? body.buttons : []).map(label => ({ label: text(label), spec: { kind: 'button', text: label, payload: label, reply_to: id } })), tap)]
  if (kind === 'interactive') return interactive(id, part, tap)
  if (kind === 'button') return [paragraph(text(part.text))]
  if (kind === 'order') return [paragraph(`🛒 ${list(part.product_items).length} product(s)`)]
  return [unreadable(kind || 'a message without a type')]
}

/** One line for the list of chats and for quotes. */
export function preview(body: Loose): string {
  const kind = text(body.type)
  const part = object(body[kind])
  const words = text(part.body) || text(part.caption) || text(body.rendered) || text(object(part.body).text) || text(object(part.button_reply ?? part.list_reply).title) || text(part.text)
  const icon: { [kind: string]: string } = { image: '📷 Photo', video: '🎬 Video', audio: part.voice ? '🎤 Voice note' : '🎵 Audio', document: '📄 Document', sticker: 'Sticker', location: '📍 Location', contacts: '👤 Contact', reaction: `Reacted ${text(part.emoji)}` }
  return words || icon[kind] || kind
}

function interactive(id: string, part: Loose, tap: Tap): (Node | null)[] {
  const chosen = object(part.button_reply ?? part.list_reply)
  if (chosen.title) return [paragraph(text(chosen.title)), chosen.description ? el('small', {}, text(chosen.description)) : null]
  if (part.nfm_reply) return [paragraph('📝 Form sent')]
  const action = object(part.action)
  const head = [part.header ? el('strong', {}, text(object(part.header).text)) : null, paragraph(text(object(part.body).text)), part.footer ? el('small', {}, text(object(part.footer).text)) : null]
  const rows = list(action.sections).flatMap(section => list(section.rows)).map(row => ({ label: text(row.title), spec: { kind: 'list_reply', id: row.id, title: row.title, description: row.description, reply_to: id } }))
  const replies = list(action.buttons).map(button => object(button.reply)).map(reply => ({ label: text(reply.title), spec: { kind: 'button_reply', id: reply.id, title: reply.title, reply_to: id } }))
  const others: { [type: string]: { label: string; spec: Loose } } = {
    flow: { label: 'Fill in the form', spec: { kind: 'nfm_reply', reply_to: id } },
    location_request_message: { label: 'Send location', spec: { kind: 'location', reply_to: id } },
    request_contact_info: { label: 'Share my number', spec: { kind: 'contacts', reply_to: id } },
    call_permission_request: { label: 'Allow calls', spec: { kind: 'call_permission_reply', reply_to: id } },
  }
  const other = others[text(part.type)]
  const link = object(action.parameters)
  return [...head, link.url ? el('a', { class: 'link-button', href: text(link.url), target: '_blank', rel: 'noopener noreferrer' }, text(link.display_text) || 'Open') : null, buttons([...replies, ...rows, ...(other ? [other] : [])], tap)]
}

const paragraph = (words: string): Node => {
  const line = el('p', { dir: 'auto' })
  line.append(richText(words))
  return line
}

const caption = (part: Loose): Node | null => part.caption ? paragraph(text(part.caption)) : null
const unreadable = (kind: string): Node => el('p', { class: 'odd' }, `⚠ ${kind}`)

const buttons = (all: { label: string; spec: Loose }[], tap: Tap): Node | null =>
  all.length ? el('div', { class: 'taps' }, ...all.map(one => el('button', { type: 'button', on: { click: () => tap(one.spec) } }, one.label))) : null
