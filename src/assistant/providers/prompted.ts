// Makes a provider of any language model of the AI SDK: prompts, streams, reads what comes as claims, names every failure.
import { Output, parsePartialJson, streamText } from 'ai'
import type { LanguageModel } from 'ai'
import { z } from 'zod'
import { DeadlinePassed, EgressRefused } from '../../platform/safe-fetch.ts'
import { kinds } from '../score/kinds.ts'
import { ProviderFailure } from './failure.ts'
import { promptVersion, replyPrompt, scorePrompt } from './prompt.ts'
import type { Prompt } from './prompt.ts'
import type { Access, ModelProvider, RawSuggestion, Usage } from './provider.ts'

const deadlineMs = 20_000
const mostTokens = 2_000
const mostBytes = 1_000_000

const rawSuggestion = z.object({ text: z.string().max(100_000), intent: z.string().max(40), sources: z.array(z.object({ id: z.string(), quote: z.string() })).max(10) })
const suggestionsAsked = z.object({ suggestions: z.array(z.object({ text: z.string(), intent: z.enum(['answer', 'ask', 'offer', 'handoff']), sources: z.array(z.object({ id: z.string(), quote: z.string() })) })) })
const factsAsked = z.object({ facts: z.array(z.object({ kind: z.enum(Object.keys(kinds) as [string, ...string[]]), message_id: z.string(), quote: z.string() })) })
/** Read more loosely than asked: an unknown kind is passed over, not a reason to lose the rest. */
const factsRead = z.object({ facts: z.array(z.object({ kind: z.string().max(60), message_id: z.string().max(64), quote: z.string().max(2_000) })).max(200) })

interface Made extends Omit<ModelProvider, 'facts' | 'suggestions' | 'promptVersion'> { model(access: Access): LanguageModel }

export function prompted({ model, ...rest }: Made): ModelProvider {
  return {
    ...rest,
    promptVersion,
    async facts(input, access) {
      const prompt = scorePrompt(input)
      const said = speak(model(access), prompt, factsAsked)
      let text = ''
      let step = await said.next()
      for (; step.done !== true; step = await said.next()) text = step.value
      const read = factsRead.safeParse(parsed(text))
      if (!read.success) throw new ProviderFailure('invalid')
      return { facts: read.data.facts.map(fact => ({ ...fact, message_id: prompt.ids.get(fact.message_id) ?? '' })), usage: step.value }
    },
    async *suggestions(input, passages, access) {
      const prompt = replyPrompt(input, passages)
      const said = speak(model(access), prompt, suggestionsAsked)
      let given = 0
      let text = ''
      let step = await said.next()
      for (; step.done !== true; step = await said.next()) {
        text = step.value
        // One is whole once the next has begun.
        const items = itemsOf((await parsePartialJson(text)).value)
        for (; given < items.length - 1; given += 1) yield named(items[given], prompt)
      }
      const whole = parsed(text)
      const items = itemsOf(whole)
      if (whole === null || items.length === 0) throw new ProviderFailure(/\b(sorry|can(?:'|no)t (?:help|assist))\b/i.test(text) && whole === null ? 'refused' : 'invalid')
      for (; given < items.length; given += 1) yield named(items[given], prompt)
      return step.value
    },
  }
}

/** A fetch that obeys the rules of egress: the provider's hosts and the configured addresses, 20 s, 1 MB. */
export function guarded(access: Access, hosts: string[]): typeof fetch {
  return (input, init) => access.fetch(typeof input === 'string' ? input : input instanceof URL ? input.href : input.url, init ?? {}, { origins: access.origins, hosts, deadlineMs, maxBytes: mostBytes })
}

/** Yields the text so far after each piece. Throws ProviderFailure. */
async function* speak(model: LanguageModel, prompt: Prompt, schema: z.ZodType): AsyncGenerator<string, Usage> {
  let text = ''
  let usage: Usage = { tokens: 0 }
  let reason = ''
  try {
    const result = streamText({ model, instructions: prompt.system, prompt: prompt.user, output: Output.object({ schema }), maxRetries: 0, maxOutputTokens: mostTokens, onError: () => undefined })
    for await (const part of result.stream) {
      if (part.type === 'error') throw part.error
      if (part.type === 'abort') throw new ProviderFailure('timeout')
      if (part.type === 'text-delta') yield text += part.text
      if (part.type === 'finish') {
        usage = { tokens: part.totalUsage.totalTokens ?? 0 }
        reason = part.finishReason
      }
    }
  } catch (error) {
    throw outcomeOf(error)
  }
  if (reason === 'length') throw new ProviderFailure('cut')
  if (reason === 'content-filter') throw new ProviderFailure('refused')
  if (reason === 'error' || reason === '') throw new ProviderFailure('cut')
  if (text.trim() === '') throw new ProviderFailure('empty')
  return usage
}

const spent = /insufficient_quota|credit_balance_exhausted|(?:spend|usage)_limit|billing_hard_limit/
const failed = z.object({ statusCode: z.number().optional(), data: z.unknown().optional(), responseBody: z.string().optional(), cause: z.unknown().optional() })

/** Our name for what went wrong. A 429 that speaks of money is a limit, not a pause. */
export function outcomeOf(error: unknown): ProviderFailure {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at instanceof ProviderFailure) return at
    if (at instanceof DeadlinePassed) return new ProviderFailure('timeout')
    if (at instanceof EgressRefused) return new ProviderFailure('unreachable', 'address refused')
  }
  const { statusCode, data, responseBody } = failed.safeParse(error).data ?? {}
  if (statusCode === undefined) return new ProviderFailure(error instanceof Error && /parse|json|type validation/i.test(error.name + error.message) ? 'invalid' : 'unreachable')
  const body = `${JSON.stringify(data ?? '')} ${responseBody ?? ''}`
  if (statusCode === 402 || (statusCode === 429 && spent.test(body))) return new ProviderFailure('spend_limit')
  if (statusCode === 429) return new ProviderFailure('rate_limited')
  if (statusCode === 401 || statusCode === 403) return new ProviderFailure('unauthorized')
  if (statusCode === 404 || /model_not_found/.test(body)) return new ProviderFailure('unknown_model')
  if (/content_filter/.test(body)) return new ProviderFailure('refused')
  return new ProviderFailure(statusCode >= 500 ? 'overloaded' : statusCode >= 400 ? 'bad_request' : 'invalid')
}

function itemsOf(value: unknown): unknown[] {
  const list = typeof value === 'object' && value !== null ? (value as { suggestions?: unknown }).suggestions : undefined
  return Array.isArray(list) ? list.slice(0, 6) : []
}

/** Short names become ids again; a malformed suggestion becomes an empty one, which no check lets pass. */
function named(item: unknown, prompt: Prompt): RawSuggestion {
  const read = rawSuggestion.safeParse(item)
  if (!read.success) return { text: '', intent: '', sources: [] }
  return { ...read.data, sources: read.data.sources.map(source => ({ ...source, id: prompt.ids.get(source.id) ?? '' })) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // not JSON: the callers name that outcome
  }
}
