// The one way out: fetches only addresses a channel or provider was configured for, within byte and time limits.
import { Problem } from './problem.ts'

export interface FetchRules {
  /** Exact origins that are configured as provider addresses; these may be http on loopback. */
  origins: string[]
  /** Hosts besides: "graph.facebook.com", or ".fbcdn.net" for all below it. Only https on the default port. */
  hosts: string[]
  /** Most bytes of an answer that may be read, counted after decompression. Default 2 MB. */
  maxBytes?: number
  /** Deadline for the whole exchange, the reading of the body included, ms. Default 15 000. */
  deadlineMs?: number
  /** Redirects followed, each held against the same rules, GET and HEAD only. Default 0. */
  redirects?: number
}
export type SafeFetch = (url: string, init: RequestInit, rules: FetchRules) => Promise<Response>

/** The address is not allowed; nothing has left. */
export class EgressRefused extends Error {}
/** The server, which has seen the request, points to where we do not go. */
export class RedirectRefused extends EgressRefused {}
export class DeadlinePassed extends Error {}

/**
 * Wraps a fetch with the rules. Throws EgressRefused before a byte leaves, RedirectRefused, DeadlinePassed, or what
 * fetch throws. Reading the body fails with Problem TOO_LARGE past the cap, DeadlinePassed past the deadline.
 */
export function makeSafeFetch(raw: typeof fetch): SafeFetch {
  return async (address, init, rules) => {
    let url = permitted(address, rules)
    const headers = new Headers(init.headers)
    const method = (init.method ?? 'GET').toUpperCase()
    const deadline = startDeadline(rules.deadlineMs ?? 15_000)
    const signal = init.signal ? AbortSignal.any([init.signal, deadline.signal]) : deadline.signal
    try {
      for (let hop = 0; ; hop += 1) {
        const response = await deadline.race(raw(url.href, { ...init, headers, redirect: 'manual', signal }))
        const location = redirectOf(response)
        if (location === undefined) return capped(response, rules.maxBytes ?? 2_000_000, deadline)
        response.body?.cancel().catch(ignored)
        if (hop >= (rules.redirects ?? 0) || (method !== 'GET' && method !== 'HEAD')) throw new RedirectRefused('redirect refused')
        url = nextHop(location, url, headers, rules)
      }
    } catch (error) {
      deadline.stop()
      throw deadline.signal.aborted ? new DeadlinePassed('deadline passed') : error
    }
  }
}

/** Whether an address passes, without fetching: also used when one is saved. Throws EgressRefused. */
export function permitted(address: string, rules: Pick<FetchRules, 'origins' | 'hosts'>): URL {
  // Besides ASCII trickery, the full stops of other scripts, which a parser would turn into dots.
  if (address.length > 4096 || /[\\\s\p{Cc}\u3002\uff0e\uff61]/u.test(address)) throw new EgressRefused('address refused')
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || url.username !== '' || url.password !== '') throw new EgressRefused('address refused')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new EgressRefused('only https')
  if (rules.origins.includes(url.origin)) return url
  if (url.protocol !== 'https:' || url.port !== '') throw new EgressRefused('only https on its own port')
  if (!isName(url.hostname) || !rules.hosts.some(host => matches(url.hostname, host))) throw new EgressRefused('host not on the list')
  return url
}

function matches(hostname: string, rule: string): boolean {
  return rule.startsWith('.') ? hostname.endsWith(rule) && hostname.length > rule.length : hostname === rule
}

/** A DNS name with a dot inside, not an address: the URL parser has already turned 0x7f.1 and 2130706433 into dotted numbers. */
function isName(hostname: string): boolean {
  return /^(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]*$/.test(hostname)
}

function redirectOf(response: Response): string | undefined {
  return response.status >= 300 && response.status < 400 ? response.headers.get('location') ?? undefined : undefined
}

/** Headers that carry nobody's rights; with any other one, a redirect to another origin is refused. */
const harmless = new Set(['accept', 'accept-encoding', 'accept-language', 'if-modified-since', 'if-none-match', 'range', 'user-agent'])

function nextHop(location: string, from: URL, headers: Headers, rules: FetchRules): URL {
  let next: URL
  try {
    next = permitted(/^https?:/i.test(location) || !URL.canParse(location, from) ? location : new URL(location, from).href, rules)
  } catch {
    throw new RedirectRefused('redirect refused')
  }
  if (next.origin !== from.origin && [...headers.keys()].some(name => !harmless.has(name))) throw new RedirectRefused('redirect refused')
  return next
}

interface Deadline { signal: AbortSignal; race<T>(work: Promise<T>): Promise<T>; stop(): void; onPass(act: () => void): void }

/** Does not trust the fetch or the stream behind it to heed the signal. */
function startDeadline(ms: number): Deadline {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(new DeadlinePassed('deadline passed')), ms)
  const onPass = (act: () => void) => abort.signal.addEventListener('abort', act, { once: true })
  return {
    signal: abort.signal,
    onPass,
    stop: () => clearTimeout(timer),
    race: work => new Promise((resolve, reject) => {
      onPass(() => reject(new DeadlinePassed('deadline passed')))
      work.then(resolve, reject)
    }),
  }
}

/** The same answer with a body that ends in an error past the cap or the deadline. */
function capped(response: Response, maxBytes: number, deadline: Deadline): Response {
  const source = response.body
  if (source === null) {
    deadline.stop()
    return response
  }
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    deadline.stop()
    source.cancel().catch(ignored)
    throw tooLarge()
  }
  const reader = source.getReader()
  let seen = 0
  const body = new ReadableStream<Uint8Array>({
    start: controller => deadline.onPass(() => {
      try {
        controller.error(new DeadlinePassed('deadline passed'))
      } catch {
        // Closed a moment before: the reader has all it wanted.
      }
      reader.cancel().catch(ignored)
    }),
    async pull(controller) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        deadline.stop()
        throw error
      })
      seen += value?.byteLength ?? 0
      if (!done && seen <= maxBytes) return controller.enqueue(value)
      deadline.stop()
      if (done) return controller.close()
      reader.cancel().catch(ignored)
      controller.error(tooLarge())
    },
    cancel(reason) {
      deadline.stop()
      return reader.cancel(reason)
    },
  }, { highWaterMark: 0 })
  const headers = new Headers(response.headers)
  // They speak of the bytes on the wire, not of the decompressed ones handed on.
  for (const name of response.headers.has('content-encoding') ? ['content-encoding', 'content-length'] : []) headers.delete(name)
  return new Response(body, { status: response.status, headers })
}

function tooLarge(): Problem {
  return new Problem('TOO_LARGE', 'The answer is larger than allowed.')
}

/** What happens to a connection we gave up is of no interest. */
function ignored(): void {}
