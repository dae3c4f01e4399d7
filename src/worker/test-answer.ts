// What a person sees who sent a test message: waits a moment for the provider's word.
import { z } from 'zod'
import type { Scope } from '../db/open-studio.ts'
import { testOutcome } from '../domain/integrations/test-send.ts'

export const testAnswer = z.object({ outcome: z.enum(['sent', 'rejected', 'unconfirmed']), reason: z.string().optional(), message_id: z.string().optional() })
type TestAnswer = z.infer<typeof testAnswer>

const looks = 16
const everyMs = 250

/** The send runs in its queue; after four seconds the answer says that it is still on its way. */
export async function settledTest(scope: Scope, messageId: string): Promise<TestAnswer> {
  for (let look = 0; look < looks; look += 1) {
    const { status, reason } = await testOutcome(scope, messageId)
    if (['sent', 'delivered', 'read', 'played'].includes(status)) return { outcome: 'sent', message_id: messageId }
    if (status === 'failed') return { outcome: 'rejected', reason: reason ?? 'The provider refused it.', message_id: messageId }
    if (status === 'unconfirmed') return { outcome: 'unconfirmed', reason, message_id: messageId }
    await new Promise(resolve => setTimeout(resolve, everyMs))
  }
  return { outcome: 'unconfirmed', reason: (await testOutcome(scope, messageId)).reason ?? 'It is still on its way; its thread in the inbox shows how it ends.', message_id: messageId }
}
