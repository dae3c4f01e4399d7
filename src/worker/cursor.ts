// Cursors of lists: where a page ended, signed for one studio and one filter, so that a foreign or altered one is refused.
import type { Pagination } from '../contract/common.ts'
import type { Config } from '../platform/env.ts'
import type { Page, PageRead, Position } from '../db/page.ts'
import { sameText } from '../platform/digest.ts'
import { fromBase64Url, toBase64Url } from '../platform/ids.ts'
import { malformed } from '../platform/problem.ts'

interface Place { config: Pick<Config, 'JWT_SECRET'>; studioId: string; /** Name of the list. */ list: string; /** Everything that decides which rows and in which order. */ filter: Record<string, unknown> }
export interface PageWish { page?: number | undefined; per_page?: number | undefined; cursor?: string | undefined }

const defaultPerPage = 25

export async function sealCursor(place: Place, position: Position): Promise<string> {
  const body = toBase64Url(new TextEncoder().encode(JSON.stringify(position)))
  return `${body}.${await sign(place, body)}`
}

/** Throws MALFORMED for a cursor of another studio, list or filter, and for one that was altered. */
export async function openCursor(place: Place, cursor: string): Promise<Position> {
  const [, body, mark] = /^([\w-]+)\.([\w-]+)$/.exec(cursor) ?? []
  if (body === undefined || mark === undefined || !(await sameText(mark, await sign(place, body)))) throw malformed('This cursor does not belong to this list.')
  return JSON.parse(new TextDecoder().decode(fromBase64Url(body))) as Position
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

async function sign(place: Place, body: string): Promise<string> {
  const filter = Object.entries(place.filter).filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(`cursor|${place.config.JWT_SECRET}`), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const bytes = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(JSON.stringify([place.studioId, place.list, filter, body])))
  return toBase64Url(new Uint8Array(bytes).slice(0, 16))
}
