// The door: the only way to a studio's rows. Everything behind it is bound to one studio.
import { sql } from 'drizzle-orm'
import type { Role } from '../contract/policy.ts'
import type { Bindings } from '../platform/bindings.ts'
import { now as clock } from '../platform/clock.ts'
import { readConfig } from '../platform/env.ts'
import type { Config } from '../platform/env.ts'
import { idOf, newId } from '../platform/ids.ts'
import type { IdKind } from '../platform/ids.ts'
import { Problem, notFound } from '../platform/problem.ts'
import { openDirectory } from './directory/directory.ts'
import { shardDatabase } from './shards.ts'
import { StudioDb } from './studio-db.ts'

export type Actor =
  | { kind: 'member'; id: string; loginId: string; name: string; role: Role; sessionId: string }
  | { kind: 'contact' | 'assistant' | 'system' }

export interface StudioPlace { id: string; slug: string; name: string; shard: number; epoch: string; state: 'making' | 'active' | 'suspended' | 'deleted'; timezone: string; locale: string; created_at: number }

export interface Scope {
  studio: StudioPlace
  actor: Actor
  /** ms since epoch, the same for the whole request. */
  now: number
  requestId: string | null
  /** Body of the id of what this request makes, where the request may run again after a fault: then it makes the same thing. */
  madeId?: string
  config: Config
  db: StudioDb
}

/** Writes the shard rows of a studio whose sign-up was cut short and activates it; handed in by the domain, which db may not import. */
export type FinishStudio = (env: Bindings, scope: Scope) => Promise<void>
let finishStudio: FinishStudio | null = null
export function finishHalfMadeStudiosWith(finish: FinishStudio): void {
  finishStudio = finish
}

const placeTtlMs = 10_000
const places = new Map<string, { place: StudioPlace; until: number }>()

export const actorText = (actor: Actor): string => (actor.kind === 'member' ? `member:${actor.id}` : actor.kind)

/** The id of the one thing of this kind that a request makes. */
export function madeId(scope: Scope, kind: IdKind): string {
  return scope.madeId === undefined ? newId(kind, scope.now) : idOf(kind, scope.madeId)
}

/** Throws NOT_FOUND for an unknown or deleted studio, FORBIDDEN for a suspended one. */
export async function openStudio(env: Bindings, studioId: string, actor: Actor, options: { requestId?: string | null; now?: number } = {}): Promise<Scope> {
  const place = await findPlace(env, studioId)
  if (place === undefined || place.state === 'deleted') throw notFound('studio')
  if (place.state === 'suspended') throw new Problem('FORBIDDEN', 'This studio is suspended.')
  const scope: Scope = {
    studio: place,
    actor,
    now: options.now ?? clock(),
    requestId: options.requestId ?? null,
    config: readConfig(env),
    db: new StudioDb(shardDatabase(env, place.shard), studioId, () => ({ now: scope.now, actor: actorText(actor), request: scope.requestId })),
  }
  if (place.state === 'making' && finishStudio !== null) {
    await finishStudio(env, scope)
    forgetPlace(studioId)
  }
  return scope
}

/** The directory's row of a studio, trusted for ten seconds. */
export async function findPlace(env: Bindings, studioId: string): Promise<StudioPlace | undefined> {
  const known = places.get(studioId)
  if (known !== undefined && known.until > clock()) return known.place
  const place = await openDirectory(env).first<StudioPlace>(placeById, { id: studioId })
  if (places.size > 5_000) places.clear()
  if (place !== undefined) places.set(studioId, { place, until: clock() + placeTtlMs })
  return place
}

/** After a write to a studio's directory row, in this isolate. */
export function forgetPlace(studioId: string): void {
  places.delete(studioId)
}

const placeById = sql`select * from studios where id = ${sql.placeholder('id')}`
