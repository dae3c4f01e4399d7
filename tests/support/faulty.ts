// Bindings with one fault each: a database that fails or stalls, a queue that loses or refuses, a hub that is gone or slow.
import type { Bindings } from '../../src/platform/bindings.ts'

/** What a database does to one batch: "before" throws without running it, "after" runs it and throws, "stall" never answers. */
export type Trouble = 'before' | 'after' | 'stall' | null

/** Databases that ask `next` before each batch. `text` is the error's. */
export function faultyD1(env: Bindings, next: (name: string) => Trouble, text = 'D1_ERROR: Network connection lost.'): Bindings {
  const names = Object.keys(env).filter(name => name === 'DIRECTORY' || /^SHARD_\d+$/.test(name))
  return { ...env, ...Object.fromEntries(names.map(name => [name, troubled(env[name] as D1Database, () => next(name), text)])) }
}

function troubled(database: D1Database, next: () => Trouble, text: string): D1Database {
  return new Proxy(database, {
    get(target, name) {
      if (name === 'batch') {
        return async (statements: D1PreparedStatement[]) => {
          const trouble = next()
          if (trouble === 'stall') return new Promise<never>(() => undefined)
          if (trouble === 'before') throw new Error(text)
          const results = await target.batch(statements)
          if (trouble === 'after') throw new Error(text)
          return results
        }
      }
      const value = Reflect.get(target, name) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** Queues whose sends say yes and forget (F4), or throw (F8). */
export function faultyQueues(env: Bindings, how: 'forget' | 'refuse'): Bindings {
  const send = async (): Promise<void> => {
    if (how === 'refuse') throw new Error('Queue sendBatch failed: Too Many Requests')
  }
  const queue = { send, sendBatch: send } as unknown as Queue
  return { ...env, SENDS: queue, ASSISTANT: queue, CHORES: queue }
}

/** Hubs that throw at each call, or take their time. */
export function faultyHubs(env: Bindings, call: () => Promise<never>): Bindings {
  const hub = { relay: call, poke: call, revoke: call, fetch: call }
  return { ...env, STUDIO_HUB: { idFromName: (name: string) => name, get: () => hub } as unknown as DurableObjectNamespace }
}
