// Opens a connected account: its credentials are in clear only in the value returned, for one call.
import { eq } from 'drizzle-orm'
import type { ChannelAccount, ChannelType, ProviderError } from '../../contract/channel.ts'
import type { Scope } from '../../db/open-studio.ts'
import { VaultError } from '../../platform/vault.ts'
import { vaultOf } from '../../platform/vault-of.ts'
import { integrations } from './integrations.sql.ts'

export interface OpenedAccount extends ChannelAccount { isActive: boolean; name: string; verifyToken: string }

/** Undefined for an unknown or disconnected account. Throws VaultError when a secret does not open: never a half account. */
export async function openAccount(scope: Scope, id: string): Promise<OpenedAccount | undefined> {
  const row = await scope.db.get(integrations, eq(integrations.id, id))
  if (row === undefined || row.disconnectedAt !== null) return undefined
  const sealed = JSON.parse(row.credentials) as Record<string, { sealed?: string; plain?: string }>
  const opened = await Promise.all(Object.entries(sealed).map(async ([field, value]) => [
    field, value.sealed === undefined ? value.plain ?? '' : await vaultOf(scope.config).open(value.sealed, { studioId: scope.studio.id, integrationId: id, field }),
  ] as const))
  return { id, channel: row.channelType as ChannelType, externalId: row.externalId, credentials: Object.fromEntries(opened), isActive: row.isActive, name: row.name, verifyToken: row.verifyToken }
}

/** As openAccount; secrets that do not open are a fault of the account, with the next step for a person. */
export async function accountOrReason(scope: Scope, id: string): Promise<OpenedAccount | undefined | ProviderError> {
  try {
    return await openAccount(scope, id)
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return { code: 'credentials', reason: 'The stored credentials of this channel cannot be opened.', verdict: 'stop', next: 'Connect the channel again in the settings.' }
  }
}

/** Credentials as they are stored: secrets sealed to studio, integration and field, the rest as it is. */
export async function sealCredentials(scope: Scope, id: string, credentials: Record<string, string>, isSecret: (field: string) => boolean): Promise<string> {
  const entries = await Promise.all(Object.entries(credentials).map(async ([field, value]) => [
    field, isSecret(field) ? { sealed: await vaultOf(scope.config).seal(value, { studioId: scope.studio.id, integrationId: id, field }) } : { plain: value },
  ] as const))
  return JSON.stringify(Object.fromEntries(entries))
}
