// Makes a studio for a test, straight in the databases.
import { newId } from '../../src/platform/ids.ts'
import type { Bindings } from '../../src/platform/bindings.ts'

let made = 0

export async function makeStudio(env: Bindings, shard = made % 2): Promise<string> {
  made += 1
  const id = newId('studio')
  const now = Date.now()
  await env.DIRECTORY.prepare(`insert into studios (id, slug, name, shard, epoch, state, timezone, locale, created_at) values (?, ?, 'Test Studio', ?, ?, 'active', 'Europe/Berlin', 'en', ?)`)
    .bind(id, id.replace('_', '-'), shard, `epoch-${id}`, now).run()
  await (env[`SHARD_${shard}`] as D1Database).prepare(`insert into studios (studio_id, id, name, timezone, locale, created_at) values (?, ?, 'Test Studio', 'Europe/Berlin', 'en', ?)`).bind(id, id, now).run()
  return id
}
