// The one way out: fetches only addresses a channel or provider was configured for, within byte and time limits.
import { Problem } from './problem.ts'

export interface FetchRules {
  /** Exact origins that are configured as provider addresses; these may be http on loopback. */
  origins: string[]
  /** Hosts besides: "graph.facebook.com", or ".fbcdn.net" for all below it. Only https on the default port. */
  hosts: string[]
  /** Most bytes of an answer that may be read. Default 2 MB. */
  maxBytes?: number
  /** Deadline for the whole exchange, ms. Default 15 000. */
  deadlineMs?: number
  /** Redirects followed, each held against the same rules; credentials never cross an origin. Default 0. */
  redirects?: number
}
export type SafeFetch = (url: string, init: RequestInit, rules: FetchRules) => Promise<Response>

export class EgressRefused extends Error {}
export class DeadlinePassed extends Error {}

/** Wraps a fetch with the rules. Throws EgressRefused before a byte leaves, DeadlinePassed, or what fetch throws. */
export function makeSafeFetch(raw: typeof fetch): SafeFetch {
  return async (address, init, rules) => {
    let url = permitted(address, rules)
    const headers = new Headers(init.headers)
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(new DeadlinePassed('deadline passed')), rules.deadlineMs ?? 15_000)
    for (let hop = 0; ; hop += 1) {
      const response = await raw(url.href, { ...init, headers, redirect: 'manual', signal: abort.signal }).catch((error: unknown) => {
        clearTimeout(timer)
        throw abort.signal.aborted ? new DeadlinePassed('deadline passed') : error
      })
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
      if (location === null) return capped(response, rules.maxBytes ?? 2_000_000, () => clearTimeout(timer))
      await response.body?.cancel()
      if (hop >= (rules.redirects ?? 0)) {
        clearTimeout(timer)
        throw new EgressRefused('redirect refused')
      }
      const next = permitted(new URL(location, url).href, rules)
      if (next.origin !== url.origin) for (const name of ['authorization', 'cookie', 'x-api-key']) headers.delete(name)
      url = next
    }
  }
}

/** Whether an address passes, without fetching: used when one is saved. */
export function permitted(address: string, rules: Pick<FetchRules, 'origins' | 'hosts'>): URL {
  if (/[\\\s\u3002]/.test(address)) throw new EgressRefused('address refused')
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || url.username !== '' || url.password !== '') throw new EgressRefused('address refused')
  if (rules.origins.includes(url.origin)) return url
  if (url.protocol !== 'https:' || url.port !== '') throw new EgressRefused('only https on its own port')
  if (isAddressLiteral(url.hostname) || !rules.hosts.some(host => matches(url.hostname, host))) throw new EgressRefused('host not on the list')
  return url
}

function matches(hostname: string, rule: string): boolean {
  return rule.startsWith('.') ? hostname.endsWith(rule) && hostname.length > rule.length : hostname === rule
}

function isAddressLiteral(hostname: string): boolean {
  return hostname.startsWith('[') || /^[0-9.]+$/.test(hostname) || hostname.endsWith('.') || !hostname.includes('.')
}

function capped(response: Response, maxBytes: number, done: () => void): Response {
  if (response.body === null) {
    done()
    return response
  }
  let seen = 0
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seen += chunk.byteLength
      if (seen > maxBytes) controller.error(new Problem('TOO_LARGE', 'The answer is larger than allowed.'))
      else controller.enqueue(chunk)
    },
    flush: done,
  })
  return new Response(response.body.pipeThrough(counter), { status: response.status, headers: response.headers })
}
