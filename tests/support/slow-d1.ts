// A D1 binding with the latency that the local runtime lacks: without it read-then-write races stay hidden.
import type { Bindings } from '../../src/platform/bindings.ts'

/** Waits 1 to 20 ms before and after each round trip. */
export function slowD1(database: D1Database, most = 20): D1Database {
  const wait = () => new Promise(resolve => setTimeout(resolve, 1 + Math.random() * (most - 1)))
  const slowed = async <T>(run: () => Promise<T>): Promise<T> => {
    await wait()
    const result = await run()
    await wait()
    return result
  }
  return new Proxy(database, {
    get(target, name) {
      if (name === 'batch') return (statements: D1PreparedStatement[]) => slowed(() => target.batch(statements))
      const value = Reflect.get(target, name) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** Bindings whose databases are all slow. */
export function slowBindings(env: Bindings): Bindings {
  const slow = Object.entries(env).filter(([name]) => name === 'DIRECTORY' || /^SHARD_\d+$/.test(name)).map(([name, database]) => [name, slowD1(database as D1Database)])
  return { ...env, ...Object.fromEntries(slow) } as Bindings
}
