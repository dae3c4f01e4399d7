// What a chat request says, reduced to what the simulated model looks at.

import { isObject, listAt, objectAt, textAt, type Json } from '../json.ts'
import { bestSentence, bestSources, findSources, type Source } from './sources.ts'

export interface Prompt {
  model: string
  system: string
  /** The last user message. */
  user: string
  /** What the customer said last, as far as it can be told from the rest of the user message. */
  question: string
  all: string
  sources: Source[]
  /** The sources that fit, best first. */
  best: Source[]
}

export function readPrompt(body: Json): Prompt {
  const messages = listAt(body, 'messages').filter(isObject)
  const textOf = (role: RegExp) => messages.filter(message => role.test(textAt(message, 'role') ?? '')).map(contentText)
  const system = textOf(/^(system|developer)$/).join('\n')
  const user = textOf(/^user$/).at(-1) ?? ''
  const all = messages.map(contentText).join('\n')
  const question = customersWords(user)
  const sources = findSources(all)
  return { model: textAt(body, 'model') ?? '', system, user, question, all, sources, best: bestSources(sources, question, 2) }
}

/** A deterministic answer that repeats the fitting facts word for word; `variant` 0, 1, 2 frames it differently. */
export function answerText(prompt: Prompt, variant = 0): string {
  const tongue = tongues.find(one => one.sign.test(prompt.question)) ?? english
  const fact = prompt.best[0] ? bestSentence(prompt.best[0], prompt.question) : ''
  const second = prompt.best[1] ? bestSentence(prompt.best[1], prompt.question) : ''
  if (!fact) return tongue.unknown[variant % 3] ?? ''
  const facts = variant === 1 && second ? `${fact} ${second}` : fact
  return `${tongue.open[variant % 3] ?? ''} ${facts} ${tongue.close[variant % 3] ?? ''}`.trim()
}

interface Tongue { sign: RegExp; open: string[]; close: string[]; unknown: string[] }

const english: Tongue = {
  sign: /^/,
  open: ['Hi! Thanks for your message.', 'Happy to help!', 'Good question!'],
  close: ['Would you like me to reserve a place for you?', 'Shall I send you the details?', 'Let me know if you have any other question.'],
  unknown: ['Thanks for your message! Let me check that with the team and come back to you shortly.', 'Good question! I will ask our team and write to you today.', 'Thank you for writing! A colleague will answer you soon.'],
}
const tongues: Tongue[] = [
  { sign: /[¿¡ñ]|\b(hola|cuánto|cuanto|cuesta|clases?|quiero|horario|gracias)\b/i,
    open: ['¡Hola! Gracias por tu mensaje.', '¡Con gusto!', '¡Buena pregunta!'], close: ['¿Te reservo una plaza?', '¿Te envío los detalles?', 'Cualquier duda, aquí estamos.'],
    unknown: ['¡Gracias por tu mensaje! Lo consulto con el equipo y te respondo enseguida.', '¡Buena pregunta! Lo pregunto y te escribo hoy.', '¡Gracias por escribir! Un compañero te responderá pronto.'] },
  { sign: /\b(hallo|wann|wie viel|kostet|kurse?|ich|möchte|danke)\b/i,
    open: ['Hallo! Danke für deine Nachricht.', 'Gern!', 'Gute Frage!'], close: ['Soll ich dir einen Platz reservieren?', 'Soll ich dir die Einzelheiten schicken?', 'Melde dich, wenn du noch etwas wissen möchtest.'],
    unknown: ['Danke für deine Nachricht! Ich frage im Team nach und melde mich gleich.', 'Gute Frage! Ich kläre das und schreibe dir heute.', 'Danke! Wir melden uns bald bei dir.'] },
]

function contentText(message: Json): string {
  return textAt(message, 'content') ?? listAt(message, 'content').filter(isObject).map(part => textAt(part, 'text') ?? '').join('\n')
}

/** The last line a customer is quoted with, else the last paragraph that is not an instruction block. */
function customersWords(user: string): string {
  const tagged = [...user.matchAll(/<(message|customer|question|inbound|untrusted|customer_message)[^>]*>([\s\S]*?)<\/\1>/gi)].at(-1)?.[2]
  const spoken = [...user.matchAll(/^\W*(?:customer|contact|client|lead|inbound|visitor|user)\b[^:\n]{0,40}:\s*(.+)$/gim)].at(-1)?.[1]
  return (tagged ?? spoken ?? user).trim()
}

/** The `json_schema` asked for: in `response_format`, or, for plain JSON mode, where the prompt spells it. */
export const schemaOf = (body: Json): Json | undefined => {
  const format = objectAt(body, 'response_format')
  const schema = objectAt(objectAt(format, 'json_schema'), 'schema')
  return Object.keys(schema).length ? schema : undefined
}
