// Lists of claims with a kind and a quote ("asks_price", "How much is it?"): one for each sign found in what was said.

import { isObject, listAt, objectAt, type Json } from '../json.ts'
import type { Prompt } from './prompt.ts'

/** A sign in people's words, and the stem by which the caller's own kinds are likely to name it. */
const signs: [sign: RegExp, stem: string][] = [
  [/price|cost|how much|\bfees?\b|cuesta|cuánto|precio|kostet|preis/i, 'price'],
  [/\bbook|reserv|sign (me )?up|enrol|\bjoin\b|apunt|inscrib|anmeld/i, 'book'],
  [/\btrial|try (it|a)|first class|prueba|probar|probe/i, 'trial'],
  [/\bwhen\b|schedule|what time|horario|cuándo|wann/i, 'schedule'],
  [/\bclass|course|lesson|workshop|\bclases?\b|curso|\bkurs/i, 'class'],
  [/today|tonight|asap|urgent|right away|\bhoy\b|heute/i, 'urgent'],
  [/this week|tomorrow|(mon|tues|wednes|thurs|fri|satur|sun)day|mañana|semana|morgen/i, 'week'],
  [/daughter|\bson\b|\bkids?\b|child|\bhij[ao]|kind/i, 'child'],
  [/beginn|intermediate|advanced|principiante|anfänger/i, 'level'],
  [/years? old|\baños\b|jahre alt/i, 'age'],
  [/expensive|too much|\bcaro\b|teuer/i, 'expensive'],
]

/** Undefined when the items are not claims, that is, have no quote beside a closed list of kinds. */
export function claims(items: Json, prompt: Prompt): Json[] | undefined {
  const properties = objectAt(items, 'properties')
  const [kindName, options] = Object.entries(properties).map(([name, schema]) => [name, isObject(schema) ? listAt(schema, 'enum').map(String) : []] as const).find(([, list]) => list.length > 0) ?? []
  if (!('quote' in properties) || !kindName || !options) return undefined
  const idName = Object.keys(properties).find(name => name === 'id' || name.endsWith('_id'))
  return prompt.sources.flatMap(source => signs.flatMap(([sign, stem]): Json[] => {
    const option = options.find(one => one.startsWith('ask') && one.includes(stem)) ?? options.find(one => one.endsWith(stem)) ?? options.find(one => one.includes(stem))
    const quote = option && source.text.match(/[^.!?\n]+[.!?]*/g)?.map(one => one.trim()).find(one => sign.test(one))
    return quote ? [{ [kindName]: option, ...(idName ? { [idName]: source.id } : {}), quote }] : []
  }))
}
