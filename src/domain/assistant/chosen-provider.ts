// The provider a studio chose, as the assistant is told: with its key still sealed.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { ProviderChoice } from '../../contract/assistant.ts'
import { own } from '../../db/statement.ts'
import { builtInName } from './ai-settings.ts'
import { aiSettings, modelProviders as p } from './assistant.sql.ts'

export interface ChoiceRow { id: string; api_key: string | null; base_url: string | null; model: string | null }

export const chosenRow: SQL = sql`select ${p.id} as id, ${p.apiKey} as api_key, ${p.baseUrl} as base_url, ${p.model} as model from ${own(p)} join ${own(aiSettings)} on ${aiSettings.provider} = ${p.id}`

/** Null: the built-in one. */
export function choiceOf(row: ChoiceRow | undefined): ProviderChoice | null {
  return row === undefined || row.id === builtInName ? null : { name: row.id, sealed_key: row.api_key, base_url: row.base_url, model: row.model }
}
