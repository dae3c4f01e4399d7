// Thinking after a message: the score with its evidence, drafts on sources, one commit, and a person who wins.
import { env } from 'cloudflare:test'
import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { makeAssistant } from '../../src/assistant/assistant.ts'
import type { Assistant, ReplyInput } from '../../src/contract/assistant.ts'
import { claimJob, finishJob } from '../../src/db/jobs.ts'
import type { ClaimedJob } from '../../src/db/jobs.ts'
import { jobs } from '../../src/db/jobs.sql.ts'
import { own, update } from '../../src/db/statement.ts'
import { think } from '../../src/domain/assistant/think.ts'
import { modelProviders } from '../../src/domain/assistant/assistant.sql.ts'
import { contacts, leadHistory, leadScores } from '../../src/domain/contacts/contacts.sql.ts'
import { decisions } from '../../src/domain/decisions/decisions.sql.ts'
import { distanceShare } from '../../src/domain/drafts/settle-draft.ts'
import { drafts } from '../../src/domain/drafts/drafts.sql.ts'
import { conversations } from '../../src/domain/conversations/conversations.sql.ts'
import { readConfig } from '../../src/platform/env.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { ask, bindings, origin, send } from '../support/api.ts'
import { openDesk } from '../support/desk.ts'
import type { Desk } from '../support/desk.ts'

let a: Desk
let b: Desk
const assistant = makeAssistant(readConfig(env as unknown as Bindings))
const eager = "Hi! I'd like to sign my daughter up (she is 6) for ballet. How much is it per month, and can she start this week? Do you have a trial class?"

beforeEach(async () => {
  ;[a, b] = await Promise.all([openDesk(), openDesk()])
  await ask('POST', '/api/knowledge', { token: a.person.token, body: { title: 'Prices', content: 'Monthly membership: €60 for one class a week.', category: 'prices' } })
  await ask('POST', '/api/knowledge', { token: b.person.token, body: { title: 'Prices', content: 'Monthly membership: $999 in studio B.', category: 'prices' } })
})

async function claim(desk: Desk, conversation: string): Promise<ClaimedJob> {
  const now = Date.now() + 60_000
  const { rows } = await desk.scope.db.commit([{ kind: 'plain', sql: claimJob, values: { id: `think:${conversation}`, until: now + 60_000, token: crypto.randomUUID(), now } }])
  return rows[0]?.[0] as unknown as ClaimedJob
}
const run = async (desk: Desk, conversation: string, own: Assistant = assistant): Promise<void> => {
  await think(desk.scope, await claim(desk, conversation), { assistant: own })
}
const thinking = (desk: Desk) => desk.scope.db.all<{ id: string; state: string }>(sql`select * from ${own(jobs)} where kind = 'think'`)
const all = <T = any>(desk: Desk, table: Parameters<typeof own>[0]): Promise<T[]> => desk.scope.db.all<T>(sql`select * from ${own(table)} order by id`)

test('a message is scored and answered by drafts in one commit, and the job ends in it', async () => {
  const { conversation, contact, message } = await a.hear('+16505550001', eager)
  a.scope.db.takeRelay()
  await run(a, conversation)
  const { changes } = a.scope.db.takeRelay()
  expect(changes.map(change => [change.kind, change.actor])).toEqual([['lead.scored', 'assistant'], ['draft.created', 'assistant']])
  const body = JSON.parse(changes[0]?.body ?? '')
  expect(body.contact).toMatchObject({ id: contact, lead_score: body.score.score, lead_status: body.score.lead_status })
  expect(body.score.score).toBeGreaterThanOrEqual(60)
  for (const one of body.score.evidence) expect(one).toMatchObject({ message_id: message, quote: expect.any(String) })
  const draft = JSON.parse(changes[1]?.body ?? '').draft
  expect(draft).toMatchObject({ conversation_id: conversation, seen_seq: expect.any(Number) })
  expect(draft.suggestions).toHaveLength(3)
  expect(draft.suggestions[0]).toMatchObject({ intent: 'answer', sources: [{ title: 'Prices', quote: 'Monthly membership: €60 for one class a week.' }] })
  expect(JSON.stringify(draft)).not.toContain('999')
  expect(await thinking(a)).toMatchObject([{ id: `think:${conversation}`, state: 'done' }])
  expect((await all(a, decisions)).map(row => row.kind).sort()).toEqual(['reply', 'score'])
  expect((await all(a, decisions)).every(row => row.inputs_hash.length === 64 && !row.inputs.includes('daughter'))).toBe(true)
  expect((await all(a, leadHistory)).map(row => row.what).sort()).toEqual(['score', 'temperature'])
  expect(await all(b, leadScores)).toEqual([])
})

test('P13 the same inputs are not scored twice, nor drafted twice', async () => {
  const { conversation } = await a.hear('+16505550001', eager)
  await run(a, conversation)
  await a.scope.db.commit([update(jobs, { state: 'due', leaseToken: null, leaseUntil: null }, sql`id = ${`think:${conversation}`}`)])
  a.scope.db.takeRelay()
  await run(a, conversation)
  expect(a.scope.db.takeRelay().changes).toEqual([])
  expect(await all(a, leadScores)).toHaveLength(1)
  expect(await all(a, drafts)).toHaveLength(1)
})

test('a runner that lost its lease writes nothing', async () => {
  const { conversation } = await a.hear('+16505550001', eager)
  const job = await claim(a, conversation)
  await a.hear('+16505550001', 'And where are you?')
  await think(a.scope, job, { assistant })
  expect(await all(a, leadScores)).toEqual([])
  expect(await all(a, drafts)).toEqual([])
  expect(await thinking(a)).toMatchObject([{ state: 'due' }])
})

test('P9 P14 a person who answers while the assistant thinks wins; the score still counts', async () => {
  const { conversation } = await a.hear('+16505550001', eager)
  const slow: Assistant = {
    score: input => assistant.score(input),
    async reply(input: ReplyInput) {
      await a.scope.db.commit([update(conversations, { lastSeq: 99 }, sql`id = ${conversation}`)])
      return assistant.reply(input)
    },
  }
  await run(a, conversation, slow)
  expect(await all(a, drafts)).toEqual([])
  expect(await all(a, leadScores)).toHaveLength(1)
  expect(await thinking(a)).toMatchObject([{ state: 'done' }])
})

test('settings rule: no score, no draft when they are off', async () => {
  await ask('PUT', '/api/ai-settings', { token: a.person.token, body: { draft_on_inbound: false, score_on_inbound: false } })
  const { conversation } = await a.hear('+16505550001', eager)
  await run(a, conversation)
  expect([await all(a, drafts), await all(a, leadScores), await all(a, decisions)]).toEqual([[], [], []])
  expect((await ask('GET', '/api/ai-settings', { token: b.person.token })).body.data).toMatchObject({ draft_on_inbound: true, score_on_inbound: true })
})

test('a temperature set by hand stays until it is cleared', async () => {
  const { conversation, contact } = await a.hear('+16505550001', eager)
  await a.scope.db.commit([update(contacts, { leadStatus: 'NEW', statusReason: 'a friend of the house' }, sql`id = ${contact}`)])
  await run(a, conversation)
  expect(await all(a, contacts)).toMatchObject([{ lead_status: 'NEW', lead_score: expect.any(Number) }])
  expect((await all(a, leadHistory)).map(row => row.what)).toEqual(['score'])
})

test('P7 an unusable answer keeps the old score and leaves a decision', async () => {
  const { conversation, contact } = await a.hear('+16505550001', eager)
  await run(a, conversation)
  const before = (await all(a, contacts))[0]?.lead_score
  await a.hear('+16505550001', 'hello?')
  const broken: Assistant = { ...assistant, score: async input => {
    const result = await assistant.score({ ...input, last_hash: null })
    return result.outcome === 'scored' ? { outcome: 'kept', act: { ...result.act, verdict: 'kept: invalid' } } : result
  } }
  await run(a, conversation, broken)
  expect((await all(a, contacts))[0]?.lead_score).toBe(before)
  expect((await all(a, decisions)).filter(row => row.subject === contact).map(row => row.verdict).sort()).toEqual(['kept: invalid', 'scored'])
})

test('smart-reply answers three suggestions and a decision; another studio sees nothing of it', async () => {
  const { conversation } = await a.hear('+16505550001', 'How much is it per month?')
  const reply = await ask('POST', '/api/llm/smart-reply', { token: a.person.token, body: { conversation_id: conversation } })
  expect(reply.status).toBe(200)
  expect(reply.body.data).toMatchObject({ suggestions: [{ intent: 'answer' }, { intent: 'ask' }, {}], decision_id: expect.stringMatching(/^dec_/), draft_id: expect.stringMatching(/^drf_/) })
  const shown = await ask('GET', `/api/conversations/${conversation}`, { token: a.person.token })
  expect(shown.body.data.drafts).toMatchObject([{ id: reply.body.data.draft_id }])
  const foreign = await ask('POST', '/api/llm/smart-reply', { token: b.person.token, body: { conversation_id: conversation } })
  const absent = await ask('POST', '/api/llm/smart-reply', { token: b.person.token, body: { conversation_id: 'cnv_none' } })
  expect(foreign.status).toBe(404)
  expect(foreign.body.error).toEqual(absent.body.error)
  expect(await all(b, drafts)).toEqual([])
})

test('smart-reply streams whole suggestions, then done; an unknown conversation is a plain 404', async () => {
  const { conversation } = await a.hear('+16505550001', 'How much is it per month?')
  const stream = async (id: string) => send(new Request(`${origin}/api/llm/smart-reply`, { method: 'POST', headers: { authorization: `Bearer ${a.person.token}`, accept: 'text/event-stream', 'content-type': 'application/json' }, body: JSON.stringify({ conversation_id: id }) }), bindings)
  const response = await stream(conversation)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const events = (await response.text()).trim().split('\n\n').map(block => ({ event: /^event: (.*)$/m.exec(block)?.[1], data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null') }))
  expect(events.map(one => one.event)).toEqual(['suggestion', 'suggestion', 'suggestion', 'done'])
  expect(events[0]?.data).toMatchObject({ intent: 'answer', sources: [{ kind: 'knowledge' }] })
  expect((await all(a, drafts)).map(row => row.id)).toEqual([events[3]?.data.draft_id])
  expect((await stream('cnv_none')).status).toBe(404)
})

test('lead-score answers factors, evidence and temperature; asking twice writes once', async () => {
  const { contact } = await a.hear('+16505550001', eager)
  const first = await ask('POST', '/api/llm/lead-score', { token: a.person.token, body: { contact_id: contact } })
  const again = await ask('POST', '/api/llm/lead-score', { token: a.person.token, body: { contact_id: contact } })
  expect(first.body.data).toMatchObject({ score: expect.any(Number), factors: { interest: 30 }, lead_status: expect.stringMatching(/WARM|HOT/), evidence: expect.arrayContaining([expect.objectContaining({ factor: 'budget' })]) })
  expect(again.body.data).toEqual(first.body.data)
  expect(await all(a, leadScores)).toHaveLength(1)
  expect((await ask('POST', '/api/llm/lead-score', { token: b.person.token, body: { contact_id: contact } })).status).toBe(404)
  expect((await ask('POST', '/api/llm/lead-score', { token: a.person.token, body: { contact_id: contact, score: 100 } })).status).toBe(422)
})

test('the outcome of a draft is noted once, with how much was changed', async () => {
  const { conversation } = await a.hear('+16505550001', 'How much is it per month?')
  const { draft_id: id } = (await ask('POST', '/api/llm/smart-reply', { token: a.person.token, body: { conversation_id: conversation } })).body.data
  const settle = (desk: Desk, body: unknown) => ask('PUT', `/api/drafts/${id}/outcome`, { token: desk.person.token, body })
  expect((await settle(b, { outcome: 'accepted' })).status).toBe(404)
  expect((await settle(a, { outcome: 'discarded' })).status).toBe(200)
  expect((await settle(a, { outcome: 'discarded' })).status).toBe(200)
  expect((await settle(a, { outcome: 'accepted' })).status).toBe(409)
  expect((await ask('GET', `/api/conversations/${conversation}`, { token: a.person.token })).body.data.drafts).toEqual([])
  expect(distanceShare('See you on Monday', 'See you on Monday')).toBe(0)
  expect(distanceShare('abc', 'xyz')).toBe(1)
})

test('providers: built-in is in use; a key that cannot be checked is not kept, a bad address is refused, no key ever comes back', async () => {
  const call = (body: unknown, name = 'openai', desk = a) => ask('POST', `/api/llm/providers/${name}/configure`, { token: desk.person.token, body })
  const list = await ask('GET', '/api/llm/providers', { token: a.person.token })
  expect(list.body.data).toMatchObject([{ name: 'built-in', configured: true, active: true }, { name: 'openai', configured: false, active: false, key_last4: null }])
  expect((await call({ api_key: 'sk-canary-0123456789' })).status).toBe(502)
  expect((await call({ api_key: 'sk-canary-0123456789', base_url: 'https://evil.example/v1' })).body.error.details).toMatchObject({ field: 'base_url' })
  expect((await call({ active: true })).body.error.details).toMatchObject({ field: 'api_key' })
  expect((await call({}, 'nobody')).status).toBe(404)
  expect((await ask('PUT', '/api/ai-settings', { token: a.person.token, body: { provider: 'openai' } })).status).toBe(422)
  expect((await ask('GET', '/api/llm/providers', { token: a.person.token })).text).not.toContain('canary')
})

test('a checked key makes its provider answer for this studio only, and is kept sealed', async () => {
  const calls: { path: string; key: string | null; body: string }[] = []
  const reply = { suggestions: [
    { text: 'Monthly membership: €60 for one class a week.', intent: 'answer', sources: [{ id: 'k1', quote: 'Monthly membership: €60 for one class a week.' }] },
    { text: 'Which style do you like?', intent: 'ask', sources: [] }, { text: 'It is only €1!', intent: 'offer', sources: [] },
  ] }
  const openAi = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    calls.push({ path: new URL(request.url).pathname, key: request.headers.get('authorization'), body: await request.text() })
    if (calls.at(-1)?.key !== 'Bearer sk-canary-0123456789') return Response.json({ error: { code: 'invalid_api_key', message: 'no' } }, { status: 401 })
    if (request.method === 'GET') return Response.json({ data: [{ id: 'gpt-6-luna', shutdown_date: null }, { id: 'gpt-4o', shutdown_date: '2027-01-14' }] })
    const chunk = (delta: object, finish: string | null) => `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-6-luna', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
    return new Response(`${chunk({ role: 'assistant', content: JSON.stringify(reply) }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`, { headers: { 'content-type': 'text/event-stream' } })
  }
  const world = { ...bindings, OPENAI_URL: `${origin}/simulator/openai/v1`, SIMULATOR: { fetch: openAi } as unknown as Fetcher } as Bindings
  const configure = (body: unknown) => ask('POST', '/api/llm/providers/openai/configure', { env: world, token: a.person.token, body })
  expect((await configure({ api_key: 'sk-wrong-0123456789' })).body.error).toMatchObject({ code: 'VALIDATION_ERROR', details: { field: 'api_key' } })
  expect((await configure({ api_key: 'sk-canary-0123456789', model: 'gpt-none' })).body.error.details).toMatchObject({ field: 'model' })
  const made = await configure({ api_key: 'sk-canary-0123456789', model: 'gpt-4o', active: true })
  expect(made.body.data).toMatchObject({ configured: true, active: true, model: 'gpt-4o', key_last4: '6789', models: [{ id: 'gpt-4o', shutdown_date: '2027-01-14' }, { id: 'gpt-6-luna', shutdown_date: null }] })
  expect(made.text).not.toContain('canary')
  expect(JSON.stringify(await all(a, modelProviders))).not.toContain('canary')
  expect((await configure({ base_url: 'https://api.openai.com/v1' })).body.error.details).toMatchObject({ field: 'api_key' })
  const ours = await a.hear('+16505550001', 'How much is it per month?')
  const theirs = await b.hear('+16505550001', 'How much is it per month?')
  const drafted = await ask('POST', '/api/llm/smart-reply', { env: world, token: a.person.token, body: { conversation_id: ours.conversation } })
  expect(drafted.body.data.suggestions.map((one: { text: string }) => one.text).join(' ')).not.toContain('€1!')
  expect(await all(a, decisions)).toMatchObject([{ kind: 'reply', provider: 'openai', model: 'gpt-4o', fallback_from: null }])
  expect(calls.at(-1)?.body).not.toContain('999')
  const before = calls.length
  await ask('POST', '/api/llm/smart-reply', { env: world, token: b.person.token, body: { conversation_id: theirs.conversation } })
  expect(calls.length).toBe(before)
  expect(await all(b, decisions)).toMatchObject([{ provider: 'built-in' }])
  expect((await configure({ active: false })).body.data).toMatchObject({ configured: true, active: false })
})

test('a job that is gone in the meantime ends nothing', async () => {
  const { conversation } = await a.hear('+16505550001', eager)
  const job = await claim(a, conversation)
  await a.scope.db.commit([finishJob(job, 'done')])
  await think(a.scope, job, { assistant })
  expect(await all(a, leadScores)).toEqual([])
})
