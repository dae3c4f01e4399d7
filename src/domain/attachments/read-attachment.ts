// Finds a stored file of the studio.
import { sql } from 'drizzle-orm'
import type { Scope } from '../../db/open-studio.ts'
import { notFound } from '../../platform/problem.ts'
import { attachments } from '../messages/messages.sql.ts'

export interface StoredFile { key: string; mime: string; filename: string | null; size: number; sha256: string }

/** Throws NOT_FOUND, also for a file whose bytes are not here (yet, or any more). */
export async function readAttachment(scope: Scope, id: string): Promise<StoredFile> {
  const row = await scope.db.get(attachments, sql`${attachments.id} = ${id} and ${attachments.state} = 'stored' and ${attachments.r2Key} is not null`)
  if (row === undefined) throw notFound('attachment')
  return { key: row.r2Key ?? '', mime: row.mime ?? 'application/octet-stream', filename: row.filename, size: row.size ?? 0, sha256: row.sha256 ?? '' }
}
