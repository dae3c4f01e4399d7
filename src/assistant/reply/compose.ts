// The built-in suggestions: an answer of exact quotes, one question that moves on, and the next step. Pure.
import type { KnowledgeEntry, ReplyInput } from '../../contract/assistant.ts'
import type { Suggestion, SuggestionSource } from '../../contract/inbox.ts'
import { clean } from '../clean.ts'
import { languageOf, levels, mended, stylesIn } from '../lexicon.ts'
import { readTurn } from './needs.ts'
import type { Need, Turn } from './needs.ts'
import { givenName, phrases, toneOf } from './phrases.ts'
import type { Language, Phrases } from './phrases.ts'
import { passagesFor } from './retrieve.ts'
import type { Passage } from './retrieve.ts'

const trialNeed: Need = { topic: 'trial', terms: [], styles: [] }
const mostQuotes = 3
/** Characters of what was said before that the next question looks back on. */
const lookedBack = 6_000

/** Three suggestions of different intent. An answer without a source says so and is a hand-off. */
export function compose(input: ReplyInput): Suggestion[] {
  const turn = readTurn(input.lines)
  const language = replyLanguage(input, turn)
  const say = phrases[language]
  const greeting = say.greeting(givenName(input.contact_name), toneOf(input.tone))
  const line = (...parts: string[]): string => [greeting, ...parts].filter(part => part !== '').join(' ')
  const ask: Suggestion = { text: line(nextQuestion(turn, input, say)), intent: 'ask', sources: [] }
  const first = turn.needs.length > 0 && turn.kind !== 'sensitive' ? answer(turn, input.knowledge, language, line, say)
    : { text: line(turn.kind === 'sensitive' ? say.sensitive : say.handoff), intent: 'handoff' as const, sources: [] }
  const next = offer(first, turn, input.knowledge, language, line, say)
  return turn.kind === 'question' || turn.kind === 'sensitive' ? [first, ask, next] : [ask, next, first]
}

/** The language asked for, else the customer's, else the studio's own. */
export function replyLanguage(input: ReplyInput, turn: Turn): Language {
  const wished = input.language.slice(0, 2).toLowerCase()
  if (wished === 'en' || wished === 'es') return wished
  const said = languageOf(turn.text) ?? languageOf(input.lines.filter(one => one.direction === 'inbound').map(one => one.content).join('\n').slice(-lookedBack))
  return said ?? (input.studio.locale.toLowerCase().startsWith('es') ? 'es' : 'en')
}

function answer(turn: Turn, knowledge: KnowledgeEntry[], language: Language, line: (...parts: string[]) => string, say: Phrases): Suggestion {
  const found = turn.needs.map(need => passagesFor(need, knowledge))
  const passages = distinct(found.flat()).slice(0, mostQuotes)
  if (passages.length === 0) return { text: line(say.noSource), intent: 'handoff', sources: [] }
  const rest = found.some(one => one.length === 0) ? say.restNoSource : ''
  return { text: line(...quoting(passages, language, say), rest), intent: 'answer', sources: passages.map(sourceOf) }
}

/** The trial, where the knowledge has one; else a person, as an offer only where nothing else hands over already. */
function offer(first: Suggestion, turn: Turn, knowledge: KnowledgeEntry[], language: Language, line: (...parts: string[]) => string, say: Phrases): Suggestion {
  const trials = turn.kind === 'sensitive' ? [] : passagesFor({ ...trialNeed, styles: turn.needs.flatMap(need => need.styles) }, knowledge, 1)
  if (trials.length > 0) return { text: line(...quoting(trials, language, say), say.offerTrial), intent: 'offer', sources: trials.map(sourceOf) }
  return first.intent === 'handoff' ? { text: line(say.offerPerson), intent: 'offer', sources: [] } : { text: line(say.handoff, say.offerPerson), intent: 'handoff', sources: [] }
}

function quoting(passages: Passage[], language: Language, say: Phrases): string[] {
  const written = languageOf(passages.map(passage => passage.quote).join(' '))
  const other = written !== null && written !== language
  return [say.quoted(other), ...passages.map(passage => ended(clean(passage.quote)))]
}

/** What is still unknown and matters most: for whom, which style, what level, when. */
function nextQuestion(turn: Turn, input: ReplyInput, say: Phrases): string {
  if (turn.kind === 'sensitive') return say.asks.more
  if (turn.kind === 'greeting' || turn.kind === 'small_talk') return say.asks.what
  const said = mended(input.lines.filter(one => one.direction === 'inbound').map(one => clean(one.content)).join(' . ').slice(-lookedBack))
  if (stylesIn(said).length === 0) return say.asks.style
  if (!/\b(daughters?|sons?|kids?|child|children|adults?|hij[oa]s?|nin[oa]s?|adult[oa]s?|years? old|anos|i m \d+|for me|para mi)\b/.test(said)) return say.asks.who
  return levels.test(said) ? say.asks.when : say.asks.level
}

function distinct(passages: Passage[]): Passage[] {
  return passages.filter((passage, i) => passages.findIndex(other => other.entry.id === passage.entry.id && other.quote === passage.quote) === i)
}

function sourceOf(passage: Passage): SuggestionSource {
  return { kind: 'knowledge', id: passage.entry.id, title: passage.entry.title, quote: passage.quote }
}

function ended(text: string): string {
  return /[.!?…:]["”»)\]]*$/.test(text) ? text : `${text}.`
}
