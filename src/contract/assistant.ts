// What passes between the product and its assistant: plain data in, checked results out. The assistant writes nothing.
import type { Evidence, Factors, Suggestion } from './inbox.ts'

export interface ThreadLine { id: string; seq: number; direction: 'inbound' | 'outbound'; content: string; /** ms since epoch. */ at: number }
/** An entry that is valid today. */
export interface KnowledgeEntry { id: string; title: string; content: string; category: string; updated_at: number }
/** The provider a studio chose, with its key still sealed. */
export interface ProviderChoice { name: string; sealed_key: string | null; base_url: string | null; model: string | null }

interface Asked {
  studio: { id: string; name: string; timezone: string; locale: string }
  /** null: the built-in one. */
  provider: ProviderChoice | null
  knowledge: KnowledgeEntry[]
  /** ms since epoch. */
  now: number
}
export interface ScoreInput extends Asked {
  /** What the contact wrote and what was answered, oldest first; never imported history. */
  lines: ThreadLine[]
  /** Inputs hash of the score in force: the same inputs are not scored again. */
  last_hash: string | null
}
export interface ReplyInput extends Asked {
  contact_name: string
  /** The conversation's newest lines, oldest first. */
  lines: ThreadLine[]
  tone: string
  /** "auto" or a language tag. */
  language: string
  /** Nobody asked for this draft: thanks and emojis get none. */
  unasked: boolean
}

/** The record of one act; kept as a decision. */
export interface Act {
  inputs_hash: string
  /** Ids and versions of all that went in; with the rows they name the act can be run again. */
  inputs: Record<string, unknown>
  sources: { kind: string; id: string; title: string; quote: string }[]
  provider: string
  model: string | null
  prompt_version: string
  /** "scored", "kept: …", "drafted", "none: …". */
  verdict: string
  latency_ms: number
  tokens: number
  /** Millionths of a US dollar; 0 where the provider tells no price. */
  cost_micros: number
  /** The provider that failed and was stood in for, with the reason: "openai: spend_limit". */
  fallback_from: string | null
}

export type ScoreResult =
  | { outcome: 'scored'; score: number; factors: Factors; evidence: Evidence[]; act: Act }
  /** Nothing that is scored has changed. */
  | { outcome: 'same' }
  /** The provider's answer was unusable: the old score stays. */
  | { outcome: 'kept'; act: Act }

export type ReplyResult =
  | { outcome: 'drafted'; suggestions: Suggestion[]; act: Act }
  /** No draft: refused, empty, cut, or nothing to answer. */
  | { outcome: 'none'; act: Act }

export interface Assistant {
  score(input: ScoreInput): Promise<ScoreResult>
  /** `onSuggestion` gets each suggestion once it has passed all checks. */
  reply(input: ReplyInput, onSuggestion?: (suggestion: Suggestion) => void): Promise<ReplyResult>
}
