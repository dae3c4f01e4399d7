// Readiness: everything a request may need, asked once each.
import { getTableName } from 'drizzle-orm'
import { checkDatabases } from '../db/check.ts'
import { aiSettings } from '../domain/assistant/assistant.sql.ts'
import { contacts } from '../domain/contacts/contacts.sql.ts'
import { conversations } from '../domain/conversations/conversations.sql.ts'
import { messages } from '../domain/messages/messages.sql.ts'
import { studios } from '../domain/studios/studios.sql.ts'
import type { Bindings } from '../platform/bindings.ts'
import { ConfigProblem, readConfig } from '../platform/env.ts'

/** Per check null, or a sentence on what is wrong; names of settings, never values. */
export async function checkAll(env: Bindings): Promise<Record<string, string | null>> {
  const [databases, media] = await Promise.all([checkDatabases(env, [aiSettings, contacts, conversations, messages, studios].map(table => getTableName(table))), checkMedia(env)])
  return { config: checkConfig(env), ...databases, media, queues: checkBound(env, ['SENDS', 'ASSISTANT', 'CHORES']), objects: checkBound(env, ['STUDIO_HUB', 'SHARD_SWEEPER', 'STUDIO_SEARCH', 'RATE_LIMITER']) }
}

function checkConfig(env: Bindings): string | null {
  try {
    readConfig(env)
    return null
  } catch (error) {
    return error instanceof ConfigProblem ? `missing or wrong: ${error.missing.join(', ')}` : 'cannot be read'
  }
}

async function checkMedia(env: Bindings): Promise<string | null> {
  try {
    await env.MEDIA.head('readiness')
    return null
  } catch {
    return 'does not answer' // R2's error text is not for the public
  }
}

function checkBound(env: Bindings, names: string[]): string | null {
  const missing = names.filter(name => env[name] === undefined)
  return missing.length === 0 ? null : `not bound: ${missing.join(', ')}`
}
