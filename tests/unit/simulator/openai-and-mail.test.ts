// The simulated OpenAI and SendGrid, called over HTTP.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSimulator, type Answer, type Running } from './start-simulator.ts'

let simulator: Running
beforeAll(async () => { simulator = await startSimulator() }, 60_000)
afterAll(() => simulator.stop())
beforeEach(async () => {
  await simulator.call('POST', '/api/reset')
  await simulator.call('PATCH', '/api/settings', { openai_delay_ms: 0, openai_chunk_delay_ms: 0 })
})

const key = { authorization: 'Bearer sk-sim' }
const system = 'Answer from these sources only.\n[price-1] The ten-class card costs 95 euros.\n[time-1] Salsa beginners is on Tuesday at 18:30.'
const chat = (more: object = {}) => simulator.call('POST', '/openai/v1/chat/completions', { model: 'gpt-6-luna', messages: [{ role: 'system', content: system }, { role: 'user', content: 'How much is the ten-class card?' }], ...more }, key)
const textOf = (answer: Answer) => String(answer.json.choices?.[0]?.message?.content)

test('the default answer repeats the fitting fact, the same each time', async () => {
  const answer = textOf(await chat())
  expect(answer).toContain('The ten-class card costs 95 euros.')
  expect(textOf(await chat())).toBe(answer)
})

test('a schema is filled: three suggestions that cite a real source word for word', async () => {
  const schema = { type: 'object', properties: { suggestions: { type: 'array', items: { type: 'object', properties: { text: { type: 'string' }, intent: { enum: ['booking', 'pricing', 'question'] }, sources: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' }, quote: { type: 'string' } } } } } } }, score: { type: 'integer', minimum: 0, maximum: 100 } } }
  const answer = JSON.parse(textOf(await chat({ response_format: { type: 'json_schema', json_schema: { name: 'reply', schema } } })))
  expect(answer.suggestions).toHaveLength(3)
  expect(answer.suggestions[0]).toMatchObject({ intent: 'pricing', sources: [{ id: 'price-1', quote: 'The ten-class card costs 95 euros.' }] })
  expect(new Set(answer.suggestions.map((one: { text: string }) => one.text)).size).toBe(3)
  expect(answer.score).toBeGreaterThan(0)
})

test('suggestions have different intents, and claims quote what a customer wrote with the id of the message', async () => {
  const item = (properties: object) => ({ type: 'array', items: { type: 'object', properties } })
  const schema = { type: 'object', properties: { suggestions: item({ intent: { enum: ['answer', 'ask', 'offer', 'handoff'] } }), facts: item({ kind: { enum: ['several_children', 'accepts_price', 'asks_price', 'for_child'] }, message_id: { type: 'string' }, quote: { type: 'string' } }) } }
  const user = '<customer_message id="m1">Hi! My daughter is seven.</customer_message>\n<customer_message id="m2">How much is it?</customer_message>'
  const answer = JSON.parse(textOf(await chat({ messages: [{ role: 'user', content: user }], response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } })))
  expect(new Set(answer.suggestions.map((one: { intent: string }) => one.intent)).size).toBe(3)
  expect(answer.facts).toEqual([{ kind: 'for_child', message_id: 'm1', quote: 'My daughter is seven.' }, { kind: 'asks_price', message_id: 'm2', quote: 'How much is it?' }])
})

test('a stream ends with usage and DONE and adds up to the whole answer', async () => {
  const whole = textOf(await chat())
  const raw = (await chat({ stream: true, stream_options: { include_usage: true } })).text
  const events = raw.split('\n\n').filter(Boolean).map(line => line.slice(6))
  expect(events.pop()).toBe('[DONE]')
  const chunks = events.map(event => JSON.parse(event))
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } })
  expect(chunks.map(chunk => chunk.choices[0]?.delta.content ?? '').join('')).toBe(whole)
})

test('scripted answers, refusals, broken JSON and errors on demand', async () => {
  await simulator.call('POST', '/api/openai/script', { match: { user: 'ten-class' }, times: 1, answer: { text: 'From the script.' } })
  expect(textOf(await chat())).toBe('From the script.')
  const trouble = async (effect: object) => {
    await simulator.call('POST', '/api/faults', { match: { provider: 'openai' }, effect })
    return chat()
  }
  expect((await trouble({ openai: 'refusal' })).json.choices?.[0]?.message).toMatchObject({ content: null, refusal: expect.any(String) })
  const spent = await trouble({ error: { code: 'organization_spend_limit_exceeded' } })
  expect([spent.status, spent.json.error?.type]).toEqual([429, 'insufficient_quota'])
  const slow = await trouble({ error: { code: 'rate_limit_exceeded' }, retry_after: 3 })
  expect([slow.status, slow.headers.get('retry-after')]).toEqual([429, '3'])
})

test('a stream can break: an error inside, or a cut', async () => {
  await simulator.call('POST', '/api/faults', { effect: { openai: 'stream_error' } })
  expect((await chat({ stream: true })).text).toContain('data: {"error":')
  await simulator.call('POST', '/api/faults', { effect: { openai: 'stream_cut' } })
  const cut = (await chat({ stream: true })).text
  expect(cut).toContain('chat.completion.chunk')
  expect(cut).not.toMatch(/\[DONE\]|"finish_reason":"stop"/)
})

test('models tell when they end, ended ones are gone, reasoning ones refuse max_tokens', async () => {
  const models = (await simulator.call('GET', '/openai/v1/models', undefined, key)).json.data ?? []
  expect(models.find(model => String(model.id) === 'gpt-4o')?.shutdown_date).toBe('2027-01-14')
  expect((await chat({ model: 'gpt-4' })).status).toBe(404)
  expect((await chat({ max_tokens: 5 })).json.error?.code).toBe('unsupported_parameter')
})

test('embeddings of related texts lie closer than of unrelated ones', async () => {
  const answer = await simulator.call('POST', '/openai/v1/embeddings', { model: 'text-embedding-3-small', input: ['salsa class on tuesday', 'when is the salsa class', 'invoice from the plumber'] }, key)
  const [a, b, c] = (answer.json.data ?? []).map(row => row.embedding as unknown as number[])
  const dot = (x: number[] = [], y: number[] = []) => x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0)
  expect(a).toHaveLength(1536)
  expect(dot(a, a)).toBeCloseTo(1, 4)
  expect(dot(a, b)).toBeGreaterThan(dot(a, c) + 0.2)
})

test('a mail is accepted with 202 and an empty body, and stands in the mailbox with its links', async () => {
  const mail = { personalizations: [{ to: [{ email: 'ana@example.com' }] }], from: { email: 'studio@studio.example' }, subject: 'Confirm', content: [{ type: 'text/plain', value: 'Open https://studio.example/verify?token=abc&x=1 now' }] }
  const answer = await simulator.call('POST', '/sendgrid/v3/mail/send', mail, { authorization: 'Bearer SG.sim.key' })
  expect([answer.status, answer.text]).toEqual([202, ''])
  const [stored] = (await simulator.call('GET', '/api/mailbox?to=ana@example.com')).json.data ?? []
  expect(stored).toMatchObject({ id: answer.headers.get('x-message-id'), subject: 'Confirm', links: ['https://studio.example/verify?token=abc&x=1'] })
  expect((await simulator.call('POST', '/sendgrid/v3/mail/send', mail, { authorization: 'Bearer SG.other' })).status).toBe(401)
  expect((await simulator.call('POST', '/sendgrid/v3/mail/send', { ...mail, personalizations: [{ to: [{ email: 'a@b.c' }], cc: [{ email: 'A@b.c' }] }] }, { authorization: 'Bearer SG.sim' })).json.errors?.[0]?.field).toBe('personalizations.0')
})

test('the request log keeps no secrets', async () => {
  await chat()
  const log = (await simulator.call('GET', '/api/requests?provider=openai')).text
  expect(log).toContain('chat/completions')
  expect(log).not.toContain('sk-sim')
})
