// Keeps the studio's log in order: what is known is ignored, a hole is asked for, early frames wait. Pure.
import type { ChangeFrame, ServerFrame } from '../../../src/contract/live.ts'
import type { Conversation } from '../../../src/contract/inbox.ts'

export interface Line {
  epoch: string | null
  /** The last change applied. */
  seq: number
  /** Frames that came while a hello is unanswered, by seq. */
  held: ChangeFrame[]
  /** A hello is on its way. */
  asking: boolean
}

export type Step =
  /** Apply these, in this order. */
  | { do: 'changes'; changes: ChangeFrame[]; replayed: boolean }
  /** Drop what is known and take these heads. */
  | { do: 'snapshot'; conversations: Conversation[]; epochChanged: boolean }
  /** Say hello with the line's epoch and seq. */
  | { do: 'hello' }

export function newLine(): Line {
  return { epoch: null, seq: 0, held: [], asking: false }
}

/** The line after a hello was said. */
export function asked(line: Line): Line {
  return { ...line, asking: true, held: [] }
}

/** Takes a frame; frames of other kinds than snapshot, replay and change are not this file's business. */
export function take(line: Line, frame: ServerFrame): { line: Line; steps: Step[] } {
  if (frame.type === 'snapshot') {
    const epochChanged = line.epoch !== null && line.epoch !== frame.epoch
    return release({ ...line, epoch: frame.epoch, seq: frame.seq, asking: false }, [{ do: 'snapshot', conversations: frame.conversations, epochChanged }])
  }
  if (frame.type === 'replay') {
    if (line.epoch !== null && frame.epoch !== line.epoch) return hello({ ...line, epoch: null, seq: 0 })
    const run = runFrom(line.seq, frame.changes)
    const after = { ...line, epoch: frame.epoch, seq: line.seq + run.length, asking: false }
    return release(after, [{ do: 'changes', changes: run, replayed: true }])
  }
  if (frame.type !== 'change' || frame.seq <= line.seq) return { line, steps: [] }
  if (line.asking) return { line: { ...line, held: [...line.held, frame] }, steps: [] }
  if (frame.seq > line.seq + 1) return hello({ ...line, held: [] }, frame)
  return { line: { ...line, seq: frame.seq }, steps: [{ do: 'changes', changes: [frame], replayed: false }] }
}

function release(line: Line, steps: Step[]): { line: Line; steps: Step[] } {
  const run = runFrom(line.seq, line.held)
  const after = { ...line, seq: line.seq + run.length, held: [] }
  if (run.length > 0) steps.push({ do: 'changes', changes: run, replayed: false })
  const hole = line.held.some(frame => frame.seq > after.seq)
  return hole ? { line: { ...after, asking: true, held: line.held.filter(frame => frame.seq > after.seq) }, steps: [...steps, { do: 'hello' }] } : { line: after, steps }
}

function hello(line: Line, frame?: ChangeFrame): { line: Line; steps: Step[] } {
  const after = asked(line)
  return { line: frame ? { ...after, held: [frame] } : after, steps: [{ do: 'hello' }] }
}

/** The unbroken run of changes that follows `seq`, without doubles. */
function runFrom(seq: number, changes: ChangeFrame[]): ChangeFrame[] {
  const run: ChangeFrame[] = []
  for (const change of [...changes].sort((a, b) => a.seq - b.seq)) {
    const next = seq + run.length + 1
    if (change.seq === next) run.push(change)
    else if (change.seq > next) break
  }
  return run
}
