// Fills a JSON schema with deterministic, fitting values, so that structured answers are useful without a script.

import { isObject, listAt, numberAt, objectAt, textAt, type Json } from '../json.ts'
import { claims } from './claims.ts'
import { answerText, type Prompt } from './prompt.ts'
import { bestSentence, words } from './sources.ts'

interface Place { name: string; index: number; root: Json; prompt: Prompt; parent: string }

/** A value the schema accepts; `index` counts siblings in an array, so that three suggestions differ. */
export function fillSchema(schema: Json, prompt: Prompt): unknown {
  return fill(schema, { name: '', index: 0, root: schema, prompt, parent: '' })
}

function fill(schema: Json, place: Place): unknown {
  const target = resolve(schema, place.root)
  if ('const' in target) return target.const
  const options = listAt(target, 'enum')
  if (options.length) return choose(options, place)
  const type = Array.isArray(target.type) ? target.type.find(one => one !== 'null') : target.type
  if (type === 'object' || isObject(target.properties)) {
    return Object.fromEntries(Object.entries(objectAt(target, 'properties')).map(([name, inner]) => [name, fill(isObject(inner) ? inner : {}, { ...place, name, parent: place.name })]))
  }
  if (type === 'array') {
    const claimed = claims(resolve(objectAt(target, 'items'), place.root), place.prompt)
    if (claimed) return claimed.slice(0, numberAt(target, 'maxItems') ?? 20)
    const length = Math.min(Math.max(numberAt(target, 'minItems') ?? 0, wanted(place)), numberAt(target, 'maxItems') ?? Infinity)
    return Array.from({ length }, (_, index) => fill(objectAt(target, 'items'), { ...place, index, parent: place.name }))
  }
  if (type === 'number' || type === 'integer') return number(target, place, type === 'integer')
  if (type === 'boolean') return /escalat|human|handoff|hand_off|unknown|needs/.test(place.name) ? place.prompt.best.length === 0 : /grounded|confident|supported/.test(place.name) ? place.prompt.best.length > 0 : false
  if (type === 'null') return null
  return text(place).slice(0, numberAt(target, 'maxLength') ?? 2000)
}

/** Follows `$ref` and takes the first alternative that is not null. */
function resolve(schema: Json, root: Json): Json {
  const path = textAt(schema, '$ref')
  if (path) {
    let at: unknown = root
    for (const key of path.split('/').slice(1)) at = isObject(at) ? at[key] : undefined
    return isObject(at) ? resolve(at, root) : {}
  }
  const options = [...listAt(schema, 'anyOf'), ...listAt(schema, 'oneOf')].filter(isObject)
  const first = options.find(option => option.type !== 'null')
  return first ? resolve(first, root) : schema
}

/** How many items an array gets when the schema leaves it open. */
const wanted = ({ name, prompt }: Place): number =>
  /suggest|variant|option|repl/.test(name) ? 3 : /source|citation|reference|quote/.test(name) ? prompt.best.length : /label|tag|tool|warning|error/.test(name) ? 0 : 1

/** The option the customer's words mention, else one that fits their number of signals, else the first. */
function choose(options: unknown[], { prompt, name, index }: Place): unknown {
  const first = firstChoice(options, prompt, name)
  // Variants differ in what they are for: the second suggestion gets the next intent.
  return name === 'intent' ? options[(options.indexOf(first) + index) % options.length] : first
}

function firstChoice(options: unknown[], prompt: Prompt, name: string): unknown {
  const said = new Set(words(prompt.question))
  const mentioned = options.find(option => typeof option === 'string' && words(option.replaceAll('_', ' ')).some(word => said.has(word)))
  if (mentioned !== undefined) return mentioned
  const warmth = ['hot', 'warm', 'cold']
  if (/status|stage|temperature/.test(name) && warmth.some(one => options.includes(one))) {
    const wish = signals(prompt) >= 3 ? 'hot' : signals(prompt) >= 1 ? 'warm' : 'cold'
    if (options.includes(wish)) return wish
  }
  const hint = hints.find(([sign, value]) => sign.test(prompt.question) && options.includes(value))
  return hint?.[1] ?? options[0]
}

const hints: [RegExp, string][] = [
  [/price|cost|how much|cuesta|cuánto|precio|kostet/i, 'pricing'], [/price|cost|cuesta|precio|kostet/i, 'price'], [/book|reserv|sign up|apunt|anmeld/i, 'booking'],
  [/when|time|schedule|horario|wann/i, 'schedule'], [/cancel/i, 'cancellation'], [/trial|prueba|probe/i, 'trial'], [/./, 'question'], [/./, 'general'],
]

/** Between the schema's limits (0–100 for whole numbers, 0–1 else), growing with the customer's buying signals. */
function number(schema: Json, { name, prompt }: Place, whole: boolean): number {
  const low = numberAt(schema, 'minimum') ?? numberAt(schema, 'exclusiveMinimum') ?? 0
  const high = numberAt(schema, 'maximum') ?? numberAt(schema, 'exclusiveMaximum') ?? (whole ? 100 : 1)
  const share = /confiden|certain/.test(name) ? (prompt.best.length ? 0.9 : 0.3) : Math.min(0.95, 0.2 + 0.2 * signals(prompt))
  const value = low + (high - low) * share
  return whole ? Math.round(value) : Math.round(value * 100) / 100
}

/** How many different signs of wanting to buy the customer's words carry, 0–4. */
const signals = (prompt: Prompt): number =>
  [/price|cost|how much|cuesta|cuánto|precio|kostet/i, /book|reserv|sign up|enrol|join|apunt|inscrib|anmeld/i, /today|tomorrow|tonight|this week|now|asap|hoy|mañana|heute|morgen/i, /trial|first class|prueba|probe/i]
    .filter(sign => sign.test(prompt.question)).length

function text({ name, parent, index, prompt }: Place): string {
  const inSource = /source|citation|reference/.test(parent)
  const source = prompt.best[index] ?? prompt.best[0]
  if (/^id$|_id$|ref$/.test(name)) return source?.id ?? ''
  if (inSource && /kind|type/.test(name)) return 'knowledge'
  if (/quote|excerpt/.test(name)) return source ? bestSentence(source, prompt.question) : prompt.question.slice(0, 120)
  if (/evidence/.test(name)) return prompt.question.split('\n')[0]?.slice(0, 120) ?? ''
  if (/title|subject/.test(name)) return source?.title || prompt.question.slice(0, 40)
  if (/intent|category|topic/.test(name)) return hints.find(([sign]) => sign.test(prompt.question))?.[1] ?? 'question'
  if (/lang|locale/.test(name)) return /[¿¡ñ]|\bhola\b/i.test(prompt.question) ? 'es' : 'en'
  if (/summary/.test(name)) return `The customer wrote: ${prompt.question.slice(0, 160)}`
  if (/reason|rationale|explanation|why/.test(name)) return `Because the customer wrote "${prompt.question.slice(0, 80)}".`
  return answerText(prompt, index)
}
