// Looks at the first bytes of a stream and gives it back whole.

import { Problem } from '../../platform/problem.ts'

/** A body that breaks off ends in MALFORMED, now or when it is read on. */
export async function peek(body: ReadableStream<Uint8Array>, bytes: number): Promise<{ head: Uint8Array; whole: ReadableStream<Uint8Array> }> {
  const reader = body.getReader()
  const read = () => reader.read().catch((error: unknown) => {
    throw error instanceof Problem ? error : new Problem('MALFORMED', 'The body broke off.')
  })
  const seen: Uint8Array[] = []
  let size = 0
  let ended = false
  while (size < bytes && !ended) {
    const { done, value } = await read()
    ended = done
    if (value !== undefined) {
      seen.push(value)
      size += value.byteLength
    }
  }
  const head = new Uint8Array(size)
  seen.reduce((at, chunk) => {
    head.set(chunk, at)
    return at + chunk.byteLength
  }, 0)
  const whole = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = seen.shift()
      if (chunk !== undefined) return controller.enqueue(chunk)
      const { done, value } = ended ? { done: true, value: undefined } : await read()
      if (done || value === undefined) return controller.close()
      controller.enqueue(value)
    },
    cancel: reason => reader.cancel(reason),
  }, { highWaterMark: 0 })
  return { head: head.subarray(0, bytes), whole }
}
