// Writes the shard rows of a new studio and activates it: the second half of signing up, safe to run again.
import { openDirectory } from '../../db/directory/directory.ts'
import { activateStudio } from '../../db/directory/studios.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insert } from '../../db/statement.ts'
import type { Bindings } from '../../platform/bindings.ts'
import { aiSettings } from '../assistant/assistant.sql.ts'
import { studios } from './studios.sql.ts'

export async function finishStudio(env: Bindings, scope: Scope): Promise<void> {
  const { id, name, timezone, locale, created_at: createdAt } = scope.studio
  await scope.db.commit([
    insert(studios, { id, name, timezone, locale, createdAt }),
    insert(aiSettings, { id: 'ai', provider: 'built-in', draftOnInbound: true, scoreOnInbound: true, tone: 'Warm, short and clear.', language: 'auto' }),
  ])
  await activateStudio(openDirectory(env), id)
}
