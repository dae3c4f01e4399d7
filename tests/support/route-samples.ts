// What every route needs in order to be called well: the suites that grow by themselves ask here, and fail for a route nobody taught.
import type { Route } from '../../src/worker/route.ts'
import { newId } from '../../src/platform/ids.ts'
import type { Ids } from './full-studio.ts'

type Noun = keyof Ids
export interface Sample {
  /** Noun of each path parameter whose name does not follow from the segment before it; `{ value }` for what is no id. */
  path?: Record<string, Noun | { value: string }>
  /** Bodies that are right as they stand, over ids of one studio; together they fill every id of the schema. */
  bodies?: ((ids: Ids) => unknown)[]
  queries?: ((ids: Ids) => Record<string, string>)[]
  raw?: () => { body: BodyInit; headers: Record<string, string> }
  /** Statuses of a right call besides 200 to 299, with the reason. */
  alsoFine?: { status: number; why: string }
}

/** Path segment before `:id` → noun. A new resource is a line here. */
const nouns: Record<string, Noun> = {
  conversations: 'conversation', messages: 'message', contacts: 'contact', labels: 'label', snippets: 'snippet', knowledge: 'knowledge', drafts: 'draft', jobs: 'job', invitations: 'invitation', members: 'member',
  sessions: 'session', integrations: 'integration', attachments: 'attachment',
}
const provider = { provider: { value: 'whatsapp' } }
const soon = (): string => new Date(Date.now() + 3_600_000).toISOString()
const knowledgeEntry = { title: 'Prices', content: 'A trial costs 10 EUR.', category: 'prices' }

export const samples: Record<string, Sample> = {
  'PUT /api/auth/password': { bodies: [() => ({ current_password: 'correct horse battery', new_password: 'another good one' })] },
  'PATCH /api/auth/me': { bodies: [() => ({ name: 'Robin' })] },
  'POST /api/auth/switch': { bodies: [ids => ({ studio_id: ids.studio })] },
  'POST /api/auth/logout': { bodies: [() => ({})] },
  'POST /api/auth/verify-email/request': { bodies: [() => ({})] },
  'PATCH /api/members/:id': { bodies: [() => ({ role: 'agent' })] },
  'POST /api/invitations': { bodies: [() => ({ email: `guest-${crypto.randomUUID()}@example.org`, role: 'agent' })] },
  'PATCH /api/studio': { bodies: [() => ({ name: 'Renamed' })] },
  'GET /api/conversations': { queries: [ids => ({ label: ids.label }), ids => ({ contact_id: ids.contact }), ids => ({ assignee: ids.member })] },
  'POST /api/conversations/:id/messages': { bodies: [ids => ({ content: 'Hello', reply_to: ids.message }), ids => ({ content: 'Look', attachments: [ids.attachment] }), ids => ({ type: 'note', content: 'See this', mentions: [ids.member] })] },
  'PUT /api/conversations/:id/read': { bodies: [() => ({ unread: true })] },
  'PUT /api/conversations/:id/assignment': { bodies: [ids => ({ assignee_id: ids.member })] },
  'PUT /api/conversations/:id/status': { bodies: [() => ({ status: 'snoozed', until: soon() })] },
  'PUT /api/conversations/:id/labels': { bodies: [ids => ({ labels: [ids.label] })] },
  'PUT /api/messages/:id/reaction': { bodies: [() => ({ emoji: '👍' })] },
  'POST /api/messages/:id/retry': { path: { id: 'failed' }, bodies: [() => ({})] },
  'DELETE /api/messages/:id': { path: { id: 'scheduled' } },
  'POST /api/live/ticket': { bodies: [() => ({})] },
  'PUT /api/ai-settings': { bodies: [() => ({ tone: 'Warm' })] },
  'PUT /api/drafts/:id/outcome': { bodies: [ids => ({ outcome: 'edited', suggestion: 0, message_id: ids.failed })] },
  'POST /api/knowledge': { bodies: [() => knowledgeEntry] },
  'PUT /api/knowledge/:id': { bodies: [() => knowledgeEntry] },
  'POST /api/labels': { bodies: [() => ({ name: `Label ${crypto.randomUUID().slice(0, 8)}`, color: '#aabbcc' })] },
  'PUT /api/labels/:id': { bodies: [() => ({ name: 'Renamed', color: '#aabbcc' })] },
  'POST /api/snippets': { bodies: [() => ({ title: `Snippet ${crypto.randomUUID().slice(0, 8)}`, content: 'Hello' })] },
  'PUT /api/snippets/:id': { bodies: [() => ({ title: 'Renamed', content: 'Hello' })] },
  'POST /api/llm/providers/:name/configure': { path: { name: { value: 'built-in' } }, bodies: [() => ({ active: true })] },
  'POST /api/llm/smart-reply': { bodies: [ids => ({ conversation_id: ids.conversation })] },
  'POST /api/llm/lead-score': { bodies: [ids => ({ contact_id: ids.contact })] },
  'GET /api/search': { queries: [() => ({ q: 'trial' })] },
  'GET /api/templates': { queries: [ids => ({ account_id: ids.integration })] },
  'POST /api/integrations/connect/:provider': { path: provider, bodies: [() => ({ credentials: { phone_number_id: '100000000000009', waba_id: '200000000000009', access_token: 'a-token-of-a-test' } })] },
  'DELETE /api/integrations/disconnect/:provider': { path: provider, queries: [ids => ({ integration_id: ids.integration })] },
  'POST /api/integrations/:id/test': { bodies: [() => ({ to: '+4915112345678' })] },
  'POST /api/attachments': { raw: () => ({ body: pixel, headers: { 'content-type': 'image/png', 'x-filename': 'pixel.png' } }) },
  'POST /api/contacts': { bodies: [() => ({ name: 'Walk-in', email: `walk-in-${crypto.randomUUID()}@example.org` })] },
  'PUT /api/contacts/:id': { bodies: [() => ({ notes: 'Likes salsa' })] },
  'PUT /api/contacts/:id/status': { bodies: [() => ({ status: 'HOT', reason: 'asked twice' })] },
}

/** A 1 × 1 PNG. */
const pixel = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), char => char.charCodeAt(0))

export const nameOf = (route: Pick<Route, 'method' | 'path'>): string => `${route.method} ${route.path}`
export const sampleOf = (route: Route): Sample => samples[nameOf(route)] ?? {}

/** Noun or fixed value of each path parameter. Throws for one that nobody taught. */
export function pathParts(route: Route): { name: string; noun: Noun | null; value: string }[] {
  const segments = route.path.split('/')
  return segments.flatMap((segment, i) => {
    if (!segment.startsWith(':')) return []
    const name = segment.slice(1)
    const taught = sampleOf(route).path?.[name] ?? nouns[segments[i - 1] ?? '']
    if (taught === undefined) throw new Error(`teach tests/support/route-samples.ts what ${segment} of ${nameOf(route)} is`)
    return [typeof taught === 'object' ? { name, noun: null, value: taught.value } : { name, noun: taught, value: '' }]
  })
}

export interface Filled { path: string; body?: unknown; raw?: BodyInit; headers?: Record<string, string> }

/** The calls of a route over these ids: one per body or query it was taught. `key` makes the headers of a repeated call. */
export function fill(route: Route, ids: Ids, key = (parts: Ids): Ids => parts): Filled[] {
  const use = key(ids)
  const { bodies, queries, raw } = sampleOf(route)
  const parts = pathParts(route)
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
    const part = parts.find(candidate => candidate.name === name)
    // A colon stands in a path as it is (RFC 3986, pchar); the product knows one spelling of a path.
    return encodeURIComponent(part?.noun === null || part === undefined ? part?.value ?? '' : use[part.noun]).replaceAll('%3A', ':')
  })
  if (raw !== undefined) return [{ path, raw: raw().body, headers: raw().headers }]
  if (queries !== undefined) return queries.map(query => ({ path: `${path}?${new URLSearchParams(query(use))}` }))
  if (bodies !== undefined) return bodies.map(body => ({ path, body: body(use) }))
  return [{ path, ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { body: {} }) }]
}

/** An id of the same shape that exists nowhere. */
export function unknownId(like: string): string {
  const prefix = like.slice(0, like.indexOf('_') + 1)
  return like.includes(':') ? `think:dead-${crypto.randomUUID()}` : `${prefix}${newId('request').slice(4)}`
}
