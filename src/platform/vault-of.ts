// The vault of a configuration, made once per isolate.
import type { Config } from './env.ts'
import { makeVault } from './vault.ts'
import type { Vault } from './vault.ts'

const vaults = new WeakMap<Config, Vault>()

export function vaultOf(config: Config): Vault {
  const known = vaults.get(config) ?? makeVault(config.CREDENTIALS_KEY)
  vaults.set(config, known)
  return known
}
