// Streams bytes into the store, counted and hashed on the way; memory holds a chunk, or one part where no length was given.
import { toHex } from '../../platform/digest.ts'
import { Problem } from '../../platform/problem.ts'

export interface Stored { size: number; /** Hex. */ sha256: string }

/** R2's parts have at least 5 MiB and, but for the last, one size. */
const partBytes = 8 * 1024 * 1024

/** `length` is the announced one, or null. Throws TOO_LARGE past `maxBytes`, MALFORMED when it is not as long as announced; nothing stays stored then. */
export async function putStream(bucket: R2Bucket, key: string, body: ReadableStream<Uint8Array>, length: number | null, maxBytes: number): Promise<Stored> {
  if (length !== null && length > maxBytes) throw tooLarge(maxBytes)
  const counter = countAndHash(maxBytes)
  if (length === null) await putParts(bucket, key, body.pipeThrough(counter.stream))
  else await putFixed(bucket, key, body.pipeThrough(counter.stream), length)
  return counter.finish()
}

async function putFixed(bucket: R2Bucket, key: string, body: ReadableStream<Uint8Array>, length: number): Promise<void> {
  const { readable, writable } = new FixedLengthStream(length)
  const [pumped, put] = await Promise.allSettled([body.pipeTo(writable), bucket.put(key, readable)])
  if (pumped.status === 'rejected' || put.status === 'rejected') {
    await bucket.delete(key)
    const reason: unknown = pumped.status === 'rejected' ? pumped.reason : (put as PromiseRejectedResult).reason
    throw reason instanceof TypeError ? new Problem('MALFORMED', 'The body is not as long as announced.') : reason
  }
}

async function putParts(bucket: R2Bucket, key: string, body: ReadableStream<Uint8Array>): Promise<void> {
  const parts = partsOf(body)
  const first = await parts.next()
  const second = first.done === true ? first : await parts.next()
  if (second.done === true) {
    await bucket.put(key, first.done === true ? new Uint8Array() : first.value)
    return
  }
  const upload = await bucket.createMultipartUpload(key)
  try {
    const done = [await upload.uploadPart(1, first.value as Uint8Array), await upload.uploadPart(2, second.value)]
    for await (const part of parts) done.push(await upload.uploadPart(done.length + 1, part))
    await upload.complete(done)
  } catch (error) {
    await upload.abort()
    throw error
  }
}

/** Full parts, then what is left. */
async function* partsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  let part = new Uint8Array(partBytes)
  let filled = 0
  for await (const chunk of body) {
    for (let at = 0; at < chunk.byteLength;) {
      const taken = Math.min(partBytes - filled, chunk.byteLength - at)
      part.set(chunk.subarray(at, at + taken), filled)
      filled += taken
      at += taken
      if (filled === partBytes) {
        yield part
        part = new Uint8Array(partBytes)
        filled = 0
      }
    }
  }
  if (filled > 0) yield part.subarray(0, filled)
}

function countAndHash(maxBytes: number): { stream: TransformStream<Uint8Array, Uint8Array>; finish(): Promise<Stored> } {
  const digest = new crypto.DigestStream('SHA-256')
  const writer = digest.getWriter()
  let size = 0
  const stream = new TransformStream<Uint8Array, Uint8Array>({
    async transform(chunk, controller) {
      size += chunk.byteLength
      if (size > maxBytes) throw tooLarge(maxBytes)
      await writer.write(chunk)
      controller.enqueue(chunk)
    },
    flush: () => writer.close(),
  })
  // Nobody asks for the digest of a body that broke off.
  digest.digest.catch(() => undefined)
  return { stream, finish: async () => ({ size, sha256: toHex(new Uint8Array(await digest.digest)) }) }
}

function tooLarge(maxBytes: number): Problem {
  return new Problem('TOO_LARGE', `At most ${Math.floor(maxBytes / 1_000_000)} MB.`, { max_bytes: maxBytes })
}
