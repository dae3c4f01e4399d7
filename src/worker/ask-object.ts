// A question to a Durable Object: one that fails, restarts or is overloaded is "try again", not a fault of the caller or ours.
import { describe, log } from '../platform/log.ts'
import { Problem } from '../platform/problem.ts'

/** Throws UNAVAILABLE for whatever the object throws: a Problem thrown inside arrives as a plain Error. */
export async function askObject<T>(what: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    log('warn', 'object.unavailable', { what, error: describe(error) })
    throw new Problem('UNAVAILABLE', 'This part of the service does not answer just now. Please try again.', undefined, 2)
  }
}
