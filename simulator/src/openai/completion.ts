// One chat completion: decides what the model says, then says it whole or in pieces.

import type { FaultEffect } from '../faults.ts'
import { isObject, listAt, objectAt, textAt, type Json } from '../json.ts'
import { readSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { errorBody } from './errors.ts'
import { fillSchema } from './fill-schema.ts'
import { answerText, readPrompt, schemaOf, type Prompt } from './prompt.ts'
import { takeScript } from './scripts.ts'
import { jsonIn } from './sources.ts'

interface Said {
  content: string | null
  refusal: string | null
  tool_calls?: Json[]
  finish_reason: string
}

export async function complete(world: World, body: Json, effect: FaultEffect): Promise<Response> {
  const prompt = readPrompt(body)
  const script = takeScript(world, prompt, body)
  const settings = readSettings(world.store)
  await scheduler.wait(script?.answer.delay_ms ?? settings.openai_delay_ms)
  const said = spoil(script ? scripted(script.answer) : improvised(prompt, body), effect)
  const head = { id: `chatcmpl-${crypto.randomUUID().replaceAll('-', '')}`, created: Math.floor(Date.now() / 1000), model: prompt.model, service_tier: 'default', system_fingerprint: 'fp_simulator' }
  const usage = usageOf(prompt.all, said)
  if (body.stream === true) return stream(head, said, objectAt(body, 'stream_options').include_usage === true ? usage : undefined, script?.answer.chunk_delay_ms ?? settings.openai_chunk_delay_ms, effect)
  const message = { role: 'assistant', content: said.content, refusal: said.refusal, annotations: [], ...(said.tool_calls ? { tool_calls: said.tool_calls } : {}) }
  return Response.json({ object: 'chat.completion', ...head, choices: [{ index: 0, message, logprobs: null, finish_reason: said.finish_reason }], usage })
}

function improvised(prompt: Prompt, body: Json): Said {
  const schema = schemaOf(body)
  if (schema) return plain(JSON.stringify(fillSchema(schema, prompt)))
  const tool = forcedTool(body)
  if (tool) return calls([{ name: textAt(tool, 'name') ?? '', arguments: fillSchema(objectAt(tool, 'parameters'), prompt) }])
  if (objectAt(body, 'response_format').type === 'json_object') {
    // Plain JSON mode: callers without structured outputs spell the schema in the prompt.
    const spelled = jsonIn(prompt.all).filter(isObject).find(value => isObject(value.properties))
    return plain(JSON.stringify(spelled ? fillSchema(spelled, prompt) : { text: answerText(prompt), suggestions: [0, 1, 2].map(variant => answerText(prompt, variant)) }))
  }
  return plain(answerText(prompt))
}

function scripted(answer: NonNullable<ReturnType<typeof takeScript>>['answer']): Said {
  if (answer.tool_calls) return calls(answer.tool_calls)
  if (answer.refusal) return { content: null, refusal: answer.refusal, finish_reason: answer.finish_reason ?? 'stop' }
  return { ...plain(answer.text ?? JSON.stringify(answer.json ?? '')), finish_reason: answer.finish_reason ?? 'stop' }
}

/** Applies the model troubles a fault rule asks for. */
function spoil(said: Said, effect: FaultEffect): Said {
  if (effect.openai === 'refusal') return { content: null, refusal: "I'm sorry, I can't help with that request.", finish_reason: 'stop' }
  if (effect.openai === 'malformed') return { ...said, content: `${(said.content ?? '{"text":').slice(0, -2)}` }
  if (effect.openai === 'empty') return { ...said, content: '', tool_calls: undefined }
  if (effect.openai === 'length') return { ...said, content: (said.content ?? '').slice(0, 24), finish_reason: 'length' }
  return said
}

const plain = (content: string): Said => ({ content, refusal: null, finish_reason: 'stop' })

const calls = (wanted: { name: string; arguments: unknown }[]): Said => ({
  content: null, refusal: null, finish_reason: 'tool_calls',
  tool_calls: wanted.map(call => ({ id: `call_${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`, type: 'function', function: { name: call.name, arguments: JSON.stringify(call.arguments) } })),
})

function forcedTool(body: Json): Json | undefined {
  const tools = listAt(body, 'tools').filter(isObject).map(tool => objectAt(tool, 'function'))
  if (body.tool_choice === 'required') return tools[0]
  const name = isObject(body.tool_choice) ? textAt(objectAt(body.tool_choice, 'function'), 'name') : undefined
  return tools.find(tool => name !== undefined && tool.name === name)
}

function usageOf(prompt: string, said: Said): Json {
  const tokens = (text: string) => Math.ceil(text.length / 4)
  const sent = tokens(prompt) + 8
  const made = tokens((said.content ?? '') + (said.refusal ?? '') + JSON.stringify(said.tool_calls ?? '')) + 2
  return { prompt_tokens: sent, completion_tokens: made, total_tokens: sent + made, prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 }, completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 } }
}

/** Server-sent events as OpenAI's: role, pieces, finish, usage with empty choices, `[DONE]`. */
function stream(head: Json, said: Said, usage: Json | undefined, pause: number, effect: FaultEffect): Response {
  const chunk = (delta: Json, finish: string | null = null): Json => ({ object: 'chat.completion.chunk', ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], ...(usage ? { usage: null } : {}), obfuscation: crypto.randomUUID().slice(0, 2 + Math.floor(Math.random() * 8)) })
  const pieces: Json[] = [
    chunk({ role: 'assistant', content: said.tool_calls ? null : '', refusal: null }),
    ...(said.content?.match(/\s*\S+|\s+/g) ?? []).map(content => chunk({ content })),
    ...(said.refusal?.match(/\s*\S+/g) ?? []).map(refusal => chunk({ refusal })),
    ...(said.tool_calls ?? []).flatMap((call, index) => toolPieces(call, index)).map(piece => chunk({ tool_calls: [piece] })),
    chunk({}, said.finish_reason),
    ...(usage ? [{ object: 'chat.completion.chunk', ...head, choices: [], usage }] : []),
  ]
  const half = Math.ceil(pieces.length / 2)
  const encode = (data: unknown) => new TextEncoder().encode(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`)
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (pause > 0) await scheduler.wait(pause)
      if (at === half && effect.openai === 'stream_cut') return controller.close()
      if (at === half && effect.openai === 'stream_error') {
        controller.enqueue(encode(errorBody({ code: 'server_error' })))
        return controller.close()
      }
      const piece = pieces[at++]
      if (piece) return controller.enqueue(encode(piece))
      controller.enqueue(encode('[DONE]'))
      controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' } })
}

/** A tool call in a stream: first its name, then its arguments in strings. */
function toolPieces(call: Json, index: number): Json[] {
  const wanted = objectAt(call, 'function')
  const parts = (textAt(wanted, 'arguments') ?? '').match(/[\s\S]{1,16}/g) ?? []
  return [{ index, id: call.id, type: 'function', function: { name: wanted.name, arguments: '' } }, ...parts.map(part => ({ index, function: { arguments: part } }))]
}
