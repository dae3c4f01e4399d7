// Many at once over databases as slow as real ones: exactly one wins, and the others find what it made.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { runJob } from '../../src/queues/consume.ts'
import { ask, bindings } from '../support/api.ts'
import { addMember } from '../support/member.ts'
import type { Member } from '../support/member.ts'
import { quiet } from '../support/quiet.ts'
import { slowBindings } from '../support/slow-d1.ts'
import { makeStudio } from '../support/studio.ts'
import { connectNumber, deliver, envelope, graphThatAgrees, textBody, textMessage } from '../support/whatsapp.ts'
import type { Number_ } from '../support/whatsapp.ts'

const { env, wakes } = quiet(slowBindings(bindings))
const graph = graphThatAgrees()
let studioId: string
let shard: D1Database
let owner: Member
let agent: Member
let number: Number_

beforeAll(() => void vi.stubGlobal('fetch', graph.fetch))
afterAll(() => vi.unstubAllGlobals())
beforeEach(async () => {
  studioId = await makeStudio(bindings)
  shard = (await bindings.DIRECTORY.prepare('select shard from studios where id = ?').bind(studioId).first<number>('shard')) === 0 ? bindings.SHARD_0 : bindings.SHARD_1
  owner = await addMember(bindings, studioId, 'owner')
  agent = await addMember(bindings, studioId, 'agent')
  number = await connectNumber(bindings, studioId)
})

const count = (table: string, where = '1') => shard.prepare(`select count(*) as n from ${table} where studio_id = ? and ${where}`).bind(studioId).first<number>('n')
const dense = async () => expect(await shard.prepare('select max(seq) - count(*) as holes from changes where studio_id = ?').bind(studioId).first<number>('holes')).toBe(0)
const conversation = async (): Promise<string> => {
  await deliver(bindings, number, textBody(number, `wamid.first${studioId}`, '4915112345678', 'Hola'))
  return (await shard.prepare('select id from conversations where studio_id = ?').bind(studioId).first<string>('id')) ?? ''
}

describe('at once', () => {
  it('W13 fifty deliveries of one webhook are one message, one job, one change', async () => {
    const body = textBody(number, 'wamid.once', '4915112345678', 'Hola')
    const replies = await Promise.all(Array.from({ length: 50 }, () => deliver(env, number, body)))
    expect(new Set(replies.map(reply => reply.status))).toEqual(new Set([200]))
    expect([await count('messages'), await count('contacts'), await count('conversations'), await count('jobs', `kind = 'think'`), await count('changes'), await count('receipts')]).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('W17 an album of ten from a new person is one contact, one conversation, ten messages', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, i) => deliver(env, number, textBody(number, `wamid.album${i}`, '4915112345679', `photo ${i}`))))
    expect([await count('messages'), await count('contacts'), await count('conversations'), await count('identities')]).toEqual([10, 1, 1, 1])
    await dense()
  })

  it('W26 one person with and without a plus, with and without a user id, is one contact', async () => {
    const forms = [{ from: '4915112345670' }, { from: '+4915112345670' }, { from: '4915112345670', from_user_id: 'DE.7700112233445570' }]
    await Promise.all(forms.map((form, i) => deliver(env, number, envelope(number, { contacts: [{ profile: { name: 'Mia' }, wa_id: '4915112345670' }], messages: [{ ...textMessage(`wamid.form${i}`, '', 'Hola'), ...form }] }))))
    expect(await count('messages')).toBe(3)
    expect(await count('contacts')).toBe(1)
  })

  it('two who assign: one of the two stands, both are told in order', async () => {
    const id = await conversation()
    const replies = await Promise.all([owner, agent].flatMap(member => Array.from({ length: 5 }, () => ask('PUT', `/api/conversations/${id}/assignment`, { env, token: member.token, body: { assignee_id: member.memberId } }))))
    expect(new Set(replies.map(reply => reply.status))).toEqual(new Set([200]))
    const last = JSON.parse((await shard.prepare(`select body from changes where studio_id = ? order by seq desc limit 1`).bind(studioId).first<string>('body')) ?? '') as { conversation: { assignee_id: string } }
    expect(await shard.prepare('select assignee_id from conversations where studio_id = ?').bind(studioId).first('assignee_id')).toBe(last.conversation.assignee_id)
    await dense()
  })

  it('twenty sends with one browser-made id are one message and one job', async () => {
    const id = await conversation()
    const body = { id: `msg_${crypto.randomUUID().replaceAll('-', '').slice(0, 26)}`, content: 'Hello' }
    const replies = await Promise.all(Array.from({ length: 20 }, () => ask('POST', `/api/conversations/${id}/messages`, { env, token: owner.token, body })))
    expect(new Set(replies.map(reply => reply.status))).toEqual(new Set([201]))
    expect([await count('messages', `direction = 'outbound'`), await count('jobs', `kind = 'send'`)]).toEqual([1, 1])
    expect(new Set(replies.map(reply => reply.body.data.id))).toEqual(new Set([body.id]))
    await dense()
  })

  it('F5 twenty wake-ups of one send are one call to the provider', async () => {
    const id = await conversation()
    const { id: message } = (await ask('POST', `/api/conversations/${id}/messages`, { env, token: owner.token, body: { content: 'Hello' } })).body.data
    const before = graph.calls.length
    const ran = await Promise.all(Array.from({ length: 20 }, () => runJob(env, { v: 1, studio: studioId, job: `send:${message}` })))
    expect(ran.filter(Boolean)).toHaveLength(1)
    expect(graph.calls.slice(before).filter(call => call.method === 'POST')).toHaveLength(1)
    expect(await shard.prepare('select status from messages where studio_id = ? and id = ?').bind(studioId, message).first('status')).toBe('sent')
    expect(wakes.length).toBeGreaterThan(0)
  })

  it('W16 statuses in any order, many times, end at the furthest', async () => {
    const id = await conversation()
    const { id: message } = (await ask('POST', `/api/conversations/${id}/messages`, { env, token: owner.token, body: { content: 'Hello' } })).body.data
    await runJob(env, { v: 1, studio: studioId, job: `send:${message}` })
    const external = await shard.prepare('select external_id from messages where studio_id = ? and id = ?').bind(studioId, message).first<string>('external_id')
    const status = (word: string) => envelope(number, { statuses: [{ id: external, status: word, timestamp: String(Math.floor(Date.now() / 1000)), recipient_id: '4915112345678', biz_opaque_callback_data: message }] })
    await Promise.all(['read', 'sent', 'delivered', 'read', 'delivered', 'sent'].map(word => deliver(env, number, status(word))))
    expect(await shard.prepare('select status from messages where studio_id = ? and id = ?').bind(studioId, message).first('status')).toBe('read')
    await dense()
  })

  it('J15 one label of a name, however many make it', async () => {
    const replies = await Promise.all(Array.from({ length: 10 }, () => ask('POST', '/api/labels', { env, token: owner.token, body: { name: 'VIP', color: '#aabbcc' } })))
    expect(replies.filter(reply => reply.status === 201)).toHaveLength(1)
    expect(new Set(replies.map(reply => reply.status))).toEqual(new Set([201, 409]))
    expect(await count('labels')).toBe(1)
  })
})
