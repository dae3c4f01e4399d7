// The message templates of connected accounts, as the composer offers them.
import { sql } from 'drizzle-orm'
import type { Template } from '../../contract/inbox.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own } from '../../db/statement.ts'
import { isoOf, jsonObject } from '../../db/wire.ts'
import { integrations as i, templates as t } from './integrations.sql.ts'

const templateJson = jsonObject({
  id: t.id, account_id: t.accountId, name: t.name, language: t.language, category: t.category, status: t.status, body: t.body,
  variables: sql`json(${t.variables})`, components: sql`json(${t.components})`, synced_at: isoOf(t.syncedAt),
})

/** Approved ones first. An unknown account has none. */
export async function listTemplates(scope: Scope, accountId: string | undefined): Promise<Template[]> {
  const rows = await scope.db.all<{ body: string }>(sql`select ${templateJson} as body from ${own(t)} join ${own(i)} on ${i.id} = ${t.accountId} and ${i.disconnectedAt} is null
    where ${accountId === undefined ? sql`true` : sql`${t.accountId} = ${accountId}`} order by ${t.status} <> 'APPROVED', ${t.name}, ${t.language}`)
  return rows.map(row => JSON.parse(row.body) as Template)
}
