// Threads in the browser: pages, live changes and what waits to be sent make one list in the right order.
import { describe, expect, it } from 'vitest'
import { emptyFacts, type Facts, write } from '../../../web/src/data/facts.ts'
import { threadKeys } from '../../../web/src/pages/inbox/thread/items.ts'
import { message, time } from './made.ts'

const page = (facts: Facts, seqs: number[], older: string | null, keep: boolean, asked = 0) =>
  write(facts, { at: 'thread', id: 'cnv_1', messages: seqs.map(seq => message(seq, 1)), older, keep, asked })
const ids = (facts: Facts) => facts.threads.get('cnv_1')!.order.ids

describe('a thread', () => {
  it('orders by the provider\'s time, then by seq', () => {
    const facts = emptyFacts()
    page(facts, [], null, false)
    for (const [seq, at] of [[3, 50], [4, 10], [5, 50]] as const) write(facts, { at: 'message', value: message(seq, 1, { sent_at: time(at) }), seq })
    expect(ids(facts)).toEqual(['msg_4', 'msg_3', 'msg_5'])
  })

  it('puts an older page above without moving what is there', () => {
    const facts = emptyFacts()
    page(facts, [8, 9], 'c1', false)
    page(facts, [6, 7], null, true)
    expect(ids(facts)).toEqual(['msg_6', 'msg_7', 'msg_8', 'msg_9'])
    expect(facts.threads.get('cnv_1')!.older).toBeNull()
  })

  it('leaves out a change of a message that is older than what is loaded', () => {
    const facts = emptyFacts()
    page(facts, [8, 9], 'c1', false)
    write(facts, { at: 'message', value: message(2, 1), seq: 20 })
    expect(ids(facts)).toEqual(['msg_8', 'msg_9'])
  })

  it('does not let a page overwrite a change that came while the page was on its way', () => {
    const facts = emptyFacts()
    page(facts, [8], null, false)
    write(facts, { at: 'message', value: message(8, 1, { status: 'read' }), seq: 21 })
    write(facts, { at: 'message', value: message(22, 1), seq: 22 })
    page(facts, [8], null, false, 20)
    expect(facts.threads.get('cnv_1')!.messages.get('msg_8')!.status).toBe('read')
    expect(ids(facts)).toEqual(['msg_8', 'msg_22'])
  })

  it('keeps the thread on the screen over a snapshot and drops the others', () => {
    const facts = emptyFacts()
    page(facts, [8], null, false)
    write(facts, { at: 'thread', id: 'cnv_2', messages: [], older: null, keep: false, asked: 0 })
    write(facts, { at: 'clear', keepThread: 'cnv_1' })
    expect([...facts.threads.keys()]).toEqual(['cnv_1'])
  })

  it('draws days, the unread line and what waits, and a waiting message only once', () => {
    const times: Record<string, string> = { a: '2026-11-01T12:00:00.000Z', b: '2026-11-02T12:00:00.000Z', c: '2026-11-02T12:01:00.000Z' }
    const keys = threadKeys(['a', 'b', 'c'], ['c', 'd'], { unreadAfter: 1, seqOf: id => ({ a: 1, b: 2, c: 3 })[id] ?? 0, inboundOf: id => id !== 'b', timeOf: id => times[id]! })
    expect(keys).toEqual(['top', 'day:2026-11-01', 'a', 'day:2026-11-02', 'b', 'unread', 'c', 'd'])
  })
})
