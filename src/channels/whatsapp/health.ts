// Judges a connected number by what Meta says of it.
import type { ChannelAccount, Health } from '../../contract/channel.ts'
import type { ChannelContext } from '../channel.ts'
import { callGraph } from '../meta/graph.ts'
import { list, plainFacts, text, type Loose } from '../meta/loose.ts'
import { errorOf } from './errors.ts'

export const numberFields = 'id,display_phone_number,verified_name,quality_rating,status,name_status,code_verification_status,throughput,platform_type'

/** Two questions: how the number stands, and whether its webhooks still come to an app. */
export async function health(account: ChannelAccount, context: ChannelContext): Promise<Health> {
  const token = account.credentials.access_token ?? ''
  const checked_at = new Date(context.now).toISOString()
  const number = await callGraph({ path: encodeURIComponent(account.externalId), query: { fields: numberFields }, token }, context)
  if (number.end === 'error') {
    const error = errorOf(number.error)
    return { state: error.verdict === 'retry' ? 'degraded' : 'down', reason: `${error.next} (${error.reason})`, checked_at, details: { code: error.code } }
  }
  if (number.end === 'refused') return { state: 'down', reason: `WhatsApp answered ${number.status}.`, checked_at }
  if (number.end !== 'answer') return { state: 'unknown', reason: `WhatsApp: ${number.reason}.`, checked_at }
  const found = healthOf(number.body, context.now)
  if (found.state === 'down') return found
  const apps = await callGraph({ path: `${encodeURIComponent(account.credentials.waba_id ?? '')}/subscribed_apps`, token }, context)
  if (apps.end !== 'answer' || list(apps.body.data).length > 0) return found
  return { ...found, state: 'down', reason: 'No app receives the webhooks of this account: reconnect the number.' }
}

const gone = new Set(['BANNED', 'DELETED', 'DISCONNECTED', 'MIGRATED', 'UNVERIFIED', 'UNKNOWN'])
const shaky = new Set(['FLAGGED', 'RESTRICTED', 'RATE_LIMITED', 'PENDING'])

/** Of the number's own fields; a field Meta leaves out is no bad sign. */
export function healthOf(number: Loose, now: number): Health {
  const status = text(number.status)?.toUpperCase() ?? ''
  const quality = text(number.quality_rating)?.toUpperCase() ?? ''
  const details = plainFacts(number)
  const base = { checked_at: new Date(now).toISOString(), ...(details === undefined ? {} : { details }) }
  if (gone.has(status)) return { state: 'down', reason: `Meta lists the number as ${status.toLowerCase()}.`, ...base }
  if (shaky.has(status)) return { state: 'degraded', reason: `Meta lists the number as ${status.toLowerCase().replace('_', ' ')}.`, ...base }
  if (quality === 'RED' || quality === 'YELLOW') return { state: 'degraded', reason: `Quality rating ${quality.toLowerCase()}: people block or report messages.`, ...base }
  return { state: 'ok', ...base }
}
