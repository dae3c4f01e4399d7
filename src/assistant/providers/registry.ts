// All providers by name. One more is one file and one line here.
import { builtIn } from './built-in.ts'
import { openai } from './openai.ts'
import type { ModelProvider } from './provider.ts'

export const providers: readonly ModelProvider[] = [builtIn, openai]

export function findProvider(name: string): ModelProvider | undefined {
  return providers.find(provider => provider.name === name)
}
