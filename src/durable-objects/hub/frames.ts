// Frames built by joining texts: the body of a change is JSON already and is never parsed on its way out.
import type { Change } from '../../db/changes.ts'
import { iso } from '../../platform/clock.ts'

const replayPage = 500

export function frameOf(change: Change): string {
  return `{"type":"change","seq":${change.seq},"at":"${iso(change.at)}","kind":"${change.kind}","actor":${JSON.stringify(change.actor)},"data":${change.body ?? 'null'}}`
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
