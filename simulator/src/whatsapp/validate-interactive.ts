// Meta's limits on interactive messages: buttons, lists, links, flows, requests.

import { isObject, listAt, objectAt, textAt, type Json } from '../json.ts'
import { GraphError } from './errors.ts'
import { checkLength, missing, need } from './validate-message.ts'

const types = ['button', 'list', 'cta_url', 'flow', 'location_request_message', 'request_contact_info', 'call_permission_request', 'product', 'product_list']

export function checkInteractive(content: Json): void {
  const type = need(content, 'type', 'interactive.type')
  if (!types.includes(type)) throw new GraphError(131009, `interactive.type ${type} is not supported.`)
  if (type !== 'product') checkLength(need(objectAt(content, 'body'), 'text', 'interactive.body.text'), type === 'list' ? 4096 : 1024, 'interactive.body.text')
  checkLength(textAt(objectAt(content, 'footer'), 'text') ?? '', 60, 'interactive.footer.text')
  checkLength(textAt(objectAt(content, 'header'), 'text') ?? '', 60, 'interactive.header.text')
  if (!isObject(content.action)) throw missing('interactive.action')
  if (type === 'button') checkButtons(listAt(content.action, 'buttons'))
  if (type === 'list') checkList(content.action)
  if (type === 'cta_url') need(objectAt(content.action, 'parameters'), 'url', 'interactive.action.parameters.url')
}

function checkButtons(buttons: unknown[]): void {
  if (buttons.length < 1 || buttons.length > 3) throw new GraphError(131009, `Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3, got ${buttons.length}`)
  const replies = buttons.map(button => objectAt(isObject(button) ? button : {}, 'reply'))
  for (const reply of replies) {
    checkLength(need(reply, 'id', 'action.buttons.reply.id'), 256, 'Button id')
    checkLength(need(reply, 'title', 'action.buttons.reply.title'), 20, 'Button title')
  }
  if (new Set(replies.map(reply => reply.id)).size < replies.length || new Set(replies.map(reply => reply.title)).size < replies.length) {
    throw new GraphError(131009, 'Button ids and titles must be unique')
  }
}

function checkList(action: Json): void {
  checkLength(need(action, 'button', 'interactive.action.button'), 20, 'interactive.action.button')
  const sections = listAt(action, 'sections').filter(isObject)
  const rows = sections.flatMap(section => listAt(section, 'rows').filter(isObject))
  if (rows.length < 1 || rows.length > 10) throw new GraphError(131009, `Total row count exceed max allowed count: 10, got ${rows.length}`)
  if (sections.length > 1) for (const section of sections) checkLength(need(section, 'title', 'sections.title'), 24, 'sections.title')
  for (const row of rows) {
    checkLength(need(row, 'id', 'rows.id'), 200, 'rows.id')
    checkLength(need(row, 'title', 'rows.title'), 24, 'rows.title')
    checkLength(textAt(row, 'description') ?? '', 72, 'rows.description')
  }
  if (new Set(rows.map(row => row.id)).size < rows.length) throw new GraphError(131009, 'Row ids must be unique')
}
