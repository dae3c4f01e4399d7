// How the studio wants its assistant.
import { aiSettings, aiSettingsBody } from '../../contract/workspace.ts'
import { changeAiSettings, readAiSettings } from '../../domain/assistant/ai-settings.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/ai-settings', summary: 'Settings of the assistant', answer: aiSettings, access: 'assistant.use',
    handle: async (_, __, scope) => ({ data: await readAiSettings(scope) }),
  }),
  studioRoute({
    method: 'PUT', path: '/api/ai-settings', summary: 'Change settings of the assistant', body: aiSettingsBody, answer: aiSettings, access: 'assistant.configure',
    handle: async (_, { body }, scope) => ({ data: await changeAiSettings(scope, body) }),
  }),
]
