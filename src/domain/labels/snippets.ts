// Snippets of text that the desk reuses. No two of a studio share a title.
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Snippet, snippetBody } from '../../contract/inbox.ts'
import { change } from '../../db/changes.ts'
import { madeId } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import { readRows } from '../../db/page.ts'
import type { Page, PageRead } from '../../db/page.ts'
import { insert, own, remove, update } from '../../db/statement.ts'
import { conflict, notFound } from '../../platform/problem.ts'
import { nameKey } from './name-key.ts'
import { snippets } from './labels.sql.ts'

type Body = z.infer<typeof snippetBody>
const body = sql`json_object('snippet', json_object('id', ${snippets.id}, 'title', ${snippets.title}, 'content', ${snippets.content}))`

/** By title. */
export async function listSnippets(scope: Scope, page: PageRead): Promise<Page<Snippet>> {
  return readRows<Snippet>(scope.db, {
    select: sql`${snippets.id} as id, ${snippets.title} as title, ${snippets.content} as content`, from: sql`from ${own(snippets)}`, where: sql`true`, order: [snippets.titleKey, snippets.id], direction: 'asc',
  }, page)
}

/** Throws CONFLICT for a title that is taken. */
export async function addSnippet(scope: Scope, { title, content }: Body): Promise<Snippet> {
  const id = madeId(scope, 'snippet')
  const { changed } = await scope.db.commit([
    insert(snippets, { id, title, titleKey: nameKey(title), content, createdAt: scope.now }),
    change('snippet.updated', id, body, sql`from ${own(snippets)} where ${snippets.id} = ${id} and changes() > 0`),
  ])
  // A request that runs again finds what it made.
  if (changed[0] === 0 && (await scope.db.get(snippets, sql`${snippets.id} = ${id}`)) === undefined) throw taken()
  return { id, title, content }
}

/** Throws NOT_FOUND, CONFLICT. */
export async function changeSnippet(scope: Scope, id: string, { title, content }: Body): Promise<Snippet> {
  const key = nameKey(title)
  const { changed } = await scope.db.commit([
    update(snippets, { title, titleKey: key, content }, sql`${snippets.id} = ${id} and not exists (select 1 from ${own(snippets, 'o')} where o.title_key = ${key} and o.id <> ${id})`),
    change('snippet.updated', id, body, sql`from ${own(snippets)} where ${snippets.id} = ${id} and changes() > 0`),
  ])
  if (changed[0] === 1) return { id, title, content }
  throw (await scope.db.get(snippets, sql`${snippets.id} = ${id}`)) === undefined ? notFound('snippet') : taken()
}

/** Throws NOT_FOUND. */
export async function removeSnippet(scope: Scope, id: string): Promise<void> {
  const { changed } = await scope.db.commit([
    change('snippet.deleted', id, sql`json_object('snippet_id', ${id})`, sql`from ${own(snippets)} where ${snippets.id} = ${id}`),
    remove(snippets, sql`${snippets.id} = ${id}`),
  ])
  if (changed[1] === 0) throw notFound('snippet')
}

function taken(): Error {
  return conflict('There is a snippet with this title.', { field: 'title' })
}
