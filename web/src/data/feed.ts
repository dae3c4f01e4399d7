// Carries frames of the live line into the store, in order, and tells others what happened.
import { batch } from 'solid-js'
import type { ConversationForMember } from '../../../src/contract/inbox.ts'
import type { ChangeFrame, ChangeKind, ServerFrame } from '../../../src/contract/live.ts'
import { apply, type Reader } from './apply.ts'
import type { Patch } from './facts.ts'
import { asked, newLine, take } from './line.ts'
import { commit, facts } from './store.ts'
import { fromFrame, fromHttp } from './unread.ts'

export interface CaughtUp { at: number; /** Inbound messages among what was missed; null: too much was missed to count. */ messages: number | null }
export interface Snapshot { ids: string[]; epochChanged: boolean }

let line = newLine()
let shownThread: string | null = null
const changeListeners = new Set<(change: ChangeFrame, replayed: boolean) => void>()
const snapshotListeners = new Set<(snapshot: Snapshot) => void>()

/** The newest change that this screen has applied. An HTTP answer asked for at an older one may be outdated. */
export function seqNow(): number {
  return line.seq
}

/** What to say first on a new socket. */
export function hello(): { type: 'hello'; epoch: string | null; seq: number } {
  line = asked(line)
  return { type: 'hello', epoch: line.epoch, seq: line.seq }
}

/** Names the thread on the screen: a snapshot leaves it standing until it is renewed. */
export function keepThread(id: string | null): void {
  shownThread = id
}

export function forgetLine(): void {
  line = newLine()
}

/** Told of each change after it is in the store; with a kind, only of that kind. */
export function onChange<K extends ChangeKind>(kind: K | null, listener: (change: ChangeFrame<K>, replayed: boolean) => void): () => void {
  const filtered = (change: ChangeFrame, replayed: boolean) => {
    if (kind === null || change.kind === kind) listener(change as ChangeFrame<K>, replayed)
  }
  changeListeners.add(filtered)
  return () => changeListeners.delete(filtered)
}

/** Told after the heads were replaced: lists and open threads ask HTTP anew. */
export function onSnapshot(listener: (snapshot: Snapshot) => void): () => void {
  snapshotListeners.add(listener)
  return () => snapshotListeners.delete(listener)
}

/** Applies one frame. `ask`: say hello again, there is a hole. `caughtUp`: an answer to a hello came in. */
export function feed(frame: ServerFrame, reader: Reader): { ask: boolean; caughtUp: CaughtUp | null } {
  const { line: next, steps } = take(line, frame)
  line = next
  let ask = false
  let caughtUp: CaughtUp | null = null
  for (const step of steps) {
    if (step.do === 'hello') ask = true
    else if (step.do === 'snapshot') {
      const ids = step.conversations.map(row => row.id)
      batch(() => {
        const before = new Map(facts.conversations)
        commit([{ at: 'clear', keepThread: step.epochChanged ? null : shownThread }, ...step.conversations.map((row): Patch => ({ at: 'conversation', id: row.id, value: fromFrame(row, before.get(row.id), line.seq) }))])
      })
      caughtUp = { at: Date.now(), messages: null }
      for (const tell of snapshotListeners) tell({ ids, epochChanged: step.epochChanged })
    } else {
      batch(() => step.changes.forEach(change => commit(apply(facts, change, reader))))
      if (step.replayed) caughtUp = { at: Date.now(), messages: step.changes.filter(isInbound).length }
      for (const change of step.changes) for (const tell of changeListeners) tell(change, step.replayed)
    }
  }
  return { ask, caughtUp }
}

/** Rows of a list that HTTP gave; `asked` is `seqNow()` of the moment the request began. */
export function takeRows(rows: readonly ConversationForMember[], askedAt: number): Patch[] {
  return rows.map(row => ({ at: 'conversation', id: row.id, value: fromHttp(row, facts.conversations.get(row.id), askedAt) }))
}

function isInbound(change: ChangeFrame): boolean {
  if (change.kind !== 'message.created' || change.data === null) return false
  const { message } = (change as ChangeFrame<'message.created'>).data!
  return message.direction === 'inbound' && message.origin === 'live'
}
