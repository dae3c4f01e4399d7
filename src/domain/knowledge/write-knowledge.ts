// Adds, changes and removes entries of knowledge.
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Knowledge, knowledgeBody, knowledgePatch } from '../../contract/workspace.ts'
import { change } from '../../db/changes.ts'
import { madeId } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insert, own, remove, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { invalid, notFound } from '../../platform/problem.ts'
import { readKnowledge } from './list-knowledge.ts'
import { knowledge } from './knowledge.sql.ts'

/** Throws VALIDATION_ERROR when it would end before it begins. */
export async function addKnowledge(scope: Scope, body: z.infer<typeof knowledgeBody>): Promise<Knowledge> {
  checkDays(body.valid_from ?? null, body.valid_to ?? null)
  const id = madeId(scope, 'knowledge')
  await scope.db.commit([
    insert(knowledge, { id, title: body.title, content: body.content, category: body.category, validFrom: body.valid_from ?? null, validTo: body.valid_to ?? null, source: 'typed', createdAt: scope.now, updatedAt: scope.now }),
    told(id),
  ])
  return readKnowledge(scope, id)
}

/** Throws NOT_FOUND and as `addKnowledge`. */
export async function changeKnowledge(scope: Scope, id: string, patch: z.infer<typeof knowledgePatch>): Promise<Knowledge> {
  const before = await readKnowledge(scope, id)
  checkDays(patch.valid_from === undefined ? before.valid_from : patch.valid_from, patch.valid_to === undefined ? before.valid_to : patch.valid_to)
  await scope.db.commit([
    update(knowledge, { title: patch.title, content: patch.content, category: patch.category, validFrom: patch.valid_from, validTo: patch.valid_to, updatedAt: scope.now }, sql`${knowledge.id} = ${id}`),
    told(id),
  ])
  return readKnowledge(scope, id)
}

/** Throws NOT_FOUND. */
export async function removeKnowledge(scope: Scope, id: string): Promise<void> {
  const { changed } = await scope.db.commit([
    change('knowledge.deleted', id, sql`json_object('id', ${id})`, sql`from ${own(knowledge)} where ${knowledge.id} = ${id}`),
    remove(knowledge, sql`${knowledge.id} = ${id}`),
  ])
  if (changed[1] === 0) throw notFound('knowledge')
}

function told(id: string): Write {
  return change('knowledge.updated', id, sql`json_object('id', ${knowledge.id}, 'title', ${knowledge.title})`, sql`from ${own(knowledge)} where ${knowledge.id} = ${id} and changes() > 0`)
}

function checkDays(from: string | null, to: string | null): void {
  if (from !== null && to !== null && to < from) throw invalid('valid_to', 'ends before it begins')
}
