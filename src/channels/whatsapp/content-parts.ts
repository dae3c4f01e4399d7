// Reads the structured kinds of a message: answers to buttons, lists and forms, places, people, orders.
import { cut, list, object, plainFacts, text, type Loose } from '../meta/loose.ts'
import type { Reading } from './content.ts'

export function readInteractive(message: Loose): Reading | undefined {
  const interactive = object(message.interactive)
  const kind = text(interactive?.type)
  const answer = kind === undefined ? undefined : object(interactive?.[kind])
  // Echoes hold what the business sent: a question with buttons, not an answer.
  const asked = text(object(interactive?.body)?.text)
  if (asked !== undefined) return { type: 'interactive', content: asked }
  if (kind === undefined || answer === undefined) return undefined
  const title = text(answer.title)
  if (title !== undefined) return { type: 'interactive', content: title, details: { interactive: { type: kind, ...plainFacts(answer) } } }
  if (kind === 'nfm_reply') {
    const interactive = { type: kind, name: text(answer.name), response: formAnswer(answer.response_json) }
    return { type: 'interactive', content: `Form: ${text(answer.body) ?? 'sent'}`, generated: true, details: { interactive } }
  }
  const content = kind === 'call_permission_reply' ? `Calls ${answer.response === 'accept' ? 'allowed' : 'declined'}` : `Answer (${cut(kind, 60)})`
  return { type: 'interactive', content, generated: true, details: { interactive: { type: kind, ...plainFacts(answer) } } }
}

export function readButton(message: Loose): Reading | undefined {
  const button = object(message.button)
  const content = text(button?.text) ?? text(button?.payload)
  return content === undefined ? undefined : { type: 'button', content, details: { button: plainFacts(button) } }
}

export function readLocation(message: Loose): Reading | undefined {
  const location = object(message.location)
  const [latitude, longitude] = [text(location?.latitude), text(location?.longitude)]
  if (latitude === undefined || longitude === undefined) return undefined
  const place = [text(location?.name), text(location?.address)].filter(part => part !== undefined).join(', ')
  const content = `Location: ${place === '' ? '' : `${cut(place, 300)} `}(${latitude}, ${longitude})`
  return { type: 'location', content, generated: true, details: { location: plainFacts(location) } }
}

export function readContacts(message: Loose): Reading | undefined {
  const people = list(message.contacts).map(readPerson).filter(person => person !== undefined)
  if (people.length === 0) return undefined
  const lines = people.map(person => [person.name, ...person.phones, ...person.emails].join(' ').trim())
  return { type: 'contacts', content: cut(`Contact: ${lines.join('; ')}`, 1000), generated: true, details: { contacts: people.slice(0, 20) } }
}

export function readOrder(message: Loose): Reading | undefined {
  const order = object(message.order)
  if (order === undefined) return undefined
  const items = list(order.product_items).map(item => plainFacts(item) ?? {}).slice(0, 50)
  const words = text(order.text)
  const content = `Order: ${items.length} ${items.length === 1 ? 'item' : 'items'}${sum(items)}${words === undefined ? '' : `: ${words}`}`
  return { type: 'order', content, generated: words === undefined, details: { order: { catalog_id: text(order.catalog_id), text: words, items } } }
}

function readPerson(value: unknown) {
  const person = object(value)
  if (person === undefined) return undefined
  const name = object(person.name)
  const parts = [text(name?.first_name), text(name?.last_name)].filter(part => part !== undefined).join(' ')
  const phones = list(person.phones).map(phone => text(object(phone)?.phone) ?? text(object(phone)?.wa_id)).filter(phone => phone !== undefined)
  const emails = list(person.emails).map(mail => text(object(mail)?.email)).filter(mail => mail !== undefined)
  return { name: cut(text(name?.formatted_name) ?? parts, 200), phones: phones.slice(0, 5), emails: emails.slice(0, 5) }
}

/** `response_json` is JSON in a string; arrays and plain words have been seen in it too, so what cannot be read stays text. */
function formAnswer(value: unknown): unknown {
  if (typeof value !== 'string') return plainFacts(value) ?? null
  try {
    const parsed: unknown = JSON.parse(value)
    return plainFacts(parsed) ?? cut(value, 4000)
  } catch {
    return cut(value, 4000)
  }
}

/** ", 90.00 ILS" when every item has a price in one currency. */
function sum(items: Loose[]): string {
  const currencies = new Set(items.map(item => text(item.currency)))
  const total = items.reduce((before, item) => before + Number(item.item_price) * Number(item.quantity ?? 1), 0)
  const [currency] = currencies
  return items.length > 0 && currencies.size === 1 && currency !== undefined && Number.isFinite(total) ? `, ${total.toFixed(2)} ${cut(currency, 10)}` : ''
}
