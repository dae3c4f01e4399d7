// Finds the SQLite file of the shard on which a studio lives, in the state folder of a stopped product.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The open database; throws when no file of the state holds the studio's row and a table of messages. */
export function openShardOf(state: string, studioId: string): DatabaseSync {
  const files = readdirSync(state, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.sqlite'))
  for (const file of files) {
    const db = new DatabaseSync(join(state, file))
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('studios', 'messages')").all()
    if (tables.length === 2 && db.prepare('SELECT 1 FROM studios WHERE id = ?').get(studioId)) return db
    db.close()
  }
  throw new Error(`none of ${files.length} files under ${state} holds studio ${studioId}`)
}
