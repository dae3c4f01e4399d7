// OpenAI's API under /simulator/openai/v1, and its control routes.

import { Hono } from 'hono'
import type { FaultEffect } from '../faults.ts'
import { listAt, numberAt, parseObject, textAt, type Json } from '../json.ts'
import { providerCall, type Surface } from '../provider-call.ts'
import type { World } from '../world.ts'
import { complete } from './completion.ts'
import { embed, toBase64 } from './embedding.ts'
import { errorResponse } from './errors.ts'
import { findModel, isAlive, isReasoning, models, type Model } from './models.ts'
import { addScripts } from './scripts.ts'

const INPUTS = 2048

export function openaiRoutes(world: World): Hono<Surface> {
  const app = new Hono<Surface>()
  app.use(providerCall(world, 'openai', (body, path) => ({ kind: path.split('/').at(-1), text: JSON.stringify(body) }), refuse))
  app.use(async (c, next) => {
    const key = c.req.header('authorization')?.replace(/^Bearer /, '') ?? ''
    if (key === '' || key.startsWith('sk-invalid')) return errorResponse({ code: 'invalid_api_key' })
    return next()
  })
  app.get('/v1/models', c => c.json({ object: 'list', data: models.filter(model => isAlive(model, Date.now())).map(describe) }))
  app.get('/v1/models/:id', c => {
    const model = findModel(c.req.param('id'), Date.now())
    return model ? c.json(describe(model)) : errorResponse({ code: 'model_not_found' })
  })
  app.post('/v1/chat/completions', async c => {
    const body = parseObject(await c.req.text()) ?? {}
    return check(body) ?? complete(world, body, c.get('effect'))
  })
  app.post('/v1/embeddings', async c => embeddings(parseObject(await c.req.text()) ?? {}))
  app.post('/v1/moderations', async c => moderations(parseObject(await c.req.text()) ?? {}))
  app.notFound(() => errorResponse({ code: 'unknown_url', status: 404, message: 'Invalid URL', type: 'invalid_request_error' }))
  return app
}

export function openaiControl(world: World): Hono {
  const app = new Hono()
  app.post('/script', async c => c.json({ added: addScripts(world, await c.req.json().catch(() => undefined)) }, 201))
  app.get('/script', c => c.json({ data: world.store.all<{ n: number; body: string; remaining: number | null }>('SELECT * FROM answers ORDER BY n').map(row => ({ ...JSON.parse(row.body), n: row.n, remaining: row.remaining })) }))
  app.delete('/script', c => {
    world.store.run('DELETE FROM answers')
    return c.json({ ok: true })
  })
  return app
}

const describe = (model: Model): Json => ({ id: model.id, object: 'model', created: 1_750_000_000, owned_by: 'openai', shutdown_date: model.shutdown_date })

/** What OpenAI would refuse before thinking. */
function check(body: Json): Response | undefined {
  const model = textAt(body, 'model')
  if (!model) return errorResponse({ code: 'missing_required_parameter', status: 400, message: 'you must provide a model parameter' })
  if (!findModel(model, Date.now())) return errorResponse({ code: 'model_not_found', message: `The model \`${model}\` does not exist or you do not have access to it.` })
  if (listAt(body, 'messages').length === 0) return errorResponse({ code: 'missing_required_parameter', status: 400, param: 'messages', message: "Missing required parameter: 'messages'." })
  if (isReasoning(model) && body.max_tokens !== undefined) {
    return errorResponse({ code: 'unsupported_parameter', param: 'max_tokens', message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead." })
  }
  return undefined
}

function embeddings(body: Json): Response {
  const model = textAt(body, 'model') ?? ''
  if (!/^text-embedding-/.test(model) || !findModel(model, Date.now())) return errorResponse({ code: 'model_not_found' })
  const inputs: unknown[] = Array.isArray(body.input) ? body.input : [body.input]
  if (inputs.length === 0 || inputs.length > INPUTS || inputs.some(input => typeof input !== 'string' || input === '')) {
    return errorResponse({ code: 'invalid_input', status: 400, param: 'input', message: "'$.input' is invalid: texts must not be empty, at most 2048 of them." })
  }
  const size = numberAt(body, 'dimensions') ?? (model.endsWith('large') ? 3072 : 1536)
  const data = inputs.map((input, index) => {
    const vector = embed(String(input), size)
    return { object: 'embedding', index, embedding: body.encoding_format === 'base64' ? toBase64(vector) : [...vector] }
  })
  const tokens = Math.ceil(inputs.join('').length / 4)
  return Response.json({ object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } })
}

const forbidden: [category: string, sign: RegExp][] = [
  ['violence', /\b(kill|murder|stab|shoot)\b/i], ['harassment', /\b(idiot|stupid|moron)\b/i], ['harassment/threatening', /\bi will (hurt|find) you\b/i],
  ['sexual', /\b(porn|nude)s?\b/i], ['hate', /\bhate (all|those)\b/i], ['self-harm', /\b(suicide|kill myself)\b/i],
]

function moderations(body: Json): Response {
  const inputs: unknown[] = Array.isArray(body.input) ? body.input : [body.input]
  const results = inputs.map(input => {
    const text = typeof input === 'string' ? input : JSON.stringify(input)
    const hit = Object.fromEntries(forbidden.map(([category, sign]) => [category, sign.test(text)]))
    return {
      flagged: Object.values(hit).includes(true), categories: { ...hit, illicit: null, 'illicit/violent': null },
      category_scores: Object.fromEntries(Object.entries(hit).map(([category, is]) => [category, is ? 0.97 : 0.0004])),
      category_applied_input_types: Object.fromEntries(Object.keys(hit).map(category => [category, ['text']])),
    }
  })
  return Response.json({ id: `modr-${crypto.randomUUID().slice(0, 12)}`, model: 'omni-moderation-latest', results })
}

const refuse = (effect: FaultEffect): Response =>
  errorResponse({ code: effect.error?.code === undefined ? 'server_error' : String(effect.error.code), message: effect.error?.message, type: effect.error?.type, status: effect.http_status })
