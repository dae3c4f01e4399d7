// Ids that no provider gives stay short and alike wherever they stand; words to a group are marked as such.
import { expect, it } from 'vitest'
import { parcels } from '../../../../src/channels/whatsapp/parcels.ts'
import { eventsOf, request } from './world.ts'

const endless = 'w'.repeat(100_000)
const read = (value: Record<string, unknown>, phone: unknown = '1065') => parcels(request(JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value: { metadata: { phone_number_id: phone }, ...value } }] }] })))
const from = { from: '16505551234', timestamp: '1700000000' }

it('an endless id is stood for by one hash in messages, answers, reactions, edits, revocations and statuses', () => {
  const events = read({
    messages: [
      { ...from, id: endless, type: 'text', text: { body: 'a' } },
      { ...from, id: 'b', type: 'text', text: { body: 'b' }, context: { id: endless } },
      { ...from, id: 'c', type: 'reaction', reaction: { message_id: endless, emoji: '❤️' } },
      { ...from, id: 'd', type: 'edit', edit: { original_message_id: endless, message: { type: 'text', text: { body: 'x' } } } },
      { ...from, id: 'e', type: 'revoke', revoke: { original_message_id: endless } },
    ],
    statuses: [{ id: endless, status: 'read', timestamp: '1700000000', recipient_id: '16505551234' }],
  }, endless)
  const [{ account, events: found }] = events as [typeof events[number]]
  const id = found.flatMap(event => event.kind === 'message' && event.replyTo === undefined ? [event.externalId] : [])[0] ?? ''
  expect(id).toMatch(/^hash:[0-9a-f]{26}$/)
  expect(found).toMatchObject([{ externalId: id }, { replyTo: id }, { target: id }, { target: id }, { target: id }, { kind: 'status', externalId: id }])
  expect(account).toBe(`phone:${id}`)
})

it('a message to a group is not one that asks for an answer', () => {
  expect(eventsOf('group-message')).toMatchObject([{ kind: 'message', direction: 'inbound', origin: 'standby' }])
})
