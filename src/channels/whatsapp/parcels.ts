// Splits a webhook body into one parcel per account and reads every change in it.
import type { InboundEvent, Parcel } from '../../contract/channel.ts'
import type { WebhookRequest } from '../channel.ts'
import { list, object, text, type Loose } from '../meta/loose.ts'
import { readJson } from '../meta/read-json.ts'
import { idOf } from '../meta/stable-id.ts'
import { readAccountChange, readCall, readContactSync, readPreference } from './account-events.ts'
import { digits, readHistory, readPast } from './history.ts'
import { oddity, readMessage } from './message.ts'
import { readStatus } from './status.ts'

/** Where a share goes that names no account at all; nothing routes there, so it ends in quarantine. */
export const unknownAccount = 'unknown'

interface Share { events: InboundEvent[]; parts: { entry: unknown; change?: unknown }[] }

/** Never drops a part: what has no known shape comes as an account event with its raw. Throws Problem MALFORMED for what is not JSON. */
export function parcels(request: WebhookRequest): Parcel[] {
  const { text: body, value } = readJson(request.body)
  const shares = new Map<string, Share>()
  const entries = list(object(value)?.entry)
  for (const entry of entries) readEntry(entry, shares)
  if (shares.size === 0) put(shares, unknownAccount, { entry: value }, [oddity(value, 'A webhook without entries')])
  const alone = shares.size === 1
  return [...shares].map(([account, share]) => ({ account, events: share.events, raw: alone ? body : rawOf(share, object(value)?.object) }))
}

function readEntry(value: unknown, shares: Map<string, Share>): void {
  const entry = object(value)
  const waba = idOf(entry?.id)
  const home = waba === undefined ? unknownAccount : `waba:${waba}`
  // Some webhooks of Meta put field and value into the entry itself.
  const changes = list(entry?.changes ?? (entry?.field === undefined ? undefined : [entry]))
  if (entry === undefined || changes.length === 0) return put(shares, home, { entry: value }, [oddity(value, 'An entry without changes')])
  for (const change of changes) {
    const holder = object(change)
    const phone = idOf(object(object(holder?.value)?.metadata)?.phone_number_id)
    const account = phone === undefined ? home : `phone:${phone}`
    put(shares, account, { entry, change }, holder === undefined ? [oddity(change, 'A change that is not an object')] : readChange(holder, entry.time))
  }
}

function readChange(change: Loose, entryTime: unknown): InboundEvent[] {
  const field = text(change.field) ?? 'messages'
  const value = object(change.value)
  if (value === undefined) return [readAccountChange(field, change.value, entryTime)]
  const events: InboundEvent[] = []
  const contacts = list(value.contacts)
  const origin = originOf(field)
  const own = origin === 'history' ? digits(object(value.metadata)?.display_phone_number) : ''
  for (const one of list(value.messages)) {
    events.push(origin === 'history' ? readPast(one, undefined, contacts, own) : readMessage(one, { direction: 'inbound', origin, contacts }))
  }
  for (const one of list(value.message_echoes)) {
    events.push(readMessage(one, { direction: 'outbound', origin: origin === 'live' ? 'echo' : origin, contacts }))
  }
  for (const one of list(value.statuses)) events.push(readStatus(one, contacts))
  for (const one of list(value.history)) for (const event of readHistory(one, contacts, own)) events.push(event)
  for (const one of list(value.calls)) events.push(readCall(one, contacts))
  for (const one of list(value.user_preferences)) events.push(readPreference(one, contacts))
  for (const one of list(value.state_sync)) events.push(readContactSync(one))
  const unread = events.length === 0 || field === 'messaging_handovers' || list(value.errors).length > 0
  if (unread) events.push(readAccountChange(field, value, entryTime))
  return events
}

/** Only the fields that mean "this is for you" are live; messages under a field we do not know are kept, never answered. */
function originOf(field: string): 'live' | 'history' | 'standby' {
  if (field === 'messages' || field === 'smb_message_echoes' || field === 'calls') return 'live'
  return field === 'history' ? 'history' : 'standby'
}

function put(shares: Map<string, Share>, account: string, part: Share['parts'][number], events: InboundEvent[]): void {
  const share = shares.get(account) ?? { events: [], parts: [] }
  shares.set(account, share)
  // Not push(...events): a hostile body can hold more parts than a call may have arguments.
  for (const event of events) share.events.push(event)
  share.parts.push(part)
}

/** The body as it would have come for this account alone. */
function rawOf(share: Share, kind: unknown): string {
  const entries: Loose[] = []
  let last: unknown
  for (const { entry, change } of share.parts) {
    const whole = object(entry)
    if (change === undefined || whole === undefined || change === entry) entries.push({ ...(whole ?? { value: entry }) })
    else if (entry === last) (entries.at(-1)?.changes as unknown[]).push(change)
    else entries.push({ ...whole, changes: [change] })
    last = entry
  }
  return JSON.stringify({ object: kind, entry: entries })
}
