// Model providers on the settings page: what there is, and connecting one with a live check of its key.
import type { z } from 'zod'
import type { LlmProvider, configureBody } from '../contract/workspace.ts'
import { accessWith, checkAddress, keyPlace, openAccess } from '../assistant/connect.ts'
import { ProviderFailure, failureText } from '../assistant/providers/failure.ts'
import type { FailureReason } from '../assistant/providers/failure.ts'
import type { Access, Model, ModelProvider } from '../assistant/providers/provider.ts'
import { findProvider, providers } from '../assistant/providers/registry.ts'
import type { Scope } from '../db/open-studio.ts'
import { readProviders, saveProvider } from '../domain/assistant/model-providers.ts'
import type { ConnectedProvider } from '../domain/assistant/model-providers.ts'
import { Problem, invalid, notFound } from '../platform/problem.ts'
import { makeSafeFetch } from '../platform/safe-fetch.ts'
import { vaultOf } from '../platform/vault-of.ts'

export async function listProviders(scope: Scope): Promise<LlmProvider[]> {
  const { active, connected } = await readProviders(scope)
  return providers.map(provider => wire(provider, connected.find(row => row.id === provider.name), active))
}

/** Throws NOT_FOUND, VALIDATION_ERROR for a key, address or model that is no good, PROVIDER_FAILED when the check could not be made. */
export async function configureProvider(scope: Scope, raw: typeof fetch, name: string, body: z.infer<typeof configureBody>): Promise<LlmProvider> {
  const provider = findProvider(name)
  if (provider === undefined) throw notFound('provider')
  const row = (await readProviders(scope)).connected.find(one => one.id === name)
  if (provider.remote === null) {
    if (body.api_key !== undefined || body.base_url !== undefined || body.model !== undefined) throw invalid(body.api_key !== undefined ? 'api_key' : body.base_url !== undefined ? 'base_url' : 'model', 'This provider has nothing to set.')
    await saveProvider(scope, { name, sealedKey: null, keyLast4: null, baseUrl: null, model: null, models: [], active: body.active })
    return found(scope, name)
  }
  const safe = makeSafeFetch(raw)
  const baseUrl = body.base_url === undefined ? row?.base_url ?? null : body.base_url
  if (baseUrl !== null) checkAddress(provider, baseUrl, scope.config)
  // A key that is stored never travels to another address than the one it was given for.
  if (body.api_key === undefined && row?.api_key != null && baseUrl !== row.base_url) throw invalid('api_key', 'Give the key again for another address.')
  if (body.api_key === undefined && row?.api_key == null) throw invalid('api_key', 'A key is needed.')
  const choice = { base_url: baseUrl, model: body.model ?? row?.model ?? provider.remote.defaultModel }
  const access = body.api_key === undefined
    ? await openAccess(provider, { name, sealed_key: row?.api_key ?? null, ...choice }, scope.studio.id, scope.config, safe).catch(rethrow)
    : accessWith(provider, body.api_key, choice, scope.config, safe)
  const models = await check(provider, access)
  if (models.length > 0 && body.model !== undefined && !models.some(model => model.id === body.model)) throw invalid('model', 'The provider does not list this model.')
  const sealedKey = body.api_key === undefined ? row?.api_key ?? null : await vaultOf(scope.config).seal(body.api_key, keyPlace(scope.studio.id, name))
  await saveProvider(scope, { name, sealedKey, keyLast4: body.api_key === undefined ? row?.key_last4 ?? null : lastFour(body.api_key), baseUrl, model: choice.model, models, active: body.active })
  return found(scope, name)
}

function check(provider: ModelProvider, access: Access): Promise<Model[]> {
  return provider.models(access).catch(rethrow)
}

function rethrow(error: unknown): never {
  if (!(error instanceof ProviderFailure)) throw error
  if (error.reason === 'unauthorized') throw invalid('api_key', failureText.unauthorized)
  throw new Problem('PROVIDER_FAILED', failureText[error.reason], { reason: error.reason })
}

async function found(scope: Scope, name: string): Promise<LlmProvider> {
  const one = (await listProviders(scope)).find(provider => provider.name === name)
  if (one === undefined) throw notFound('provider')
  return one
}

function wire(provider: ModelProvider, row: ConnectedProvider | undefined, active: string): LlmProvider {
  return {
    name: provider.name, label: provider.label, configured: provider.remote === null || row?.api_key != null, active: provider.name === active,
    model: row?.model ?? provider.remote?.defaultModel ?? null, base_url: row?.base_url ?? null, key_last4: row?.key_last4 ?? null, models: row?.models ?? [],
    capabilities: provider.capabilities, problem: row?.problem == null ? null : failureText[row.problem as FailureReason] ?? row.problem,
  }
}

/** Nothing of a key so short that four characters would tell it. */
function lastFour(key: string): string | null {
  return key.length >= 12 ? key.slice(-4) : null
}
