// Fills an approved template with values and holds them against its components before WhatsApp does.
import type { OutboundAttachment, TemplateUse } from '../../contract/channel.ts'
import { list, object, text, type Loose } from '../meta/loose.ts'
import type { Part, Unfit } from './payload.ts'

type Parameters = { parameters: Loose[] } | { wrong: string; field?: string }

/** The `type` and `template` of a send. Without stored components the values are passed on unchecked. */
export function buildTemplate(use: TemplateUse, stored: unknown, attachment: Pick<OutboundAttachment, 'kind' | 'filename'> | undefined, mediaId: string | undefined): Part | Unfit & { field: string } {
  const components: Loose[] = []
  const parts = Array.isArray(stored) ? readParts(stored) : undefined
  const header = headerOf(use, parts, attachment, mediaId)
  if ('wrong' in header) return refusal(header.wrong, header.field ?? 'template.header')
  if (header.parameters.length > 0) components.push({ type: 'header', parameters: header.parameters })
  const body = bodyOf(use.variables, parts === undefined ? undefined : placeholders(parts.body))
  if ('wrong' in body) return refusal(body.wrong, 'template.variables')
  if (body.parameters.length > 0) components.push({ type: 'body', parameters: body.parameters })
  for (const { index, value } of use.buttons ?? []) {
    const button = buttonOf(index, value, parts?.buttons)
    if ('wrong' in button) return refusal(button.wrong, 'template.buttons')
    components.push(button.component)
  }
  const missing = (parts?.buttons ?? []).findIndex((button, index) => needsValue(button) && !(use.buttons ?? []).some(one => one.index === index))
  if (missing >= 0) return refusal(`Button ${missing + 1} needs a value.`, 'template.buttons')
  const template: Loose = { name: use.name, language: { code: use.language } }
  if (components.length > 0) template.components = components
  return { ok: true, part: { type: 'template', template } }
}

/** See `Channel.checkTemplate`: the very check of a send, without sending. */
export function checkTemplate(use: TemplateUse, components: unknown, file: OutboundAttachment['kind'] | undefined): { field: string; reason: string } | null {
  const built = buildTemplate(use, components, file === undefined ? undefined : { kind: file }, 'pending')
  return 'field' in built ? { field: built.field, reason: built.reason } : null
}

/** Names or positions in a template's text, in order of appearance, each once. */
export function placeholders(words: string): string[] {
  return [...new Set([...words.matchAll(/\{\{\s*([A-Za-z0-9_]{1,64})\s*\}\}/g)].map(found => found[1] ?? ''))]
}

/** The pieces of stored components that take values. */
export function readParts(components: unknown[]): { header: Loose | undefined; body: string; buttons: Loose[] } {
  const of = (type: string) => components.map(object).find(one => text(one?.type)?.toUpperCase() === type)
  return { header: of('HEADER'), body: text(of('BODY')?.text) ?? '', buttons: list(of('BUTTONS')?.buttons).map(one => object(one) ?? {}) }
}

function bodyOf(given: TemplateUse['variables'], names: string[] | undefined): Parameters {
  if (names === undefined) {
    const pairs = Array.isArray(given) ? given.map(value => [undefined, value] as const) : Object.entries(given)
    return fill(pairs)
  }
  const positional = names.every(name => /^\d+$/.test(name))
  const order = positional ? names.toSorted((one, other) => Number(one) - Number(other)) : names
  const values = Array.isArray(given) ? new Map(order.map((name, at) => [name, given[at]])) : new Map(Object.entries(given))
  const count = Array.isArray(given) ? given.length : values.size
  const missing = order.filter(name => values.get(name) === undefined)
  if (missing.length > 0) return { wrong: `The template needs ${order.length} ${order.length === 1 ? 'value' : 'values'}; missing: ${missing.join(', ')}.` }
  if (count > order.length) return { wrong: `The template takes ${order.length} ${order.length === 1 ? 'value' : 'values'}, not ${count}.` }
  return fill(order.map(name => [positional ? undefined : name, values.get(name) ?? ''] as const))
}

function fill(pairs: (readonly [string | undefined, string])[]): Parameters {
  const parameters: Loose[] = []
  for (const [name, value] of pairs) {
    // Meta refuses line breaks, tabs and more than four spaces in a row inside a value.
    const tidy = value.replace(/[\r\n\t]+/g, ' ').replace(/ {5,}/g, '    ').trim()
    if (tidy === '') return { wrong: name === undefined ? 'A value of the template is empty.' : `The value "${name}" of the template is empty.` }
    parameters.push(name === undefined ? { type: 'text', text: tidy } : { type: 'text', parameter_name: name, text: tidy })
  }
  return { parameters }
}

const mediaFormats = new Map([['IMAGE', 'image'], ['VIDEO', 'video'], ['DOCUMENT', 'document']])

function headerOf(use: TemplateUse, parts: { header: Loose | undefined } | undefined, attachment: Pick<OutboundAttachment, 'kind' | 'filename'> | undefined, mediaId: string | undefined): Parameters {
  const header = parts?.header
  const format = header === undefined ? undefined : (text(header.format) ?? 'TEXT').toUpperCase()
  const wanted = parts === undefined ? attachment?.kind : mediaFormats.get(format ?? '')
  if (wanted !== undefined && format !== undefined && attachment?.kind !== wanted) return { wrong: `The header of the template needs a file: ${wanted}.`, field: 'attachments' }
  if (attachment !== undefined && wanted === undefined) return { wrong: 'This template carries no file.', field: 'attachments' }
  if (attachment !== undefined && wanted !== undefined) {
    const media: Loose = { id: mediaId }
    if (wanted === 'document' && attachment.filename !== undefined) media.filename = attachment.filename
    return { parameters: [{ type: wanted, [wanted]: media }] }
  }
  const given = use.header?.variables ?? []
  return bodyOf(given, parts === undefined ? (given.length === 0 ? [] : undefined) : header === undefined ? [] : format === 'TEXT' ? placeholders(text(header.text) ?? '') : [])
}

function needsValue(button: Loose): boolean {
  const kind = text(button.type)?.toUpperCase()
  return kind === 'COPY_CODE' || (kind === 'URL' && placeholders(text(button.url) ?? '').length > 0)
}

function buttonOf(index: number, value: string, buttons: Loose[] | undefined): { component: Loose } | { wrong: string } {
  const button = buttons?.[index]
  if (buttons !== undefined && button === undefined) return { wrong: `The template has no button ${index + 1}.` }
  const kind = text(button?.type)?.toUpperCase() ?? 'URL'
  if (value.trim() === '') return { wrong: `Button ${index + 1} needs a value.` }
  const at = { type: 'button', index: String(index) }
  if (kind === 'QUICK_REPLY') return { component: { ...at, sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: value }] } }
  if (kind === 'COPY_CODE') return { component: { ...at, sub_type: 'copy_code', parameters: [{ type: 'coupon_code', coupon_code: value }] } }
  if (kind === 'OTP' || (kind === 'URL' && (button === undefined || needsValue(button)))) {
    return { component: { ...at, sub_type: 'url', parameters: [{ type: 'text', text: value }] } }
  }
  return { wrong: `Button ${index + 1} of the template takes no value.` }
}

function refusal(reason: string, field: string): Unfit & { field: string } {
  return { ok: false, code: 'template_values', field, reason, next: 'Correct the values of the template, then send again.' }
}
