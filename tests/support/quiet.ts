// Bindings whose queues only note what was woken: nothing runs behind a test's back, jobs run when the test says so.
import type { Wake } from '../../src/db/relay.ts'
import type { Bindings } from '../../src/platform/bindings.ts'

export interface Quiet { env: Bindings; wakes: Wake[] }

export function quiet(env: Bindings): Quiet {
  const wakes: Wake[] = []
  const queue = {
    send: async (body: Wake) => void wakes.push(body),
    sendBatch: async (messages: Iterable<MessageSendRequest<Wake>>) => void wakes.push(...[...messages].map(message => message.body)),
  } as unknown as Queue
  return { env: { ...env, SENDS: queue, ASSISTANT: queue, CHORES: queue }, wakes }
}
