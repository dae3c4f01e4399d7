// What a hub reads from D1: the changes after a number, or the newest heads with the number they stand at.
import { changesAfter, headSeq } from '../../db/changes.ts'
import type { Change } from '../../db/changes.ts'
import { openStudio } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import { openHeads } from '../../domain/conversations/conversations.read.ts'
import type { Bindings } from '../../platform/bindings.ts'
import { frameOf, snapshotFrame } from './frames.ts'

export const pageSize = 1_000
/** A browser that is further behind gets a snapshot instead. */
const replayLimit = 2_000
const snapshotSize = 200

export interface Replay { kind: 'replay'; epoch: string; frames: string[]; lastSeq: number }

const open = (env: Bindings, studioId: string): Promise<Scope> => openStudio(env, studioId, { kind: 'system' })

export async function changesSince(env: Bindings, studioId: string, after: number): Promise<Change[]> {
  return (await open(env, studioId)).db.all<Change>(changesAfter, { after, limit: pageSize })
}

/** Null when only a snapshot helps: another epoch, a number from the future, or too much missed. */
export async function readReplay(env: Bindings, studioId: string, epoch: string | null, seq: number): Promise<Replay | null> {
  const scope = await open(env, studioId)
  if (epoch !== scope.studio.epoch) return null
  const [[head], missed] = await scope.db.allOf<[{ seq: number }, Change]>([headSeq], [changesAfter, { after: seq, limit: replayLimit + 1 }])
  if (head === undefined || seq > head.seq || missed.length > replayLimit) return null
  return { kind: 'replay', epoch: scope.studio.epoch, frames: missed.map(frameOf), lastSeq: missed.at(-1)?.seq ?? seq }
}

/** Heads and number come from one batch, so they belong together. */
export async function readSnapshot(env: Bindings, studioId: string): Promise<{ frame: string; seq: number }> {
  const scope = await open(env, studioId)
  const [[head], rows] = await scope.db.allOf<[{ seq: number }, { body: string }]>([headSeq], [openHeads, { limit: snapshotSize }])
  const seq = head?.seq ?? 0
  return { seq, frame: snapshotFrame(scope.studio.epoch, seq, rows.map(row => row.body)) }
}
