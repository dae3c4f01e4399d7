// The provider that needs no key and no network: rules for facts, quotes of the studio's own knowledge for replies.
import { compose } from '../reply/compose.ts'
import { factsByRules } from '../score/rules.ts'
import type { ModelProvider } from './provider.ts'

export const builtIn: ModelProvider = {
  name: 'built-in',
  label: 'Built in',
  capabilities: { stream: true, json: true, tools: false, embeddings: false, context_tokens: null },
  promptVersion: 'rules-1',
  remote: null,
  models: () => Promise.resolve([]),
  facts: input => Promise.resolve({ facts: factsByRules(input.lines), usage: { tokens: 0 } }),
  async *suggestions(input) {
    for (const suggestion of compose(input)) yield { text: suggestion.text, intent: suggestion.intent, sources: suggestion.sources.map(({ id, quote }) => ({ id, quote })) }
    return { tokens: 0 }
  },
}
