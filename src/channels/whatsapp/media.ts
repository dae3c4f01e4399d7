// Finds where the bytes of an inbound file lie right now; the address lives five minutes and wants the token.
import type { ChannelAccount, MediaOutcome, MediaSource, ProviderError } from '../../contract/channel.ts'
import { permitted } from '../../platform/safe-fetch.ts'
import type { ChannelContext } from '../channel.ts'
import { callGraph, graphOrigins } from '../meta/graph.ts'
import { text } from '../meta/loose.ts'
import { errorOf, refused } from './errors.ts'

export const mediaHosts = ['lookaside.fbsbx.com']

/** Asked anew for every download: on a 404 of the address, ask again. Ids of inbound files live seven days. */
export async function media(ref: { mediaId?: string; url?: string }, account: ChannelAccount, context: ChannelContext): Promise<MediaOutcome> {
  const token = account.credentials.access_token ?? ''
  if (ref.mediaId === undefined) return ref.url === undefined ? gone('The message names no file.') : source({ url: ref.url }, token, context)
  const path = encodeURIComponent(ref.mediaId)
  const result = await callGraph({ path, query: { phone_number_id: account.externalId }, token }, context)
  switch (result.end) {
    case 'answer': return source(result.body, token, context)
    case 'error': return errorAnswer(errorOf(result.error, { retryAfterMs: result.retryAfterMs }), result.status)
    case 'refused': return result.status === 404 || result.status === 410 ? gone(`WhatsApp no longer has the file (${result.status}).`) : unreachable(`the server answered ${result.status}`, result.retryAfterMs)
    default: return unreachable(result.reason)
  }
}

/** A code we do not know is final only where the server does not blame itself. */
function errorAnswer(error: ProviderError, status: number): MediaOutcome {
  return error.verdict === 'reject' && (status >= 500 || status === 429) ? unreachable(error.reason) : { ok: false, error }
}

function unreachable(reason: string, retryAfterMs = 5000): MediaOutcome {
  return { ok: false, error: { code: 'media_unreachable', reason: `WhatsApp: ${reason}.`, verdict: 'retry', next: 'This is tried again by itself.', retryAfterMs } }
}

/** An address on a foreign host gets neither a request nor the token. */
function source(found: Record<string, unknown>, token: string, context: ChannelContext): MediaOutcome {
  const url = text(found.url)
  if (url === undefined) return gone('WhatsApp named no address for the file.')
  try {
    permitted(url, { origins: graphOrigins(context), hosts: mediaHosts })
  } catch {
    return gone('The file lies on a host that is not WhatsApp\'s.')
  }
  const answer: MediaSource = { url, headers: { authorization: `Bearer ${token}` } }
  const [mime, sha256, size] = [text(found.mime_type), text(found.sha256), Number(text(found.file_size) ?? NaN)]
  if (mime !== undefined) answer.mime = mime.split(';')[0]?.trim().toLowerCase()
  if (sha256 !== undefined) answer.sha256 = sha256
  if (Number.isSafeInteger(size)) answer.size = size
  return { ok: true, source: answer }
}

function gone(reason: string): MediaOutcome {
  return { ok: false, error: refused('media_gone', reason, 'Ask the person to send it again.') }
}
