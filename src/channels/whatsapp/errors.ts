// Turns an error object of WhatsApp, old or new shape, into a verdict and a next step.
import type { ProviderError } from '../../contract/channel.ts'
import { cut, object, text, type Loose } from '../meta/loose.ts'
import { ruleOf } from './error-codes.ts'

export interface ErrorHints {
  /** Which try failed, from 1. The pair limit asks for 4^X seconds, the other passing faults get 2^X times their base. */
  attempt?: number
  /** What a Retry-After header said. */
  retryAfterMs?: number
}

/**
 * `retry` comes back by itself after `retryAfterMs`; `wait` may be tried not before it, by a person; `stop` means that
 * nothing will go through this account until somebody acts; the rest is final for this message.
 */
export function errorOf(given: unknown, hints: ErrorHints = {}): ProviderError {
  const error = object(given) ?? {}
  const code = Number(text(error.code) ?? NaN)
  const rule = ruleOf(code)
  const found: ProviderError = { code: Number.isNaN(code) ? 'unknown' : String(code), reason: reasonOf(error), verdict: rule.verdict, next: rule.next }
  if (rule.retryAfterMs !== undefined) found.retryAfterMs = grown(code, rule.retryAfterMs, rule.verdict === 'retry' ? hints.attempt : undefined)
  if (rule.verdict === 'retry' && hints.retryAfterMs !== undefined) found.retryAfterMs = Math.max(found.retryAfterMs ?? 0, hints.retryAfterMs)
  return found
}

/** A refusal of our own, before anything was sent. */
export function refused(code: string, reason: string, next: string): ProviderError {
  return { code, reason, verdict: 'reject', next }
}

/** Keeps the provider's words, cut to 500 characters, without anything that looks like an access token. */
export function reasonOf(error: Loose): string {
  const title = text(error.message) ?? text(error.title) ?? text(error.error_user_msg) ?? 'WhatsApp gave no reason.'
  const details = text(object(error.error_data)?.details) ?? text(error.details)
  const whole = details === undefined || title.includes(details) ? title : `${title}: ${details}`
  return cut(whole.replace(/\bEA[A-Za-z0-9]{18,}\b/g, '[token]').replace(/(access_token=)[^&\s]+/g, '$1[token]'), 500)
}

function grown(code: number, base: number, attempt = 1): number {
  const power = Math.min(Math.max(attempt, 1), 8) - 1
  return Math.max(base, Math.min(base * (code === 131056 ? 4 : 2) ** power, 3_600_000))
}
