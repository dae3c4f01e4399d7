// What a hub reads from D1: the changes after a number, or the newest heads with the number they stand at.
import { changesAfter, headSeq } from '../../db/changes.ts'
import type { Change } from '../../db/changes.ts'
import { openStudio } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import { openHeads } from '../../domain/conversations/conversations.read.ts'
import type { Bindings } from '../../platform/bindings.ts'
import { frameOf, replayFrames, snapshotFrame } from './frames.ts'

export const pageSize = 1_000
/** A browser that is further behind gets a snapshot instead. */
const replayLimit = 2_000
const snapshotSize = 200

interface Replay { kind: 'replay'; epoch: string; frames: string[]; lastSeq: number }

const open = (env: Bindings, studioId: string): Promise<Scope> => openStudio(env, studioId, { kind: 'system' })

export async function changesSince(env: Bindings, studioId: string, after: number): Promise<Change[]> {
  return (await open(env, studioId)).db.all<Change>(changesAfter, { after, limit: pageSize })
}

/** Null when only a snapshot helps: another epoch, a number from the future, or too much missed. */
async function readReplay(env: Bindings, studioId: string, epoch: string | null, seq: number): Promise<Replay | null> {
  const scope = await open(env, studioId)
  if (epoch !== scope.studio.epoch) return null
  const [[head], missed] = await scope.db.allOf<[{ seq: number }, Change]>([headSeq], [changesAfter, { after: seq, limit: replayLimit + 1 }])
  if (head === undefined || seq > head.seq || missed.length > replayLimit) return null
  return { kind: 'replay', epoch: scope.studio.epoch, frames: missed.map(frameOf), lastSeq: missed.at(-1)?.seq ?? seq }
}

/**
 * The frames that bring a browser from `seq` to where the hub stands, and how far they reach: a replay, else a snapshot.
 * `hub`: what it holds in memory after a number (null: not all of it), and its head.
 */
export async function catchUpFrom(env: Bindings, studioId: string, epoch: string | null, seq: number, hub: { after(seq: number): string[] | null; head(): number }): Promise<{ frames: string[]; reached: number }> {
  const replay = await readReplay(env, studioId, epoch, seq)
  const start = replay ?? await readSnapshot(env, studioId)
  let reached = 'lastSeq' in start ? start.lastSeq : start.seq
  const frames = 'frames' in start ? start.frames : []
  // Between that read and now the hub may have moved on, or may be behind D1 itself.
  for (let rest = hub.after(reached); ; rest = hub.after(reached)) {
    if (rest !== null) {
      frames.push(...rest)
      reached = Math.max(reached, hub.head())
      break
    }
    const more = await changesSince(env, studioId, reached)
    frames.push(...more.map(frameOf))
    reached = more.at(-1)?.seq ?? hub.head()
  }
  return { frames: 'frame' in start ? [start.frame, ...frames] : replayFrames(start.epoch, frames), reached }
}

/** Heads and number come from one batch, so they belong together. */
async function readSnapshot(env: Bindings, studioId: string): Promise<{ frame: string; seq: number }> {
  const scope = await open(env, studioId)
  const [[head], rows] = await scope.db.allOf<[{ seq: number }, { body: string }]>([headSeq], [openHeads, { limit: snapshotSize }])
  const seq = head?.seq ?? 0
  return { seq, frame: snapshotFrame(scope.studio.epoch, seq, rows.map(row => row.body)) }
}
