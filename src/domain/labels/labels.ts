// Labels of conversations: listed, made, renamed, removed. No two of a studio share a name.
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Label, labelBody } from '../../contract/inbox.ts'
import { change } from '../../db/changes.ts'
import { madeId } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import { readRows } from '../../db/page.ts'
import type { Page, PageRead } from '../../db/page.ts'
import { insert, own, remove, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { conflict, notFound } from '../../platform/problem.ts'
import { nameKey } from './name-key.ts'
import { conversationLabels, labels } from './labels.sql.ts'

type Body = z.infer<typeof labelBody>
const columns = sql`${labels.id} as id, ${labels.name} as name, ${labels.color} as color`

/** By name. */
export async function listLabels(scope: Scope, page: PageRead): Promise<Page<Label>> {
  return readRows<Label>(scope.db, { select: columns, from: sql`from ${own(labels)}`, where: sql`true`, order: [labels.nameKey, labels.id], direction: 'asc' }, page)
}

/** Throws CONFLICT for a name that is taken. */
export async function addLabel(scope: Scope, { name, color }: Body): Promise<Label> {
  const id = madeId(scope, 'label')
  const { changed } = await scope.db.commit([insert(labels, { id, name, nameKey: nameKey(name), color, createdAt: scope.now }), told(id)])
  // A request that runs again finds what it made.
  if (changed[0] === 0 && (await scope.db.get(labels, sql`${labels.id} = ${id}`)) === undefined) throw taken()
  return { id, name, color }
}

/** Throws NOT_FOUND, CONFLICT. */
export async function changeLabel(scope: Scope, id: string, { name, color }: Body): Promise<Label> {
  const key = nameKey(name)
  const { changed } = await scope.db.commit([
    update(labels, { name, nameKey: key, color }, sql`${labels.id} = ${id} and not exists (select 1 from ${own(labels, 'o')} where o.name_key = ${key} and o.id <> ${id})`),
    change('label.updated', id, body, sql`from ${own(labels)} where ${labels.id} = ${id} and changes() > 0`),
  ])
  if (changed[0] === 1) return { id, name, color }
  throw (await scope.db.get(labels, sql`${labels.id} = ${id}`)) === undefined ? notFound('label') : taken()
}

/** Takes it off all conversations too. Throws NOT_FOUND. */
export async function removeLabel(scope: Scope, id: string): Promise<void> {
  const { changed } = await scope.db.commit([
    remove(conversationLabels, sql`${conversationLabels.labelId} = ${id}`),
    change('label.deleted', id, sql`json_object('label_id', ${id})`, sql`from ${own(labels)} where ${labels.id} = ${id}`),
    remove(labels, sql`${labels.id} = ${id}`),
  ])
  if (changed[2] === 0) throw notFound('label')
}

const body = sql`json_object('label', json_object('id', ${labels.id}, 'name', ${labels.name}, 'color', ${labels.color}))`

function told(id: string): Write {
  return change('label.updated', id, body, sql`from ${own(labels)} where ${labels.id} = ${id} and changes() > 0`)
}

function taken(): Error {
  return conflict('There is a label with this name.', { field: 'name' })
}
