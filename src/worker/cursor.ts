// Cursors of lists: where a page ended, signed for one studio and one filter, so that a foreign or altered one is refused.
import type { Pagination } from '../contract/common.ts'
import type { Config } from '../platform/env.ts'
import type { Page, PageRead, Position } from '../db/page.ts'
import { malformed } from '../platform/problem.ts'
import { open, seal } from './sealed.ts'
import type { Sealing } from './sealed.ts'

interface Place { config: Pick<Config, 'JWT_SECRET'>; studioId: string; /** Name of the list. */ list: string; /** Everything that decides which rows and in which order. */ filter: Record<string, unknown> }
export interface PageWish { page?: number | undefined; per_page?: number | undefined; cursor?: string | undefined }

const defaultPerPage = 25

export function sealCursor(place: Place, position: Position): Promise<string> {
  return seal(sealingOf(place), position)
}

/** Throws MALFORMED for a cursor of another studio, list or filter, and for one that was altered. */
export async function openCursor(place: Place, cursor: string): Promise<Position> {
  const found = await open(sealingOf(place), cursor)
  if (found === null) throw malformed('This cursor does not belong to this list.')
  return found.value as Position
}

/** The page a query asks for. */
export async function readPage(place: Place, wish: PageWish): Promise<PageRead> {
  const limit = wish.per_page ?? defaultPerPage
  const after = wish.cursor === undefined ? null : await openCursor(place, wish.cursor)
  return { limit, offset: after === null ? ((wish.page ?? 1) - 1) * limit : 0, after }
}

/** The envelope's pagination. `next` is the position of the last row where more rows follow. */
export async function pageOf(place: Place, wish: PageWish, total: number, next: Position | null): Promise<Pagination> {
  const perPage = wish.per_page ?? defaultPerPage
  return { page: wish.page ?? 1, per_page: perPage, total, pages: Math.ceil(total / perPage), next_cursor: next === null ? null : await sealCursor(place, next) }
}

/** A whole list answer: reads the page a query asks for and seals where it ended. */
export async function listAnswer<T>(place: Omit<Place, 'filter'>, query: PageWish & Record<string, unknown>, read: (page: PageRead) => Promise<Page<T>>): Promise<{ data: T[]; pagination: Pagination }> {
  const whole = { ...place, filter: filterOf(query) }
  const page = await read(await readPage(whole, query))
  return { data: page.rows, pagination: await pageOf(whole, query, page.total, page.next) }
}

/** Filter of a query without what only says which page. */
export function filterOf(query: PageWish & Record<string, unknown>): Record<string, unknown> {
  const { page: _page, per_page: _perPage, cursor: _cursor, ...filter } = query
  return filter
}

function sealingOf({ config, studioId, list, filter }: Place): Sealing {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return { config, purpose: 'cursor', place: [studioId, list, given] }
}
