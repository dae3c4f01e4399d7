// Lists a studio's knowledge, by words and category.
import { sql } from 'drizzle-orm'
import type { Knowledge } from '../../contract/workspace.ts'
import type { Scope } from '../../db/open-studio.ts'
import { readRows } from '../../db/page.ts'
import type { Page, PageRead } from '../../db/page.ts'
import { own } from '../../db/statement.ts'
import { notFound } from '../../platform/problem.ts'
import { knowledgeJson } from './knowledge.read.ts'
import { knowledge } from './knowledge.sql.ts'

export interface KnowledgeFilter { q?: string | undefined; category?: string | undefined }

/** Newest change first. Each word of `q` must stand in title or content. */
export async function listKnowledge(scope: Scope, { q, category }: KnowledgeFilter, page: PageRead): Promise<Page<Knowledge>> {
  const words = (q ?? '').trim().split(/\s+/).filter(word => word !== '').slice(0, 8)
  // Not LIKE: D1 refuses patterns above 50 bytes.
  const parts = [sql`true`, ...words.map(word => sql`instr(lower(${knowledge.title} || ' ' || ${knowledge.content}), lower(${word})) > 0`)]
  if (category !== undefined) parts.push(sql`${knowledge.category} = ${category}`)
  const found = await readRows<{ body: string }>(scope.db, {
    select: sql`${knowledgeJson} as body`, from: sql`from ${own(knowledge)}`, where: sql.join(parts, sql` and `), order: [knowledge.updatedAt, knowledge.id], direction: 'desc',
  }, page)
  return { ...found, rows: found.rows.map(row => JSON.parse(row.body) as Knowledge) }
}

/** Throws NOT_FOUND. */
export async function readKnowledge(scope: Scope, id: string): Promise<Knowledge> {
  const [row] = await scope.db.all<{ body: string }>(sql`select ${knowledgeJson} as body from ${own(knowledge)} where ${knowledge.id} = ${id}`)
  if (row === undefined) throw notFound('knowledge')
  return JSON.parse(row.body) as Knowledge
}
