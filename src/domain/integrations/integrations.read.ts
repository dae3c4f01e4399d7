// How a connected account looks on the wire: never a secret, not even masked.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { own } from '../../db/statement.ts'
import { isoOf, jsonObject } from '../../db/wire.ts'
import { messages } from '../messages/messages.sql.ts'
import { integrations as i } from './integrations.sql.ts'

/** Reads columns of `integrations`; webhook_url is the edge's to add. */
export const integrationJson: SQL = jsonObject({
  id: i.id, channel_type: i.channelType, name: i.name, external_id: i.externalId, is_active: sql`json(case when ${i.isActive} then 'true' else 'false' end)`,
  health: sql`json(${i.health})`,
  waiting: sql`(select count(*) from ${own(messages, 'w')} where w.account_id = ${i.id} and w.status in ('queued', 'sending'))`,
  created_at: isoOf(i.createdAt),
})

export const integrationById: SQL = sql`select ${integrationJson} as body from ${own(i)} where ${i.id} = ${sql.placeholder('id')}`
