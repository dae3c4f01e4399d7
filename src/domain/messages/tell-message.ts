// A change to one message and the news of it: told only where the batch has really written the row.
import { eq, sql } from 'drizzle-orm'
import { change } from '../../db/changes.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { conflict, notFound } from '../../platform/problem.ts'
import { messageJson } from './messages.read.ts'
import { messages } from './messages.sql.ts'

/** Throws NOT_FOUND. */
export async function knownMessage(scope: Scope, id: string): Promise<typeof messages.$inferSelect> {
  const message = await scope.db.get(messages, eq(messages.id, id))
  if (message === undefined) throw notFound('message')
  return message
}

/** Stands after the writes that set `touched` to `batch`. */
export function tellMessage(id: string, batch: string): Write {
  return change('message.updated', id, sql`json_object('message', ${messageJson})`, sql`from ${own(messages)} where ${messages.id} = ${id} and ${messages.touched} = ${batch}`)
}

/** Commits, tells, and answers the message as JSON text. Throws CONFLICT when the message was not touched: somebody else was first. */
export async function commitTold(scope: Scope, id: string, batch: string, writes: Write[]): Promise<string> {
  const { changes } = await scope.db.commit([...writes, tellMessage(id, batch)])
  const body = changes.at(-1)?.body
  if (body === undefined || body === null) throw conflict('This message has changed meanwhile.')
  return JSON.stringify((JSON.parse(body) as { message: unknown }).message)
}
