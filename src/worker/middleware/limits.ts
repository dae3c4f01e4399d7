// Who may ask how often: counted exactly, one object per user, studio, address or account.
import type { RateLimiter, Verdict } from '../../durable-objects/rate-limiter.ts'
import type { Bindings } from '../../platform/bindings.ts'
import { addressName } from '../../platform/client-address.ts'
import { minute } from '../../platform/clock.ts'
import type { Config } from '../../platform/env.ts'
import { describe, log } from '../../platform/log.ts'
import { Problem } from '../../platform/problem.ts'
import type { Call } from '../route.ts'
import type { Caller } from './authenticate.ts'

/** Loopback and "no address" stand for many people at once (development, a test): they share a larger share. */
const sharedFactor = 20
const studioFactor = 20

/** The client's address as the trusted edge names it, folded; null when it names none. */
export function clientAddress(request: Request, config: Config): string | null {
  return addressName(request.headers.get(config.CLIENT_ADDRESS_HEADER))
}

/** Takes one of the caller's requests; the answer's headers tell the verdict of user or address. */
export async function takeRequest(call: Call, caller: Caller | null): Promise<Verdict> {
  const limit = call.config.RATE_LIMIT_PER_MINUTE
  if (caller === null) return takeOne(call.env, addressKey(call.address), forAddress(call.address, limit), minute)
  const user = await takeOne(call.env, `user:${caller.claims.sub}`, limit, minute)
  // Only then: one member's refused flood must not use up what the whole studio shares.
  if (!user.allowed) return user
  const studio = await takeOne(call.env, `studio:${caller.claims.std}`, limit * studioFactor, minute)
  return !studio.allowed ? { ...studio, limit: user.limit, remaining: 0 } : user
}

export const addressKey = (address: string | null): string => `ip:${address ?? 'none'}`

export function forAddress(address: string | null, limit: number): number {
  return address === null || address.startsWith('127.') ? limit * sharedFactor : limit
}

/** A counter that cannot be reached lets the request pass: limits protect the service, they are not a lock on a door. */
export async function takeOne(env: Bindings, name: string, limit: number, windowMs: number): Promise<Verdict> {
  try {
    return await limiter(env, name).take(limit, windowMs)
  } catch (error) {
    log('warn', 'limit.unreachable', { error: describe(error) })
    return { allowed: true, limit, remaining: limit, resetMs: windowMs }
  }
}

/** Never throws: what is not given back runs out with its window. */
export async function giveBack(env: Bindings, name: string): Promise<void> {
  try {
    await limiter(env, name).giveBack()
  } catch (error) {
    log('warn', 'limit.unreachable', { error: describe(error) })
  }
}

export function tooMany(verdict: Verdict, message = 'Too many requests. Please wait a moment.'): Problem {
  return new Problem('RATE_LIMITED', message, undefined, Math.ceil(verdict.resetMs / 1000))
}

/** Source of the names: draft-ietf-httpapi-ratelimit-headers. */
export function limitHeaders(verdict: Verdict, headers: Headers): void {
  headers.set('ratelimit-limit', String(verdict.limit))
  headers.set('ratelimit-remaining', String(verdict.remaining))
  headers.set('ratelimit-reset', String(Math.ceil(verdict.resetMs / 1000)))
}

function limiter(env: Bindings, name: string): DurableObjectStub<RateLimiter> {
  const namespace = env.RATE_LIMITER as unknown as DurableObjectNamespace<RateLimiter>
  return namespace.get(namespace.idFromName(name))
}
