// OpenAI by its chat completions, and whatever speaks the same way at a configured address.
import { createOpenAI } from '@ai-sdk/openai'
import { z } from 'zod'
import { ProviderFailure } from './failure.ts'
import { guarded, outcomeOf, prompted } from './prompted.ts'
import type { Access, Model } from './provider.ts'

const hosts = ['api.openai.com', '.api.openai.com', '.openai.azure.com']
/** Shape of GET /models; `shutdown_date` says when a model is switched off. Source: OpenAI API reference, models. */
const modelList = z.object({ data: z.array(z.object({ id: z.string().max(200), shutdown_date: z.string().nullish() })).max(2_000) })
/** Models that do not chat. */
const others = /embedding|moderation|whisper|transcribe|tts|dall-e|image|audio|realtime|sora/

export const openai = prompted({
  name: 'openai',
  label: 'OpenAI',
  capabilities: { stream: true, json: true, tools: true, embeddings: true, context_tokens: 128_000 },
  remote: { defaultModel: 'gpt-6-luna', address: config => config.OPENAI_URL, hosts },
  model: access => createOpenAI({ baseURL: access.base_url, apiKey: access.key, fetch: guarded(access, hosts) }).chat(access.model),
  models: listModels,
})

async function listModels(access: Access): Promise<Model[]> {
  const response = await guarded(access, hosts)(`${access.base_url}/models`, { headers: { authorization: `Bearer ${access.key}` } }).catch((error: unknown) => {
    throw outcomeOf(error)
  })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw outcomeOf({ statusCode: response.status, data: body })
  const list = modelList.safeParse(body)
  if (!list.success) throw new ProviderFailure('invalid')
  return list.data.data.filter(model => !others.test(model.id)).map(model => ({ id: model.id, shutdown_date: model.shutdown_date ?? null })).sort((a, b) => (a.id < b.id ? -1 : 1))
}
