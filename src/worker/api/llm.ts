// The assistant on request: replies, scores, and the model providers behind it.
import { z } from 'zod'
import { leadScore, suggestion } from '../../contract/inbox.ts'
import { configureBody, leadScoreBody, llmProvider, smartReplyBody } from '../../contract/workspace.ts'
import { makeAssistant } from '../../assistant/assistant.ts'
import { outbound } from '../../channels/context.ts'
import type { Assistant } from '../../contract/assistant.ts'
import { draftReply } from '../../domain/drafts/draft-reply.ts'
import { scoreLead } from '../../domain/leads/score-lead.ts'
import { configureProvider, listProviders } from '../configure-provider.ts'
import { relayLater } from '../mount.ts'
import { studioRoute } from '../route.ts'
import type { Call, Route } from '../route.ts'
import { streamReply } from '../stream-reply.ts'

const drafted = z.object({ suggestions: z.array(suggestion), decision_id: z.string(), draft_id: z.string().nullable(), verdict: z.string() })

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/llm/providers', summary: 'Model providers and which one is in use', answer: z.array(llmProvider), access: 'assistant.configure',
    handle: async (_, __, scope) => ({ data: await listProviders(scope) }),
  }),
  studioRoute({
    method: 'POST', path: '/api/llm/providers/:name/configure', summary: 'Connect a model provider; its key is checked live', params: z.object({ name: z.string().max(40) }), body: configureBody, answer: llmProvider, access: 'assistant.configure',
    handle: async (call, { params: { name }, body }, scope) => ({ data: await configureProvider(scope, outbound(call.env, call.config), name, body) }),
  }),
  studioRoute({
    method: 'POST', path: '/api/llm/smart-reply', summary: 'Three suggested replies; as server-sent events when asked for', body: smartReplyBody, answer: drafted, access: 'assistant.use',
    async handle(call, { body }, scope) {
      const tools = toolsOf(call)
      if (call.request.headers.get('accept')?.includes('text/event-stream') !== true) return { data: await draftReply(scope, body.conversation_id, tools) }
      return { response: await streamReply(onSuggestion => draftReply(scope, body.conversation_id, tools, onSuggestion).finally(() => relayLater(call, scope)), promise => call.waitUntil(promise)) }
    },
  }),
  studioRoute({
    method: 'POST', path: '/api/llm/lead-score', summary: 'Score a lead again', body: leadScoreBody, answer: leadScore, access: 'assistant.use',
    handle: async (call, { body }, scope) => ({ data: await scoreLead(scope, body.contact_id, toolsOf(call)) }),
  }),
]

function toolsOf(call: Call): { assistant: Assistant } {
  return { assistant: makeAssistant(call.config, outbound(call.env, call.config)) }
}
