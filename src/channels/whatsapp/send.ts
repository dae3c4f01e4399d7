// Sends one message once, and says honestly how that ended.
import type { ChannelAccount, OutboundMessage, SendOutcome } from '../../contract/channel.ts'
import type { ChannelContext } from '../channel.ts'
import { callGraph, type GraphResult } from '../meta/graph.ts'
import { list, object, text, type Loose } from '../meta/loose.ts'
import { errorOf, refused } from './errors.ts'
import { partyOf } from './party.ts'
import { buildPayload } from './payload.ts'
import { upload } from './upload.ts'

/** See `Channel.send`. The values are checked before the upload, so a message that cannot be sent costs no call. */
export async function send(message: OutboundMessage, account: ChannelAccount, context: ChannelContext): Promise<SendOutcome> {
  const dry = buildPayload(message, 'pending')
  if (!dry.ok) return { outcome: 'rejected', error: refused(dry.code, dry.reason, dry.next) }
  let payload = dry.payload
  if (message.attachment !== undefined && message.reaction === undefined) {
    const uploaded = await upload(message.attachment, account, context, message.attempt)
    if ('error' in uploaded) return { outcome: 'rejected', error: uploaded.error }
    const built = buildPayload(message, uploaded.mediaId)
    if (built.ok) payload = built.payload
  }
  const path = `${encodeURIComponent(account.externalId)}/messages`
  const result = await callGraph({ method: 'POST', path, token: account.credentials.access_token ?? '', json: payload }, context)
  return outcomeOf(result, message.attempt)
}

function outcomeOf(result: GraphResult, attempt: number | undefined): SendOutcome {
  switch (result.end) {
    case 'answer': return accepted(result.body)
    case 'error': return { outcome: 'rejected', error: errorOf(result.error, { attempt, retryAfterMs: result.retryAfterMs }) }
    case 'refused': return { outcome: 'rejected', error: refusalOf(result.status, result.retryAfterMs) }
    case 'unsent': return { outcome: 'rejected', error: { code: 'unreachable', reason: `WhatsApp: ${result.reason}.`, verdict: 'retry', next: 'This is tried again by itself.', retryAfterMs: 5000 } }
    case 'lost': return { outcome: 'unconfirmed', reason: `WhatsApp: ${result.reason}.` }
  }
}

/** The recipient as WhatsApp knows them now: its `wa_id` may be another spelling than the number we wrote to. */
function accepted(body: Loose): SendOutcome {
  const first = object(list(body.messages)[0])
  const externalId = text(first?.id)
  if (externalId === undefined) return { outcome: 'unconfirmed', reason: 'WhatsApp: the answer names no message.' }
  const contact = object(list(body.contacts)[0])
  const party = partyOf([contact?.user_id, contact?.wa_id])
  const held = text(first?.message_status) === 'held_for_quality_assessment'
  return { outcome: 'sent', externalId, ...(party === undefined ? {} : { party }), ...(held ? { held } : {}) }
}

function refusalOf(status: number, retryAfterMs: number | undefined) {
  const code = `http_${status}`
  const reason = `WhatsApp answered ${status} without a reason.`
  if (status === 429) return { code, reason, verdict: 'retry' as const, next: 'Too many messages at once; this is tried again by itself.', retryAfterMs: retryAfterMs ?? 5000 }
  if (status === 401) return { code, reason, verdict: 'stop' as const, next: 'Reconnect WhatsApp in the settings.' }
  return refused(code, reason, 'Send again; if it stays so, reconnect WhatsApp in the settings.')
}
