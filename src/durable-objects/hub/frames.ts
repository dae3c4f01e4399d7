// Frames built by joining texts: the body of a change is JSON already and is never parsed on its way out.
import { isClosed, mayHear } from '../../contract/live-audience.ts'
import type { ChangeKind } from '../../contract/live.ts'
import type { Role } from '../../contract/policy.ts'
import type { Change } from '../../db/changes.ts'
import { iso } from '../../platform/clock.ts'

const replayPage = 500

/** One change as it is sent; `bare`, without its body, is for roles that may not hear the kind (null: all may). */
export interface Frame { seq: number; kind: ChangeKind; text: string; bare: string | null }

export function frameOf(change: Change): Frame {
  const start = `{"type":"change","seq":${change.seq},"at":"${iso(change.at)}","kind":"${change.kind}","actor":${JSON.stringify(change.actor)},"data":`
  return { seq: change.seq, kind: change.kind, text: `${start}${change.body ?? 'null'}}`, bare: isClosed(change.kind) ? `${start}null}` : null }
}

export function textFor(frame: Frame, role: Role): string {
  return frame.bare === null || mayHear(role, frame.kind) ? frame.text : frame.bare
}

/** At least one replay frame, so that a browser that missed nothing hears so. */
export function replayFrames(epoch: string, frames: string[]): string[] {
  const pages: string[] = []
  for (let i = 0; i === 0 || i < frames.length; i += replayPage) pages.push(`{"type":"replay","epoch":${JSON.stringify(epoch)},"changes":[${frames.slice(i, i + replayPage).join(',')}]}`)
  return pages
}

export function snapshotFrame(epoch: string, seq: number, conversations: string[]): string {
  return `{"type":"snapshot","epoch":${JSON.stringify(epoch)},"seq":${seq},"conversations":[${conversations.join(',')}]}`
}

/** Undefined for what is not JSON: the schema refuses it with the same answer as an unknown frame. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // SyntaxError says no more than that
  }
}
