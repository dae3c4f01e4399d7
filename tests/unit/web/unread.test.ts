// Unread counts: derived from frames, they equal a recount of live inbound messages after the read mark.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChangeFrame } from '../../../src/contract/live.ts'
import { apply } from '../../../web/src/data/apply.ts'
import { emptyFacts, write } from '../../../web/src/data/facts.ts'
import { fromHttp, withArrival, withReadMark } from '../../../web/src/data/unread.ts'
import { arrival, forMember, me, readMark } from './made.ts'

describe('unread', () => {
  it('equals a recount after any run of messages and read marks up to the head', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('in', 'out', 'echo', 'history', 'read', 'other'), { maxLength: 40 }), kinds => {
      const facts = emptyFacts()
      facts.conversations.set('cnv_1', fromHttp(forMember(1), undefined, 0))
      const arrived: number[] = []
      let mark = 0
      kinds.forEach((kind, i) => {
        const seq = i + 1
        let change: ChangeFrame = arrival(seq, 1, { direction: kind === 'out' ? 'outbound' : 'inbound', origin: kind === 'echo' || kind === 'history' ? kind : 'live' })
        if (kind === 'read') { change = readMark(seq, 1, seq - 1); mark = seq - 1 }
        else if (kind === 'other') change = readMark(seq, 1, seq - 1, 'mem_other')
        else if (kind === 'in') arrived.push(seq)
        for (const patch of apply(facts, change, me)) write(facts, patch)
      })
      expect(facts.conversations.get('cnv_1')!.unread_count).toBe(arrived.filter(seq => seq > mark).length)
    }))
  })

  it('keeps a message that came while the list was asked for', () => {
    const before = { ...withArrival(fromHttp(forMember(1, { unread_count: 1, last_inbound_seq: 4 }), undefined, 4), { direction: 'inbound', origin: 'live', seq: 6 }), touched: 6 }
    const after = fromHttp(forMember(1, { unread_count: 1, last_inbound_seq: 4 }), before, 5)
    expect(after.unread_count).toBe(2)
  })

  it('does not count a message twice when HTTP already knows it', () => {
    const before = { ...withArrival(fromHttp(forMember(1), undefined, 0), { direction: 'inbound', origin: 'live', seq: 6 }), touched: 6 }
    expect(fromHttp(forMember(1, { unread_count: 1, last_inbound_seq: 6 }), before, 6).unread_count).toBe(1)
  })

  it('does not count a message again when its frame comes after the list that knew it', () => {
    const facts = emptyFacts()
    facts.conversations.set('cnv_1', fromHttp(forMember(1, { unread_count: 1, last_inbound_seq: 6 }), undefined, 5))
    for (const patch of apply(facts, arrival(6, 1), me)) write(facts, patch)
    expect(facts.conversations.get('cnv_1')!.unread_count).toBe(1)
  })

  it('counts every message of one delivery, though each frame carries the row as it stands after all of them', () => {
    const facts = emptyFacts()
    facts.conversations.set('cnv_1', fromHttp(forMember(1), undefined, 0))
    for (const seq of [6, 7]) {
      const frame = arrival(seq, 1)
      const { message, conversation } = frame.data as { message: { seq: number }; conversation: { last_inbound_seq: number } }
      message.seq = seq
      conversation.last_inbound_seq = 7
      for (const patch of apply(facts, frame, me)) write(facts, patch)
    }
    expect(facts.conversations.get('cnv_1')?.unread_count).toBe(2)
  })

  it('stays read when the list was asked for before the reading', () => {
    const read = { ...withReadMark(fromHttp(forMember(1, { unread_count: 2, last_inbound_seq: 6 }), undefined, 6), 6), touched: 9 }
    expect(fromHttp(forMember(1, { unread_count: 2, last_inbound_seq: 6 }), read, 8).unread_count).toBe(0)
  })

  it('shows one after "mark unread"', () => {
    const head = fromHttp(forMember(1, { last_inbound_seq: 6, read_seq: 6 }), undefined, 6)
    expect(withReadMark(head, 5).unread_count).toBe(1)
  })
})
