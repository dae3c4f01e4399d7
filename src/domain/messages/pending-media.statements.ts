// Imported history names a file first and brings it later under the same external id: here the later one completes the earlier.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { change } from '../../db/changes.ts'
import { insertSelect, own, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { messageJson } from './messages.read.ts'
import { attachments, messages } from './messages.sql.ts'

const account = sql.placeholder('account')
const batch = sql.placeholder('batch')
const of = (alias: string, field: string): SQL => sql.raw(`${alias}.value ->> '${field}'`)
const events = sql`json_each(${sql.placeholder('events')}) e`
const withFile = sql`${of('e', 'id')} in (select ${of('f', 'mid')} from json_each(${sql.placeholder('files')}) f)`
/** Messages of an earlier batch that this one has just completed. */
const completed = sql`${events} join ${own(messages)} on ${messages.accountId} = ${account} and ${messages.externalId} = ${of('e', 'x')} and ${messages.touched} = ${batch} and ${messages.id} <> ${of('e', 'id')}`

/** Before the batch's own files: the message takes the kind and words of the file. */
const complete: Write = update(messages, { type: of('e', 'type'), content: of('e', 'content'), details: of('e', 'details'), touched: batch },
  sql`${messages.accountId} = ${account} and ${messages.externalId} = ${of('e', 'x')} and ${messages.details} ->> 'media_pending' = 1 and ${messages.deletedAt} is null and ${withFile}`, { from: events })

const addFiles: Write = insertSelect(attachments, {
  id: of('f', 'id'), messageId: messages.id, position: of('f', 'position'), kind: of('f', 'kind'), mime: of('f', 'mime'), filename: of('f', 'filename'),
  sha256: of('f', 'sha256'), state: of('f', 'state'), reason: of('f', 'reason'), source: of('f', 'source'), createdAt: sql.placeholder('now'),
}, sql`from ${completed} join json_each(${sql.placeholder('files')}) f on ${of('f', 'mid')} = ${of('e', 'id')} where true`)

export const completePending: Write[] = [complete, addFiles]

/** After the batch's own messages are told: their numbers were given out with their rows. */
export const tellCompleted: Write = change('message.updated', messages.id, sql`json_object('message', ${messageJson})`, sql`from ${completed} where true`, { many: sql`e.key`, actor: sql.placeholder('author') })
