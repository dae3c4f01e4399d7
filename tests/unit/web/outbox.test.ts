// The outbox: nothing written is lost or reordered, whatever the line does.
import { describe, expect, it } from 'vitest'
import { Outbox, type OutboxItem, type Try } from '../../../web/src/data/outbox.ts'
import { memoryShelf } from '../../../web/src/data/outbox-shelf.ts'
import { newMessageId } from '../../../web/src/lib/message-id.ts'

const item = (n: number, conversation = 'cnv_1'): OutboxItem => ({
  id: `msg_${String(n).padStart(26, '0')}`, conversation_id: conversation, body: { content: `hello ${n}` }, file: null, written_at: n, tries: 0, state: 'waiting', reason: '',
})
const settled = async () => { for (let i = 0; i < 50; i += 1) await Promise.resolve() }

function made(answers: (item: OutboxItem) => Try | Promise<Try>) {
  const sent: string[] = []
  const shelf = memoryShelf()
  const waits: (() => void)[] = []
  const outbox = new Outbox({
    shelf,
    changed: () => {},
    send: async each => { sent.push(each.id); return answers(each) },
    wait: () => new Promise(resolve => waits.push(resolve)),
  })
  return { outbox, shelf, sent, waits }
}

describe('the outbox', () => {
  it('sends in the order of writing and forgets what was accepted', async () => {
    const { outbox, shelf, sent } = made(() => ({ outcome: 'accepted' }))
    await Promise.all([1, 2, 3].map(n => outbox.add(item(n))))
    await settled()
    expect(sent).toEqual([1, 2, 3].map(n => item(n).id))
    expect(await shelf.all()).toEqual([])
  })

  it('keeps an item under the same id until the server is reached, and nothing of that conversation overtakes it', async () => {
    let up = false
    const { outbox, sent, waits } = made(() => (up ? { outcome: 'accepted' } : { outcome: 'later', afterMs: null }))
    await outbox.add(item(1))
    await outbox.add(item(2))
    await settled()
    expect(new Set(sent)).toEqual(new Set([item(1).id]))
    expect(outbox.items().map(each => each.state)).toEqual(['waiting', 'waiting'])
    up = true
    waits.splice(0).forEach(go => go())
    await settled()
    expect(sent.slice(-2)).toEqual([item(1).id, item(2).id])
    expect(outbox.items()).toEqual([])
  })

  it('goes on with other conversations while one waits', async () => {
    const { outbox, sent } = made(each => (each.conversation_id === 'cnv_1' ? { outcome: 'later', afterMs: null } : { outcome: 'accepted' }))
    await outbox.add(item(1, 'cnv_1'))
    await outbox.add(item(2, 'cnv_2'))
    await settled()
    expect(sent).toContain(item(2).id)
    expect(outbox.items().map(each => each.id)).toEqual([item(1).id])
  })

  it('shows a refusal with its reason, lets the next one pass, and tries again when a person says so', async () => {
    let refuse = true
    const { outbox, sent } = made(each => (refuse && each.id === item(1).id ? { outcome: 'refused', reason: 'too long' } : { outcome: 'accepted' }))
    await outbox.add(item(1))
    await outbox.add(item(2))
    await settled()
    expect(outbox.items()).toMatchObject([{ id: item(1).id, state: 'failed', reason: 'too long' }])
    refuse = false
    await outbox.retry(item(1).id)
    await settled()
    expect(outbox.items()).toEqual([])
    expect(sent).toEqual([item(1).id, item(2).id, item(1).id])
  })

  it('takes up after a reload what was waiting or half sent', async () => {
    const { outbox, shelf, sent } = made(() => ({ outcome: 'accepted' }))
    await shelf.put({ ...item(1), state: 'sending', tries: 1 })
    await shelf.put({ ...item(2), state: 'failed', reason: 'no' })
    await outbox.restore()
    await settled()
    expect(sent).toEqual([item(1).id])
    expect(outbox.items().map(each => each.state)).toEqual(['failed'])
  })

  it('drops an item whose message came over the line, even in mid-send', async () => {
    let answer: (result: Try) => void = () => {}
    const { outbox, shelf } = made(() => new Promise(resolve => { answer = resolve }))
    await outbox.add(item(1))
    await settled()
    await outbox.settle(item(1).id)
    answer({ outcome: 'later', afterMs: null })
    await settled()
    expect(outbox.items()).toEqual([])
    expect(await shelf.all()).toEqual([])
  })

  it('makes ids that the server takes and that sort by time', () => {
    expect(newMessageId()).toMatch(/^msg_[A-Za-z0-9]{26}$/)
    expect(newMessageId(1000) < newMessageId(2000)).toBe(true)
  })
})
