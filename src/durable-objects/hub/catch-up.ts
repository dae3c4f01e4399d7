// What a hub reads from D1: the changes after a number, or the newest heads with the number they stand at.
import type { Role } from '../../contract/policy.ts'
import { changesAfter, headSeq } from '../../db/changes.ts'
import type { Change } from '../../db/changes.ts'
import { openStudio } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import { openHeads } from '../../domain/conversations/conversations.read.ts'
import type { Bindings } from '../../platform/bindings.ts'
import { frameOf, replayFrames, snapshotFrame, textFor } from './frames.ts'
import type { Frame } from './frames.ts'

export const pageSize = 1_000
/** A browser that is further behind gets a snapshot instead. */
const replayLimit = 2_000
const snapshotSize = 200

/** A beginning that reaches to `seq`. */
interface Replay { kind: 'replay'; epoch: string; frames: Frame[]; seq: number }
interface Snapshot { kind: 'snapshot'; text: string; frames: Frame[]; seq: number }

const open = (env: Bindings, studioId: string): Promise<Scope> => openStudio(env, studioId, { kind: 'system' })

export async function changesSince(env: Bindings, studioId: string, after: number): Promise<Change[]> {
  return (await open(env, studioId)).db.all<Change>(changesAfter, { after, limit: pageSize })
}

/** Null when only a snapshot helps: another epoch, a number that is none or from the future, or too much missed. */
async function readReplay(env: Bindings, studioId: string, epoch: string | null, seq: number): Promise<Replay | null> {
  const scope = await open(env, studioId)
  if (epoch !== scope.studio.epoch || seq < 0) return null
  const [[head], missed] = await scope.db.allOf<[{ seq: number }, Change]>([headSeq], [changesAfter, { after: seq, limit: replayLimit + 1 }])
  if (head === undefined || seq > head.seq || missed.length > replayLimit) return null
  return { kind: 'replay', epoch: scope.studio.epoch, frames: missed.map(frameOf), seq: missed.at(-1)?.seq ?? seq }
}

export interface Newcomer { studioId: string; role: Role; epoch: string | null; seq: number }
/** What a hub holds in memory after a number (null: not all of it), its head, and how it is told that D1 is further. */
export interface HubView { after(seq: number): Frame[] | null; head(): number; reach(seq: number): Promise<void> }

/** Reads what brings a browser to where the hub stands (a replay, else a snapshot) and hands it to `deliver` in the same moment in which nothing is missing. */
export async function catchUp(env: Bindings, { studioId, role, epoch, seq }: Newcomer, hub: HubView, deliver: (texts: string[]) => void): Promise<void> {
  const start = await readReplay(env, studioId, epoch, seq) ?? await readSnapshot(env, studioId)
  if (start.seq > hub.head()) await hub.reach(start.seq)
  // Meanwhile the hub may have moved on, further than its memory reaches back.
  const later: Frame[] = []
  for (let reached = start.seq; ;) {
    const rest = hub.after(reached)
    if (rest !== null) {
      const texts = [...start.frames, ...later, ...rest].map(frame => textFor(frame, role))
      return deliver(start.kind === 'snapshot' ? [start.text, ...texts] : replayFrames(start.epoch, texts))
    }
    const more = (await changesSince(env, studioId, reached)).map(frameOf)
    later.push(...more)
    reached = more.at(-1)?.seq ?? hub.head()
  }
}

/** Heads and number come from one batch, so they belong together. */
async function readSnapshot(env: Bindings, studioId: string): Promise<Snapshot> {
  const scope = await open(env, studioId)
  const [[head], rows] = await scope.db.allOf<[{ seq: number }, { body: string }]>([headSeq], [openHeads, { limit: snapshotSize }])
  const seq = head?.seq ?? 0
  return { kind: 'snapshot', seq, frames: [], text: snapshotFrame(scope.studio.epoch, seq, rows.map(row => row.body)) }
}
