// How a studio wants its assistant: read with defaults, changed in part.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { AiSettings, aiSettingsBody } from '../../contract/workspace.ts'
import { change } from '../../db/changes.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own } from '../../db/statement.ts'
import { insertSelect } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { invalid } from '../../platform/problem.ts'
import { aiSettings, modelProviders } from './assistant.sql.ts'

const rowId = 'ai'
export const builtInName = 'built-in'
/** Drafts are suggestions to people; without knowledge none are made, so they are on from the start. */
export const defaults: AiSettings = { provider: builtInName, draft_on_inbound: true, score_on_inbound: true, tone: '', language: 'auto' }

export const settingsRow: SQL = sql`select * from ${own(aiSettings)} where ${aiSettings.id} = ${rowId}`
export interface SettingsRow { provider: string; draft_on_inbound: number; score_on_inbound: number; tone: string; language: string }

export function settingsOf(row: SettingsRow | undefined): AiSettings {
  if (row === undefined) return defaults
  return { provider: row.provider, draft_on_inbound: row.draft_on_inbound === 1, score_on_inbound: row.score_on_inbound === 1, tone: row.tone, language: row.language }
}

export async function readAiSettings(scope: Scope): Promise<AiSettings> {
  const [row] = await scope.db.all<SettingsRow>(settingsRow)
  return settingsOf(row)
}

/** Throws VALIDATION_ERROR for a provider that is not connected. */
export async function changeAiSettings(scope: Scope, patch: z.infer<typeof aiSettingsBody>): Promise<AiSettings> {
  const [rows, connected] = await scope.db.allOf<[SettingsRow, { id: string }]>([settingsRow], [sql`select ${modelProviders.id} as id from ${own(modelProviders)} where ${modelProviders.apiKey} is not null`])
  const { provider } = patch
  if (provider !== undefined && provider !== builtInName && !connected.some(row => row.id === provider)) throw invalid('provider', 'Connect this provider first.')
  const next: AiSettings = { ...settingsOf(rows[0]), ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) }
  await scope.db.commit([...writeSettings(next)])
  return next
}

export function writeSettings(next: AiSettings): Write[] {
  return [
    insertSelect(aiSettings, { id: rowId, provider: next.provider, draftOnInbound: Number(next.draft_on_inbound), scoreOnInbound: Number(next.score_on_inbound), tone: next.tone, language: next.language }, sql`where true`, {
      onConflict: sql`on conflict (studio_id, id) do update set provider = excluded.provider, draft_on_inbound = excluded.draft_on_inbound, score_on_inbound = excluded.score_on_inbound, tone = excluded.tone, language = excluded.language`,
    }),
    change('settings.updated', 'ai', sql`json_object('what', 'ai')`),
  ]
}
