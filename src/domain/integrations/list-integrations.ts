// The connected accounts of a studio as people see them.
import { sql } from 'drizzle-orm'
import type { Integration } from '../../contract/workspace.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own } from '../../db/statement.ts'
import { notFound } from '../../platform/problem.ts'
import { integrationById, integrationJson } from './integrations.read.ts'
import { integrations as i } from './integrations.sql.ts'

export type StoredIntegration = Omit<Integration, 'webhook_url'>

/** Those that are being connected right now are left out until the provider has said yes. */
export async function listIntegrations(scope: Scope): Promise<StoredIntegration[]> {
  const rows = await scope.db.all<{ body: string }>(sql`select ${integrationJson} as body from ${own(i)} where ${i.disconnectedAt} is null and ${i.isActive} = 1 order by ${i.createdAt}, ${i.id}`)
  return rows.map(row => JSON.parse(row.body) as StoredIntegration)
}

/** Throws NOT_FOUND. */
export async function readIntegration(scope: Scope, id: string): Promise<StoredIntegration> {
  const [row] = await scope.db.all<{ body: string }>(integrationById, { id })
  if (row === undefined) throw notFound('integration')
  return JSON.parse(row.body) as StoredIntegration
}
