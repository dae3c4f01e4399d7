// What a model provider must be able to do. Its answers are claims: the agents check every one of them.
import type { KnowledgeEntry, ReplyInput, ScoreInput } from '../../contract/assistant.ts'
import type { Config } from '../../platform/env.ts'
import type { SafeFetch } from '../../platform/safe-fetch.ts'
import type { Claim } from '../score/rules.ts'

/** How a call reaches the provider: the opened key, the address, the model. */
export interface Access { key: string; base_url: string; model: string; fetch: SafeFetch; /** Origins that are configured. */ origins: string[] }
export interface Model { id: string; /** YYYY-MM-DD when it is switched off, or null. */ shutdown_date: string | null }
/** One suggestion as a provider words it; `sources` name entries and the exact span they are used for. */
export interface RawSuggestion { text: string; intent: string; sources: { id: string; quote: string }[] }
export interface Usage { tokens: number }

export interface ModelProvider {
  name: string
  label: string
  capabilities: { stream: boolean; json: boolean; tools: boolean; embeddings: boolean; context_tokens: number | null }
  promptVersion: string
  /** null: needs no key, no address and no model. */
  remote: null | { defaultModel: string; address(config: Config): string; /** Hosts besides the configured address that a studio may name. */ hosts: string[] }
  /** Lists the models the key opens: the live check of a key. Throws ProviderFailure. */
  models(access: Access): Promise<Model[]>
  /** Facts with the message they come from. Throws ProviderFailure. */
  facts(input: ScoreInput, access: Access): Promise<{ facts: Claim[]; usage: Usage }>
  /** Suggestions one by one; returns what it used. `passages` are the entries that fit, best first. Throws ProviderFailure. */
  suggestions(input: ReplyInput, passages: KnowledgeEntry[], access: Access): AsyncGenerator<RawSuggestion, Usage>
}
