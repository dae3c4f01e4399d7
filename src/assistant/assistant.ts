// The assistant as verbs get it: chooses the provider, checks all it says, and falls back to the built-in one when it fails.
import type { Act, Assistant, ProviderChoice, ReplyInput, ReplyResult, ScoreInput, ScoreResult } from '../contract/assistant.ts'
import type { Suggestion } from '../contract/inbox.ts'
import type { Config } from '../platform/env.ts'
import { describe, log } from '../platform/log.ts'
import { observe } from '../platform/metrics.ts'
import { makeSafeFetch } from '../platform/safe-fetch.ts'
import { openAccess } from './connect.ts'
import { inputsHash } from './inputs-hash.ts'
import { builtIn } from './providers/built-in.ts'
import { ProviderFailure } from './providers/failure.ts'
import { replyRules, scoreRules } from './providers/prompt.ts'
import type { Access, ModelProvider, RawSuggestion } from './providers/provider.ts'
import { findProvider } from './providers/registry.ts'
import { checked } from './reply/check.ts'
import { compose, replyLanguage } from './reply/compose.ts'
import { readTurn } from './reply/needs.ts'
import { entriesFor } from './reply/retrieve.ts'
import { facetsOf } from './score/facets.ts'
import { judge } from './score/judge.ts'

const mostSuggestions = 3
/** What of the knowledge goes into one prompt. */
const promptEntries = 8
const promptCharacters = 12_000

/** `raw` stands in for the network in tests. */
export function makeAssistant(config: Config, raw: typeof fetch = (input, init) => fetch(input, init)): Assistant {
  const safe = makeSafeFetch(raw)
  const open = (provider: ModelProvider, choice: ProviderChoice | null, studioId: string): Promise<Access> => openAccess(provider, choice, studioId, config, safe)

  async function score(input: ScoreInput): Promise<ScoreResult> {
    const start = performance.now()
    const wanted = chosen(input.provider)
    const facets = facetsOf(input.knowledge)
    const hash = await inputsHash([wanted.name, wanted.promptVersion, input.provider?.model ?? null, input.lines.map(line => [line.id, line.direction, line.content, line.at]), facets])
    if (hash === input.last_hash) return { outcome: 'same' }
    const act = (provider: ModelProvider, verdict: string, tokens: number, sources: Act['sources'], fallback: string | null): Act => ({
      ...record(input, provider, start, verdict, tokens, fallback), inputs_hash: hash, inputs: { lines: input.lines.map(line => line.id), facets }, sources,
    })
    const asked = await withFallback(wanted, async provider => provider.facts(input, await open(provider, input.provider, input.studio.id)))
    observe('ai_processing_duration_seconds', (performance.now() - start) / 1000, { kind: 'score' })
    if (asked.failure !== null) return { outcome: 'kept', act: act(wanted, `kept: ${asked.failure.reason}`, 0, [], null) }
    const judged = judge(asked.value.facts, input.lines, facets)
    const sources = judged.evidence.map(one => ({ kind: 'message', id: one.message_id ?? '', title: one.fact, quote: '' }))
    return { outcome: 'scored', ...judged, act: act(asked.provider, 'scored', asked.value.usage.tokens, sources, asked.fallback) }
  }

  async function reply(input: ReplyInput, onSuggestion: (suggestion: Suggestion) => void = () => undefined): Promise<ReplyResult> {
    const start = performance.now()
    const wanted = chosen(input.provider)
    const turn = readTurn(input.lines)
    const language = replyLanguage(input, turn)
    const passages = wanted.remote === null ? [] : entriesFor(turn.needs, turn.text, input.knowledge, promptEntries, promptCharacters)
    const inputs = {
      lines: input.lines.map(line => line.id), knowledge: (wanted.remote === null ? input.knowledge : passages).map(entry => `${entry.id}@${entry.updated_at}`),
      tone: input.tone, language: input.language, name: input.contact_name !== '',
    }
    const hash = await inputsHash([wanted.name, wanted.promptVersion, input.provider?.model ?? null, inputs, input.lines.map(line => line.content)])
    const act = (provider: ModelProvider, verdict: string, tokens: number, suggestions: Suggestion[], fallback: string | null): Act => ({
      ...record(input, provider, start, verdict, tokens, fallback), inputs_hash: hash, inputs, sources: suggestions.flatMap(one => one.sources),
    })
    if (turn.kind === 'opt_out' || turn.kind === 'nothing' || (input.unasked && turn.kind === 'small_talk')) return { outcome: 'none', act: act(wanted, `none: ${turn.kind}`, 0, [], null) }
    const given: Suggestion[] = []
    const give = (raw: RawSuggestion): void => {
      const suggestion = checked(raw, input.knowledge, language, [...replyRules, ...scoreRules])
      if (suggestion === null || given.length >= mostSuggestions || given.some(one => one.intent === suggestion.intent)) return
      given.push(suggestion)
      onSuggestion(suggestion)
    }
    const asked = await withFallback(wanted, async provider => {
      const stream = provider.suggestions(input, passages, await open(provider, input.provider, input.studio.id))
      let step = await stream.next()
      for (; step.done !== true; step = await stream.next()) give(step.value)
      return step.value
    })
    observe('ai_processing_duration_seconds', (performance.now() - start) / 1000, { kind: 'reply' })
    if (asked.failure !== null) return { outcome: 'none', act: act(wanted, `none: ${asked.failure.reason}`, 0, [], null) }
    if (given.length === 0) return { outcome: 'none', act: act(asked.provider, 'none: nothing passed the checks', asked.value.tokens, [], asked.fallback) }
    // A model that worded fewer than three gets the missing intents from the rules.
    const missing = given.length < mostSuggestions
    if (missing) for (const own of compose(input)) give({ ...own, sources: own.sources })
    return { outcome: 'drafted', suggestions: given, act: act(asked.provider, missing ? 'drafted, completed by rules' : 'drafted', asked.value.tokens, given, asked.fallback) }
  }

  return { score, reply }
}

function chosen(choice: ProviderChoice | null): ModelProvider {
  return (choice === null ? undefined : findProvider(choice.name)) ?? builtIn
}

type Asked<T> = { failure: ProviderFailure } | { failure: null; value: T; provider: ModelProvider; fallback: string | null }

/** Another provider stands in when one cannot be reached; an answer that is no good is never asked for twice. */
async function withFallback<T>(wanted: ModelProvider, ask: (provider: ModelProvider) => Promise<T>): Promise<Asked<T>> {
  try {
    return { failure: null, value: await ask(wanted), provider: wanted, fallback: null }
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    log('warn', 'assistant.provider_failed', { provider: wanted.name, reason: error.reason, error: describe(error) })
    if (error.isAnswer) return { failure: error }
    return { failure: null, value: await ask(builtIn), provider: builtIn, fallback: `${wanted.name}: ${error.reason}` }
  }
}

function record(input: ScoreInput | ReplyInput, provider: ModelProvider, start: number, verdict: string, tokens: number, fallback: string | null): Omit<Act, 'inputs' | 'inputs_hash' | 'sources'> {
  const model = provider.remote === null ? null : input.provider?.model ?? provider.remote.defaultModel
  return { provider: provider.name, model, prompt_version: provider.promptVersion, verdict, latency_ms: Math.round(performance.now() - start), tokens, cost_micros: 0, fallback_from: fallback }
}
