// The live line: doubles, disorder, holes and replays end in the same state as a line that never broke.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChangeFrame, ServerFrame } from '../../../src/contract/live.ts'
import { apply } from '../../../web/src/data/apply.ts'
import { emptyFacts, type Facts, write } from '../../../web/src/data/facts.ts'
import { asked, type Line, newLine, take } from '../../../web/src/data/line.ts'
import { SortedIds } from '../../../web/src/lib/sorted-ids.ts'
import { arrival, conversation, me, message, readMark, replay } from './made.ts'

function freshFacts(): Facts {
  const facts = emptyFacts()
  facts.threads.set('cnv_1', { order: new SortedIds(), messages: new Map(), older: null, touched: new Map() })
  return facts
}

function play(facts: Facts, line: Line, frames: ServerFrame[], log: ChangeFrame[]): Line {
  const queue = [...frames]
  for (let frame = queue.shift(); frame; frame = queue.shift()) {
    const taken = take(line, frame)
    line = taken.line
    for (const step of taken.steps) {
      if (step.do === 'changes') for (const change of step.changes) for (const patch of apply(facts, change, me)) write(facts, patch)
      // the server answers a hello with all that is committed after the seq it was told
      if (step.do === 'hello') queue.unshift(replay(log.filter(change => change.seq > line.seq)))
    }
  }
  return line
}

function seen(facts: Facts): unknown {
  return { heads: [...facts.conversations.entries()].sort(([a], [b]) => (a < b ? -1 : 1)), thread: [...facts.threads.get('cnv_1')!.order.ids] }
}

const logOf = (kinds: number[]): ChangeFrame[] => kinds.map((kind, i) => {
  const seq = i + 1
  const n = 1 + (kind % 3)
  if (kind % 5 === 0) return readMark(seq, n, Math.max(0, seq - (kind % 4)), kind % 2 ? me.member_id : 'mem_other')
  if (kind % 7 === 0) return { type: 'change', seq, at: '', kind: 'message.updated', actor: 'system', data: { message: { ...message(Math.max(1, seq - 1), n), status: 'read' } } } as ChangeFrame
  if (kind % 11 === 0) return { type: 'change', seq, at: '', kind: 'contact.updated', actor: 'system', data: null }
  return arrival(seq, n, { direction: kind % 2 ? 'inbound' : 'outbound', origin: kind % 13 === 0 ? 'history' : 'live' })
})
const started = (): Line => ({ ...newLine(), epoch: 'e1' })

describe('the live line', () => {
  it('ends in the same state whatever is doubled, shuffled or lost on the way', () => {
    fc.assert(fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 }), fc.array(fc.nat(39), { maxLength: 80 }), (kinds, disorder) => {
      const log = logOf(kinds)
      const straight = freshFacts()
      play(straight, started(), log, log)
      const noisy = disorder.map(i => log[i % log.length]!)
      const broken = freshFacts()
      const line = play(broken, started(), [...noisy, log.at(-1)!], log)
      expect(line.seq).toBe(log.length)
      expect(seen(broken)).toEqual(seen(straight))
    }))
  })

  it('equals a replay from the start', () => {
    fc.assert(fc.property(fc.array(fc.nat(1000), { maxLength: 40 }), kinds => {
      const log = logOf(kinds)
      const one = freshFacts()
      play(one, started(), log, log)
      const other = freshFacts()
      play(other, asked(started()), [replay(log)], log)
      expect(seen(other)).toEqual(seen(one))
    }))
  })

  it('ignores what it has', () => {
    const line = { ...started(), seq: 5 }
    expect(take(line, arrival(5, 1))).toEqual({ line, steps: [] })
  })

  it('says hello at a hole and keeps the early frame', () => {
    const taken = take({ ...started(), seq: 5 }, arrival(7, 1))
    expect(taken.steps).toEqual([{ do: 'hello' }])
    const after = take(taken.line, replay([arrival(6, 1)]))
    expect(after.steps.flatMap(step => (step.do === 'changes' ? step.changes.map(change => change.seq) : []))).toEqual([6, 7])
    expect(after.line.seq).toBe(7)
  })

  it('holds frames while it waits for an answer, without asking twice', () => {
    const first = take({ ...started(), seq: 5 }, arrival(7, 1))
    const second = take(first.line, arrival(8, 1))
    expect(second.steps).toEqual([])
    const after = take(second.line, replay([arrival(6, 1)]))
    expect(after.line.seq).toBe(8)
  })

  it('applies no change beyond a hole inside a replay', () => {
    const taken = take(asked({ ...started(), seq: 5 }), replay([arrival(6, 1), arrival(8, 1)]))
    expect(taken.line.seq).toBe(6)
  })

  it('asks again when the replay leaves a hole', () => {
    const taken = take({ ...started(), seq: 5 }, arrival(9, 1))
    const after = take(taken.line, replay([arrival(6, 1)]))
    expect(after.steps.at(-1)).toEqual({ do: 'hello' })
    expect(after.line.held.map(frame => frame.seq)).toEqual([9])
  })

  it('takes the seq and the epoch of a snapshot and tells when the epoch is another', () => {
    const taken = take({ ...started(), seq: 5 }, { type: 'snapshot', epoch: 'e2', seq: 2, conversations: [conversation(1)] })
    expect(taken.line).toMatchObject({ epoch: 'e2', seq: 2, asking: false })
    expect(taken.steps[0]).toMatchObject({ do: 'snapshot', epochChanged: true })
  })

  it('refuses a replay of another epoch and asks from nothing', () => {
    const taken = take({ ...started(), seq: 5 }, replay([arrival(6, 1)], 'e2'))
    expect(taken.line).toMatchObject({ epoch: null, seq: 0, asking: true })
    expect(taken.steps).toEqual([{ do: 'hello' }])
  })

  it('counts an erased change without applying it', () => {
    const facts = freshFacts()
    const line = play(facts, started(), [{ ...arrival(1, 1), data: null }], [])
    expect(line.seq).toBe(1)
    expect(facts.conversations.size).toBe(0)
  })
})
