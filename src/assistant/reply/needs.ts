// What the customer's last words ask for: one need per topic or thing, in the order asked.
import type { ThreadLine } from '../../contract/assistant.ts'
import { clean, sentencesOf } from '../clean.ts'
import { mended, optOut, sensitive, smallTalk, stylesIn, topicsIn } from '../lexicon.ts'
import type { Topic } from '../lexicon.ts'
import { termsOf } from './terms.ts'

export interface Need { topic: Topic | null; /** Words that an answer should be about, besides the topic's own and the styles. */ terms: string[]; styles: string[] }
export interface Turn {
  /** The inbound lines since our last word, else the newest inbound one. */
  text: string
  needs: Need[]
  kind: 'question' | 'greeting' | 'small_talk' | 'opt_out' | 'sensitive' | 'nothing'
}

const opening = /^(how|when|where|what|which|who|do|does|is|are|can|could|cuant|cuando|donde|que|cual|hay|tien|ten[eé]is|se puede|puedo|also|tambien)/
const mostNeeds = 4
/** The end of a long turn is what is read of it. */
const mostCharacters = 4_000

export function readTurn(lines: ThreadLine[]): Turn {
  const lastAnswer = lines.findLastIndex(line => line.direction === 'outbound')
  const open = lines.slice(lastAnswer + 1).filter(line => line.direction === 'inbound')
  const asked = open.length > 0 ? open : lines.filter(line => line.direction === 'inbound').slice(-1)
  const text = asked.map(line => clean(line.content).trim()).filter(line => line !== '').join('\n').slice(-mostCharacters)
  const words = mended(text)
  if (!/[\p{L}\p{N}]/u.test(text)) return { text, needs: [], kind: text === '' ? 'nothing' : 'small_talk' }
  if (optOut.test(words)) return { text, needs: [], kind: 'opt_out' }
  if (smallTalk.test(words)) return { text, needs: [], kind: 'small_talk' }
  const needs = withStyles(sentencesOf(text).flatMap(sentence => clausesOf(sentence.text)).flatMap(needsOf)).slice(0, mostNeeds)
  if (sensitive.test(words)) return { text, needs, kind: 'sensitive' }
  return { text, needs, kind: needs.length > 0 ? 'question' : 'greeting' }
}

/** "How much is it and do you have parking?" is two. */
function clausesOf(sentence: string): string[] {
  const parts: string[] = []
  for (const part of sentence.split(/(?:,|;|\band\b|\by\b)\s+/iu)) {
    if (parts.length === 0 || opening.test(mended(part))) parts.push(part)
    else parts[parts.length - 1] += ` ${part}`
  }
  const isQuestion = /[?¿]/.test(sentence)
  return parts.map(part => (isQuestion && !part.includes('?') ? `${part}?` : part))
}

/** "How much is salsa, and when is it?": what was named before is still meant. */
function withStyles(needs: Need[]): Need[] {
  let named: string[] = []
  return needs.map(need => {
    if (need.styles.length > 0) named = need.styles
    return need.topic === 'location' || need.topic === 'policy' ? need : { ...need, styles: named }
  })
}

function needsOf(clause: string): Need[] {
  const words = mended(clause)
  const isQuestion = clause.includes('?') || opening.test(words)
  const found = topicsIn(words)
  const topics = found.length > 1 ? found.filter(topic => topic !== 'classes') : found
  const styles = stylesIn(words)
  const own = termsOf(words).filter(term => stylesIn(term).length === 0).filter(term => !topics.some(topic => topicsIn(term).includes(topic)))
  if (topics.length > 0) return topics.map(topic => ({ topic, terms: own, styles }))
  if (isQuestion && own.length + styles.length > 0) return [{ topic: null, terms: own, styles }]
  return styles.length > 0 && (isQuestion || /interest|want|like|quier|interes|gustar/.test(words)) ? [{ topic: 'classes', terms: own, styles }] : []
}
