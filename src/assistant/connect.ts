// Opens the way to a studio's provider: its key, an address that may be called, its model. And checks a key when it is saved.
import type { ProviderChoice } from '../contract/assistant.ts'
import type { Config } from '../platform/env.ts'
import { invalid } from '../platform/problem.ts'
import { EgressRefused, permitted } from '../platform/safe-fetch.ts'
import type { SafeFetch } from '../platform/safe-fetch.ts'
import { vaultOf } from '../platform/vault-of.ts'
import type { Place } from '../platform/vault.ts'
import { ProviderFailure } from './providers/failure.ts'
import type { Access, ModelProvider } from './providers/provider.ts'

/** Where a provider's key is sealed to: it opens for no other studio and no other provider. */
export function keyPlace(studioId: string, provider: string): Place {
  return { studioId, integrationId: `model_provider:${provider}`, field: 'api_key' }
}

/** Throws ProviderFailure `unauthorized` when there is no key or it does not open. */
export async function openAccess(provider: ModelProvider, choice: ProviderChoice | null, studioId: string, config: Config, fetch: SafeFetch): Promise<Access> {
  if (provider.remote === null) return { key: '', base_url: '', model: '', fetch, origins: [] }
  if (choice?.sealed_key == null) throw new ProviderFailure('unauthorized', 'no key')
  const key = await vaultOf(config).open(choice.sealed_key, keyPlace(studioId, provider.name)).catch(() => {
    throw new ProviderFailure('unauthorized', 'the key does not open')
  })
  return accessWith(provider, key, choice, config, fetch)
}

export function accessWith(provider: ModelProvider, key: string, choice: { base_url: string | null; model: string | null }, config: Config, fetch: SafeFetch): Access {
  const configured = provider.remote?.address(config) ?? ''
  return { key, base_url: (choice.base_url ?? configured).replace(/\/+$/, ''), model: choice.model ?? provider.remote?.defaultModel ?? '', fetch, origins: configured === '' ? [] : [new URL(configured).origin] }
}

/** Throws VALIDATION_ERROR for an address that no call would be allowed to. */
export function checkAddress(provider: ModelProvider, address: string, config: Config): void {
  try {
    permitted(address, { origins: [new URL(provider.remote?.address(config) ?? 'https://nowhere.invalid').origin], hosts: provider.remote?.hosts ?? [] })
  } catch (error) {
    if (error instanceof EgressRefused) throw invalid('base_url', `This address is not allowed for ${provider.label}.`)
    throw error
  }
}
