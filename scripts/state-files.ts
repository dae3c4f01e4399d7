// Finds the SQLite files of a local state folder by the names that wrangler.toml gives its databases.
import { createHash, createHmac } from 'node:crypto'
import { join } from 'node:path'
import { builtConfig } from './host.ts'

export interface DatabaseFile { /** "DIRECTORY", "SHARD_0", … */ binding: string; name: string; path: string }

/** Where each D1 database of a state folder lies, the directory first. */
export function databaseFiles(state: string): DatabaseFile[] {
  const folder = 'miniflare-D1DatabaseObject'
  return builtConfig().databases.map(({ binding, name }) => ({ binding, name, path: join(state, 'd1', folder, `${objectId(folder, name)}.sqlite`) }))
    .sort((a, b) => (a.binding < b.binding ? -1 : 1))
}

/** The shard's number, or null for the directory. */
export function shardOf(file: DatabaseFile): number | null {
  const digits = /^SHARD_(\d+)$/.exec(file.binding)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** The runtime's id of a named object. Source: miniflare, `durableObjectNamespaceIdFromName`. */
function objectId(namespace: string, name: string): string {
  const key = createHash('sha256').update(namespace).digest()
  const half = (data: string | Buffer): Buffer => createHmac('sha256', key).update(data).digest().subarray(0, 16)
  const named = half(name)
  return Buffer.concat([named, half(named)]).toString('hex')
}
