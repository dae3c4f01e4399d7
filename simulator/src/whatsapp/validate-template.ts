// Meta's checks on a template send: does it exist, may it be sent, do the parameters fit its text.

import { isObject, listAt, objectAt, textAt, type Json } from '../json.ts'
import { GraphError } from './errors.ts'
import type { Template, TemplateComponent } from './templates.ts'
import { missing, need } from './validate-message.ts'

const HYDRATED_BODY = 1024

/** Answers the text and buttons the customer sees and the price category. Throws GraphError 132000, 132001, 132005, 132012, 132015… */
export function checkTemplate(owned: Template[], sent: Json, byBsuid: boolean): { rendered: string; buttons: string[]; category: string } {
  const name = need(sent, 'name', 'template.name')
  const language = need(objectAt(sent, 'language'), 'code', 'template.language.code')
  const template = owned.find(known => known.name === name && known.language === language)
  if (!template || template.status === 'REJECTED' || template.status === 'PENDING') {
    throw new GraphError(132001, `template name (${name}) does not exist in ${language}`, { message: '(#132001) Template name does not exist in the translation' })
  }
  if (template.status === 'PAUSED') throw new GraphError(132015, 'Template is paused due to low quality so it cannot be sent in a template message.')
  if (template.status === 'DISABLED') throw new GraphError(132016, 'Template was paused too many times due to low quality and is now permanently disabled.')
  if (byBsuid && template.category === 'AUTHENTICATION') throw new GraphError(131062)
  const given = listAt(sent, 'components').filter(isObject)
  let rendered = ''
  for (const component of template.components) {
    const text = checkComponent(template, component, given)
    if (text) rendered += `${rendered ? '\n' : ''}${text}`
  }
  if (rendered.length > HYDRATED_BODY + 120) throw new GraphError(132005, 'Translated text too long')
  const buttons = template.components.flatMap(component => component.buttons ?? []).map(button => button.text)
  return { rendered, buttons, category: template.category }
}

/** The component's text with its parameters in place. */
function checkComponent(template: Template, component: TemplateComponent, given: Json[]): string {
  if (component.type === 'BUTTONS') return checkButtons(component, given)
  const type = component.type.toLowerCase()
  const parameters = listAt(given.find(part => textAt(part, 'type')?.toLowerCase() === type) ?? {}, 'parameters').filter(isObject)
  if (component.format && component.format !== 'TEXT') return checkMediaHeader(component.format, parameters)
  const names = placeholders(component.text ?? '')
  if (parameters.length !== names.length) {
    throw new GraphError(132000, `${type}: number of localizable_params (${parameters.length}) does not match the expected number of params (${names.length})`,
      { message: '(#132000) Number of parameters does not match the expected number of params' })
  }
  return names.reduce((text, name, index) => text.replaceAll(`{{${name}}}`, valueOf(template, name, index, parameters)), component.text ?? '')
}

function valueOf(template: Template, name: string, index: number, parameters: Json[]): string {
  const named = template.parameter_format === 'NAMED'
  const parameter = named ? parameters.find(one => textAt(one, 'parameter_name') === name) : parameters[index]
  if (!parameter) throw new GraphError(132012, `Parameter name is missing or invalid, expected ${name}`, { message: '(#132012) Parameter format does not match format in the created template' })
  if (!named && parameter.parameter_name !== undefined) throw new GraphError(132012, 'Template has positional parameters, parameter_name is not allowed')
  const type = textAt(parameter, 'type')
  const text = type === 'currency' || type === 'date_time' ? textAt(objectAt(parameter, type), 'fallback_value') : type === 'text' ? textAt(parameter, 'text') : undefined
  if (text === undefined) throw type === 'text' ? missing(`parameter ${name} text`) : new GraphError(132012, `body: Format mismatch, expected TEXT, received ${String(type).toUpperCase()}`)
  if (/[\n\t]| {5,}/.test(text)) throw new GraphError(132018, 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces')
  if (text === '') throw missing(`parameter ${name} text`)
  return text
}

function checkMediaHeader(format: string, parameters: Json[]): string {
  const kind = format.toLowerCase()
  const [parameter] = parameters
  if (parameters.length !== 1 || !parameter) throw new GraphError(132012, `header: Format mismatch, expected ${format}, received UNKNOWN`)
  if (textAt(parameter, 'type') !== kind) throw new GraphError(132012, `header: Format mismatch, expected ${format}, received ${String(parameter.type).toUpperCase()}`)
  const media = objectAt(parameter, kind)
  if (kind !== 'location' && !textAt(media, 'id') && !textAt(media, 'link')) throw missing(`header.${kind}.id or link`)
  return ''
}

function checkButtons(component: TemplateComponent, given: Json[]): string {
  const sent = given.filter(part => textAt(part, 'type')?.toLowerCase() === 'button')
  for (const part of sent) {
    const index = Number(textAt(part, 'index'))
    if (!component.buttons?.[index]) throw new GraphError(132012, `buttons: Button at index ${String(part.index)} does not exist`)
  }
  component.buttons?.forEach((button, index) => {
    const part = sent.find(one => Number(textAt(one, 'index')) === index)
    const needs = button.type === 'URL' && placeholders(button.url ?? '').length > 0
    if (needs && listAt(part ?? {}, 'parameters').length !== 1) throw new GraphError(131008, `buttons: Button at index ${index} of type Url requires a parameter`)
  })
  return ''
}

/** Names or numbers between double braces, each once, in order of appearance. */
const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1] ?? ''))]
