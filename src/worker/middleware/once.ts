// Idempotency-Key: the first request with a key works, those that repeat it get its answer.
import { sql } from 'drizzle-orm'
import type { Scope } from '../../db/open-studio.ts'
import { insert, remove, update } from '../../db/statement.ts'
import { idempotency } from '../../domain/studios/studios.sql.ts'
import { hour, minute } from '../../platform/clock.ts'
import { sha256Url } from '../../platform/digest.ts'
import { newIdBody } from '../../platform/ids.ts'
import { Problem, conflict, malformed } from '../../platform/problem.ts'
import { jsonResponse } from '../envelope.ts'

const keptMs = 24 * hour
/** A claim whose worker died may be taken over after this. */
const claimMs = minute
const pollMs = [25, 50, 100, 200, 400, 800, 1_000, 1_500, 2_000]

/** Without the header it just runs. Throws CONFLICT for another request under a used key, or when the first is still at work after some seconds. */
export async function once(scope: Scope, request: Request, bodyText: string, run: () => Promise<Response>): Promise<Response> {
  const key = request.headers.get('idempotency-key')
  if (key === null) return run()
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw malformed('The Idempotency-Key must be 1 to 200 visible characters.')
  const url = new URL(request.url)
  const member = scope.actor.kind === 'member' ? scope.actor.id : scope.actor.kind
  const id = await sha256Url(`${member}|${request.method} ${url.pathname}|${key}`)
  const hash = await sha256Url(`${url.search}\n${bodyText}`)
  for (const wait of pollMs) {
    const claimed = await claim(scope, id, hash)
    if (claimed !== null) return runClaimed(scope, id, claimed, run)
    const row = await scope.db.get(idempotency, sql`id = ${id}`)
    if (row !== undefined && row.requestHash !== hash) throw conflict('This Idempotency-Key was used for another request.')
    if (row !== undefined && row.status !== 0) return jsonResponse(row.answer, row.status)
    await new Promise(resolve => setTimeout(resolve, wait))
  }
  throw new Problem('CONFLICT', 'The first request with this Idempotency-Key is still at work.', undefined, 2)
}

type Claim = 'first' | 'again'

/**
 * For exactly one caller: of a new key, of one that is older than a day, or of one whose worker died. What the first made
 * may be there already, so whoever takes over gets the same id for it: until there is an answer, the row keeps that.
 */
async function claim(scope: Scope, id: string, hash: string): Promise<Claim | null> {
  // One key in 64 sweeps out what all keys of this studio have left from before.
  const old = id.startsWith('A') ? sql`created_at < ${scope.now - keptMs}` : sql`id = ${id} and created_at < ${scope.now - keptMs}`
  const made = newIdBody(scope.now)
  const { changed } = await scope.db.commit([
    remove(idempotency, old),
    update(idempotency, { createdAt: scope.now }, sql`id = ${id} and status = 0 and request_hash = ${hash} and created_at < ${scope.now - claimMs}`),
    insert(idempotency, { id, requestHash: hash, status: 0, answer: made, createdAt: scope.now }),
  ])
  if (changed[1] !== 1 && changed[2] !== 1) return null
  scope.madeId = changed[2] === 1 ? made : (await scope.db.get(idempotency, sql`id = ${id}`))?.answer || made
  return changed[2] === 1 ? 'first' : 'again'
}

/** What was refused has had no effect and may be tried again at once; after a fault nobody knows, so the claim stands until it lapses. */
async function runClaimed(scope: Scope, id: string, claimed: Claim, run: () => Promise<Response>): Promise<Response> {
  let response: Response
  try {
    response = await run()
  } catch (error) {
    const mine = sql`id = ${id} and status = 0`
    // Taken over, it may have had its effect the first time: then the next one takes over too, at once, with the same id.
    if (error instanceof Problem && error.status < 500) await scope.db.commit([claimed === 'first' ? remove(idempotency, mine) : update(idempotency, { createdAt: scope.now - claimMs - 1 }, mine)])
    throw error
  }
  await scope.db.commit([update(idempotency, { status: response.status, answer: await response.clone().text() }, sql`id = ${id} and status = 0`)])
  return response
}
