// Runs statements on a D1 database: within a deadline, reads retried on passing faults, everything counted.
import { Problem } from '../platform/problem.ts'
import { count, observe } from '../platform/metrics.ts'
import { describe, log } from '../platform/log.ts'

const deadlineMs = 5_000
/** The deadline is counted in slices: an isolate busy with its own work for seconds (hashing passwords) loses one, not all. */
const slices = 10
/** Texts of D1's errors that a later try may not meet. Source: D1 "debug" guide, errors marked retry. */
const passing = [
  'Network connection lost', 'storage caused object to be reset', 'reset because its code was updated', 'object is overloaded', 'Internal error',
  'starting up', 'Cannot resolve D1 DB due to transient issue',
]

/** One round trip; all or nothing. Throws Problem UNAVAILABLE when the database does not answer in time or fails in passing. */
export async function writeBatch(database: D1Database, statements: D1PreparedStatement[]): Promise<D1Result[]> {
  return measured('write', () => database.batch(statements))
}

/** One round trip of reads; tried up to three times. */
export async function readBatch(database: D1Database, statements: D1PreparedStatement[]): Promise<D1Result[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await measured('read', () => database.batch(statements))
    } catch (error) {
      if (attempt >= 3 || !(error instanceof Problem)) throw error
      await new Promise(resolve => setTimeout(resolve, 20 * attempt * (0.5 + Math.random())))
    }
  }
}

async function measured(kind: 'read' | 'write', run: () => Promise<D1Result[]>): Promise<D1Result[]> {
  const start = performance.now()
  let timer: ReturnType<typeof setTimeout> | null = null
  try {
    const late = new Promise<never>((_, reject) => {
      const waitFor = (left: number): void => {
        if (left === 0) reject(new Problem('UNAVAILABLE', 'The database did not answer in time.', undefined, 5))
        else timer = setTimeout(() => waitFor(left - 1), deadlineMs / slices)
      }
      waitFor(slices)
    })
    const results = await Promise.race([run(), late])
    count('d1_batches_total', { kind })
    count('d1_rows_written_total', {}, results.reduce((sum, result) => sum + (result.meta.rows_written ?? 0), 0))
    return results
  } catch (error) {
    count('d1_errors_total', { kind })
    if (error instanceof Error && passing.some(text => error.message.includes(text))) {
      log('warn', 'd1.passing_fault', { error: describe(error) })
      throw new Problem('UNAVAILABLE', 'The database is briefly unavailable.', undefined, 2)
    }
    throw error
  } finally {
    clearTimeout(timer)
    observe('database_query_duration_seconds', (performance.now() - start) / 1000, { kind })
  }
}
