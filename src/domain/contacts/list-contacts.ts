// The list of a studio's people: found by the start of a word, by digits of a phone, by e-mail; in three orders.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { Contact, contactQuery } from '../../contract/inbox.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own } from '../../db/statement.ts'
import { contactJson } from './contacts.read.ts'
import { contacts as c } from './contacts.sql.ts'

type Sort = 'created_at' | 'name' | 'score'
type Filter = Pick<z.output<typeof contactQuery>, 'q' | 'stage' | 'lead_status' | 'sort'>
interface Row { body: string; key: string | number; id: string }
export interface ContactPage { rows: Contact[]; total: number; next: [string | number, string] | null }

const columns: Record<Sort, SQL> = { created_at: sql`${c.createdAt}`, name: sql`lower(${c.name})`, score: sql`${c.leadScore}` }

/** Newest first, names upwards, highest score first. `after` is (sort value, id) of the last row before the page. */
export async function listContacts(scope: Scope, filter: Filter, page: { limit: number; offset: number; after: (string | number | null)[] | null }): Promise<ContactPage> {
  const sort = filter.sort ?? 'created_at'
  const key = columns[sort]
  const up = sort === 'name'
  const where = conditions(filter)
  const beyond = page.after === null ? sql`true` : up ? sql`(${key}, ${c.id}) > (${page.after[0]}, ${page.after[1]})` : sql`(${key}, ${c.id}) < (${page.after[0]}, ${page.after[1]})`
  const order = up ? sql`${key}, ${c.id}` : sql`${key} desc, ${c.id} desc`
  const [rows, totals] = await scope.db.allOf<[Row, { n: number }]>(
    [sql`select ${contactJson} as body, ${key} as key, ${c.id} as id from ${own(c)} where ${where} and ${beyond} order by ${order} limit ${page.limit + 1} offset ${page.offset}`],
    [sql`select count(*) as n from ${own(c)} where ${where}`],
  )
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return { rows: shown.map(row => JSON.parse(row.body) as Contact), total: totals[0]?.n ?? 0, next: rows.length > page.limit && last !== undefined ? [last.key, last.id] : null }
}

function conditions({ q, stage, lead_status: temperature }: Filter): SQL {
  const all = [sql`${c.erasedAt} is null`]
  if (stage !== undefined) all.push(sql`${c.leadStage} = ${stage}`)
  if (temperature !== undefined) all.push(sql`${c.leadStatus} = ${temperature}`)
  const words = q?.trim() ?? ''
  if (words !== '') all.push(matches(words))
  return sql.join(all.map(one => sql`(${one})`), sql` and `)
}

/** instr and substr instead of LIKE: no wildcards to escape, no limit on the pattern. SQLite folds ASCII only, so the text as typed counts too. */
function matches(words: string): SQL {
  const lower = words.toLowerCase()
  const tries = [sql`instr(' ' || lower(${c.name}), ${` ${lower}`}) > 0`, sql`instr(' ' || ${c.name}, ${` ${words}`}) > 0`, sql`substr(lower(${c.email}), 1, ${lower.length}) = ${lower}`]
  const digits = words.replace(/\D/g, '').replace(/^00/, '')
  if (digits.length >= 3 && /^[\d\s()+./-]+$/.test(words)) tries.push(sql`instr(${c.phone}, ${digits}) > 0`)
  return sql.join(tries, sql` or `)
}
