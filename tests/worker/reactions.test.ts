// Our reactions: one emoji, inside the window, and shown only as long as the provider may have it.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ask } from '../support/api.ts'
import { env, meta, metaFetch, openOutbox, refused, shard } from '../support/outbox.ts'
import type { Outbox } from '../support/outbox.ts'

let outbox: Outbox
beforeAll(() => void vi.stubGlobal('fetch', metaFetch))
afterAll(() => vi.unstubAllGlobals())
beforeEach(async () => void (outbox = await openOutbox()))

describe('a reaction', () => {
  const inbound = async () => (await shard.prepare(`select id from messages where studio_id = ? and direction = 'inbound'`).bind(outbox.studioId).first<string>('id')) ?? ''
  const put = async (emoji: string) => ask('PUT', `/api/messages/${await inbound()}/reaction`, { env, token: outbox.token, body: { emoji } })
  const shown = async () => {
    const thread = await ask('GET', `/api/conversations/${outbox.conversation}/messages`, { env, token: outbox.token })
    return (thread.body.data as { id: string; reactions: { emoji: string }[] }[])[0]?.reactions.map(one => one.emoji)
  }

  it('is one emoji, or nothing', async () => {
    for (const emoji of ['👍', '❤️', '👩🏽‍🚀', '🇲🇽', '3️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏳️‍🌈', '🧑🏻‍❤️‍💋‍🧑🏿', '']) expect([emoji, (await put(emoji)).status]).toEqual([emoji, 200])
    for (const emoji of ['a', '1', 'ok', '👍👍', '👍 ', '\u0000', '👍\u0000', '<b>', '\u200d', '\ufe0f', '🏽🏽']) expect([emoji, (await put(emoji)).status]).toEqual([emoji, 422])
  })

  it('is refused when the time for free replies is over', async () => {
    await shard.prepare('update conversations set last_inbound_at = last_inbound_at - 90000000 where studio_id = ?').bind(outbox.studioId).run()
    const reply = await put('👍')
    expect([reply.status, reply.body.error.details?.reason]).toEqual([409, 'window_closed'])
    expect(await shown()).toEqual([])
  })

  it('that the provider refuses is taken back to the one before, and everybody is told', async () => {
    await put('👍')
    await outbox.run(`react:${await inbound()}`)
    await put('❤️')
    expect(await shown()).toEqual(['❤️'])
    meta.answer = async () => refused(131026)
    await outbox.due(`react:${await inbound()}`)
    await outbox.run(`react:${await inbound()}`)
    expect(await shown()).toEqual(['👍'])
    const told = await shard.prepare('select kind, body from changes where studio_id = ? order by seq desc limit 1').bind(outbox.studioId).first<{ kind: string; body: string }>()
    expect([told?.kind, JSON.parse(told?.body ?? '{}').message.reactions]).toEqual(['message.updated', [{ by: 'us', emoji: '👍' }]])
  })

  it('without word from the provider is tried again, then taken back', async () => {
    await put('👍')
    meta.answer = async () => Response.json({}, { status: 500 })
    for (let i = 0; i < 6; i += 1) {
      await outbox.due(`react:${await inbound()}`)
      await outbox.run(`react:${await inbound()}`)
    }
    expect([meta.calls.length, await shown()]).toEqual([6, []])
    expect(await outbox.job(`react:${await inbound()}`)).toMatchObject({ state: 'done' })
  })

  it('whose account does not open or whose job dies is taken back', async () => {
    for (const broken of ['{"access_token":{"sealed":"v9.garbage"}}', 'not json']) {
      await put('👍')
      await shard.prepare(`update jobs set attempts = 5 where studio_id = ? and kind = 'react'`).bind(outbox.studioId).run()
      const before = await outbox.credentials(broken)
      await outbox.run(`react:${await inbound()}`)
      await outbox.credentials(before)
      expect(await shown()).toEqual([])
    }
  })
})
