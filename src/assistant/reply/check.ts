// What every provider's suggestion must pass before anybody sees it.
import type { KnowledgeEntry } from '../../contract/assistant.ts'
import type { Suggestion, SuggestionSource } from '../../contract/inbox.ts'
import { fold } from '../../platform/words.ts'
import type { RawSuggestion } from '../providers/provider.ts'
import { plainText, withoutLooseClaims } from './claims.ts'
import { phrases } from './phrases.ts'
import type { Language } from './phrases.ts'

const longest = 1_000
/** What is looked at of a model's words; the rest is noise. */
const lookedAt = 8_000
const intents: readonly string[] = ['answer', 'ask', 'offer', 'handoff']

/** The suggestion as it may be shown, or null when nothing is left of it. `secrets`: texts that must not appear, such as our instructions. */
export function checked(raw: RawSuggestion, knowledge: KnowledgeEntry[], language: Language, secrets: string[]): Suggestion | null {
  const sources = raw.sources.flatMap(source => proven(source, knowledge))
  const quotes = sources.map(source => source.quote)
  const say = phrases[language]
  const text = plainText(raw.text.slice(0, lookedAt)).slice(0, longest).toWellFormed().trim()
  if (text === '' || !intents.includes(raw.intent) || secrets.some(secret => fold(text).includes(fold(secret)))) return null
  if (raw.intent === 'answer' && sources.length === 0) return { text: say.noSource, intent: 'handoff', sources: [] }
  const { text: safe, changed } = withoutLooseClaims(text, quotes, say.noSource)
  return { text: safe, intent: changed && !safe.includes('?') && sources.length === 0 ? 'handoff' : raw.intent as Suggestion['intent'], sources }
}

/** A source counts when the entry is one of the studio's valid ones and holds the quote word for word. */
function proven(source: { id: string; quote: string }, knowledge: KnowledgeEntry[]): SuggestionSource[] {
  const entry = knowledge.find(one => one.id === source.id)
  const quote = source.quote.trim()
  return entry !== undefined && quote.length >= 3 && entry.content.includes(quote) ? [{ kind: 'knowledge', id: entry.id, title: entry.title, quote }] : []
}
