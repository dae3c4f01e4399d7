// What an approved template asks for, and how it will look when filled: pure, so that the preview cannot lie.
import type { Template } from '../../../src/contract/inbox.ts'
import type { TemplateUse } from '../../../src/contract/channel.ts'

export interface TemplateField { key: string; label: string; part: 'header' | 'body' | 'button'; /** Button index or body variable. */ name: string }
export interface TemplateParts {
  header: string
  /** A file the header needs: image, video or document. */
  media: 'image' | 'video' | 'document' | null
  body: string
  footer: string
  buttons: { text: string; url: string | null; asks: boolean }[]
}
export type Values = Record<string, string>

const placeholder = /\{\{\s*([A-Za-z0-9_]{1,64})\s*\}\}/g

export function partsOf(template: Template): TemplateParts {
  const components = template.components.map(each => (typeof each === 'object' && each !== null ? each as Record<string, unknown> : {}))
  const of = (type: string) => components.find(each => String(each['type']).toUpperCase() === type)
  const header = of('HEADER')
  const format = String(header?.['format'] ?? 'TEXT').toLowerCase()
  const buttons = Array.isArray(of('BUTTONS')?.['buttons']) ? of('BUTTONS')!['buttons'] as Record<string, unknown>[] : []
  return {
    header: format === 'text' ? String(header?.['text'] ?? '') : '',
    media: format === 'image' || format === 'video' || format === 'document' ? format : null,
    body: template.body || String(of('BODY')?.['text'] ?? ''),
    footer: String(of('FOOTER')?.['text'] ?? ''),
    buttons: buttons.map(button => {
      const url = typeof button['url'] === 'string' ? button['url'] : null
      return { text: String(button['text'] ?? button['type'] ?? 'Button'), url, asks: (url?.includes('{{') ?? false) || String(button['type']).toUpperCase() === 'COPY_CODE' }
    }),
  }
}

/** The fields to fill, in the order in which they are read. */
export function fieldsOf(template: Template): TemplateField[] {
  const parts = partsOf(template)
  const names = (text: string) => [...new Set([...text.matchAll(placeholder)].map(match => match[1]!))]
  const label = (name: string) => (/^\d+$/.test(name) ? `Value ${name}` : name.replaceAll('_', ' ').replace(/^./, letter => letter.toUpperCase()))
  return [
    ...names(parts.header).map((name): TemplateField => ({ key: `header.${name}`, label: `Heading: ${label(name)}`, part: 'header', name })),
    ...names(parts.body).map((name): TemplateField => ({ key: `body.${name}`, label: label(name), part: 'body', name })),
    ...parts.buttons.flatMap((button, i): TemplateField[] => (button.asks ? [{ key: `button.${i}`, label: `Button “${button.text}”`, part: 'button', name: String(i) }] : [])),
  ]
}

/** A text with its values in place; what is still open keeps its braces. */
export function filled(text: string, part: 'header' | 'body', values: Values): string {
  return text.replace(placeholder, (whole, name: string) => values[`${part}.${name}`]?.trim() || whole)
}

/** The send body's `template`. Positional variables go as a list in their order, named ones by name. */
export function templateUse(template: Template, values: Values): TemplateUse {
  const fields = fieldsOf(template)
  const body = fields.filter(field => field.part === 'body')
  const positional = body.every(field => /^\d+$/.test(field.name))
  const value = (field: TemplateField) => values[field.key]?.trim() ?? ''
  const header = fields.filter(field => field.part === 'header')
  const buttons = fields.filter(field => field.part === 'button')
  return {
    name: template.name,
    language: template.language,
    variables: positional ? [...body].sort((a, b) => Number(a.name) - Number(b.name)).map(value) : Object.fromEntries(body.map(field => [field.name, value(field)])),
    ...(header.length > 0 ? { header: { variables: header.map(value) } } : {}),
    ...(buttons.length > 0 ? { buttons: buttons.map(field => ({ index: Number(field.name), value: value(field) })) } : {}),
  }
}
