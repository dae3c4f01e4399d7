// The model providers a studio connected: their rows, and writing one down after its key was checked.
import { sql } from 'drizzle-orm'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect, own } from '../../db/statement.ts'
import { invalid } from '../../platform/problem.ts'
import { builtInName, readAiSettings, settingsOf, settingsRow, writeSettings } from './ai-settings.ts'
import type { SettingsRow } from './ai-settings.ts'
import { modelProviders } from './assistant.sql.ts'

export interface ListedModel { id: string; shutdown_date: string | null }
export interface ConnectedProvider { id: string; api_key: string | null; key_last4: string | null; base_url: string | null; model: string | null; models: ListedModel[]; problem: string | null }

/** Connected providers by name, and the name of the one in use. */
export async function readProviders(scope: Scope): Promise<{ active: string; connected: ConnectedProvider[] }> {
  const [settings, rows] = await scope.db.allOf<[SettingsRow, Omit<ConnectedProvider, 'models'> & { models: string }]>([settingsRow], [sql`select * from ${own(modelProviders)}`])
  return { active: settingsOf(settings[0]).provider, connected: rows.map(row => ({ ...row, models: JSON.parse(row.models) as ListedModel[] })) }
}

export interface ProviderChange { name: string; sealedKey: string | null; keyLast4: string | null; baseUrl: string | null; model: string | null; models: ListedModel[]; active: boolean | undefined }

/** Writes what was checked; one batch with the choice of the active provider. Throws VALIDATION_ERROR when a provider without a key is to be used. */
export async function saveProvider(scope: Scope, to: ProviderChange): Promise<void> {
  const settings = await readAiSettings(scope)
  if (to.active === true && to.name !== builtInName && to.sealedKey === null) throw invalid('api_key', 'A key is needed to use this provider.')
  const provider = to.active === true ? to.name : to.active === false && settings.provider === to.name ? builtInName : settings.provider
  const row = to.name === builtInName ? [] : [insertSelect(modelProviders, {
    id: to.name, apiKey: to.sealedKey, keyLast4: to.keyLast4, baseUrl: to.baseUrl, model: to.model, models: JSON.stringify(to.models), problem: null, updatedAt: scope.now,
  }, sql`where true`, {
    onConflict: sql`on conflict (studio_id, id) do update set api_key = excluded.api_key, key_last4 = excluded.key_last4, base_url = excluded.base_url, model = excluded.model, models = excluded.models, problem = null, updated_at = excluded.updated_at`,
  })]
  await scope.db.commit([...row, ...writeSettings({ ...settings, provider })])
}
