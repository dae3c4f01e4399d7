// Hands the bytes of an attachment to WhatsApp as a stream and gets a media id for the send.
import type { ChannelAccount, OutboundAttachment, ProviderError } from '../../contract/channel.ts'
import type { ChannelContext } from '../channel.ts'
import { callGraph } from '../meta/graph.ts'
import { text } from '../meta/loose.ts'
import { errorOf, refused } from './errors.ts'
import { limits } from './limits.ts'

/** A failed upload has sent nothing, so even a lost connection is a definite "not sent" here. */
export async function upload(
  attachment: OutboundAttachment, account: ChannelAccount, context: ChannelContext, attempt?: number,
): Promise<{ mediaId: string } | { error: ProviderError }> {
  const mime = attachment.mime.split(';')[0]?.trim().toLowerCase() ?? ''
  const tooMuch = overLimit(attachment, mime)
  if (tooMuch !== undefined) return { error: tooMuch }
  const boundary = `----studio${crypto.randomUUID()}`
  let body: ReadableStream<Uint8Array>
  try {
    body = multipart(await attachment.open(), attachment.size, boundary, mime, attachment.filename ?? 'file')
  } catch {
    return { error: { ...refused('file_unreadable', 'The file could not be read.', 'This is tried again by itself.'), verdict: 'retry', retryAfterMs: 5000 } }
  }
  const path = `${encodeURIComponent(account.externalId)}/media`
  const token = account.credentials.access_token ?? ''
  const result = await callGraph({ method: 'POST', path, token, stream: { body, type: `multipart/form-data; boundary=${boundary}` }, deadlineMs: 60_000 }, context)
  if (result.end === 'answer') {
    const mediaId = text(result.body.id)
    if (mediaId !== undefined) return { mediaId }
  }
  if (result.end === 'error') return { error: errorOf(result.error, { attempt, retryAfterMs: result.retryAfterMs }) }
  if (result.end === 'refused' && result.status !== 429) return { error: refused(`http_${result.status}`, `WhatsApp refused the file (${result.status}).`, 'Try another file.') }
  return { error: { code: 'upload_failed', reason: 'The file did not reach WhatsApp.', verdict: 'retry', next: 'This is tried again by itself.', retryAfterMs: 5000 } }
}

function overLimit(attachment: OutboundAttachment, mime: string): ProviderError | undefined {
  const limit = limits.media[attachment.kind]
  if (limit === undefined || !limit.mimes.includes(mime)) return refused('file_type', `WhatsApp does not take ${mime || 'this type'} as ${attachment.kind}.`, 'Save the file as another type.')
  if (attachment.size > limit.bytes) return refused('file_size', `The file is larger than ${Math.floor(limit.bytes / 1024)} kB.`, 'Make the file smaller, or send a link.')
  return attachment.size <= 0 ? refused('file_size', 'The file is empty.', 'Choose another file.') : undefined
}

/** Written by hand because FormData would hold the whole file in memory; workerd sends the length only with a FixedLengthStream. */
function multipart(file: ReadableStream<Uint8Array>, size: number, boundary: string, mime: string, filename: string): ReadableStream<Uint8Array> {
  const field = (name: string, value: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const head = new TextEncoder().encode(
    `${field('messaging_product', 'whatsapp')}${field('type', mime)}--${boundary}\r\n` +
    `Content-Disposition: form-data; name="file"; filename="${plainName(filename)}"\r\nContent-Type: ${mime}\r\n\r\n`,
  )
  const tail = new TextEncoder().encode(`\r\n--${boundary}--\r\n`)
  const frame = new TransformStream<Uint8Array, Uint8Array>({
    start: controller => controller.enqueue(head),
    flush: controller => controller.enqueue(tail),
  })
  const whole = file.pipeThrough(frame)
  const { FixedLengthStream: Fixed } = globalThis as { FixedLengthStream?: new (length: number) => TransformStream<Uint8Array, Uint8Array> }
  return Fixed === undefined ? whole : whole.pipeThrough(new Fixed(head.byteLength + size + tail.byteLength))
}

/** What cannot end a header line or the quotes; the true name goes with the message itself. */
function plainName(name: string): string {
  return name.replace(/[^A-Za-z0-9._ -]/g, '_').slice(-100)
}
