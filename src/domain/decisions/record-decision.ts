// Writes down one act of the assistant.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Act } from '../../contract/assistant.ts'
import { insertSelect, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { modelProviders } from '../assistant/assistant.sql.ts'
import { decisions } from './decisions.sql.ts'

/** The decision, and what it tells of the provider's health; nothing where `guard` does not hold. */
export function recordDecision(id: string, kind: 'score' | 'reply', subject: string, act: Act, guard: SQL): Write[] {
  const failed = /^([\w-]+): (\w+)$/.exec(act.fallback_from ?? '')
  const [provider, problem] = failed === null ? [act.provider, null] : [failed[1] ?? '', failed[2] ?? '']
  return [
    insertSelect(decisions, {
      id, kind, subject, inputsHash: act.inputs_hash, inputs: JSON.stringify(act.inputs), sources: JSON.stringify(act.sources), provider: act.provider, model: act.model,
      promptVersion: act.prompt_version, verdict: act.verdict, fallbackFrom: act.fallback_from, latencyMs: act.latency_ms, tokens: act.tokens, costMicros: act.cost_micros, at: sql.placeholder('now'),
    }, sql`where ${guard}`),
    update(modelProviders, { problem, updatedAt: sql.placeholder('now') }, sql`${modelProviders.id} = ${provider} and ${modelProviders.problem} is not ${problem} and (${guard})`),
  ]
}
