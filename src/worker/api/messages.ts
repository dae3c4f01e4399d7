// What a member does to one message.
import { z } from 'zod'
import { message, reactionBody } from '../../contract/inbox.ts'
import type { Message } from '../../contract/inbox.ts'
import { id } from '../../contract/common.ts'
import { cancelScheduled, retry } from '../../domain/messages/change-message.ts'
import { react } from '../../domain/messages/react.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

const params = z.object({ id })
const wire = (text: string): { data: Message } => ({ data: JSON.parse(text) as Message })

export const routes: Route[] = [
  studioRoute({
    method: 'PUT', path: '/api/messages/:id/reaction', summary: 'React to a message; an empty emoji takes it back', params, body: reactionBody, answer: message, access: 'messages.send',
    handle: async (_, { params: { id: messageId }, body }, scope) => wire(await react(scope, messageId, body.emoji)),
  }),
  studioRoute({
    method: 'POST', path: '/api/messages/:id/retry', summary: 'Send a failed or unconfirmed message once more', params, body: z.strictObject({}), answer: message, access: 'messages.send',
    handle: async (_, { params: { id: messageId } }, scope) => wire(await retry(scope, messageId)),
  }),
  studioRoute({
    method: 'DELETE', path: '/api/messages/:id', summary: 'Take back a message that was to go out later', params, answer: message, access: 'messages.send',
    handle: async (_, { params: { id: messageId } }, scope) => wire(await cancelScheduled(scope, messageId)),
  }),
]
