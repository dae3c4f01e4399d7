// Turns a channel's events into the JSON parameters of an ingest. Pure: tested with arrays.
import type { InboundAttachment, InboundEvent, MessageEvent, Party, StatusEvent } from '../../contract/channel.ts'
import { clampToPast } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'

export interface PartyRow { ct: string; cv: string; keys: string[]; name: string; display: string; phone: string | null; email: string | null; source: string; referral: string | null; status: 'open' | 'closed'; at: number; xs: string[] }
export interface EventRow { id: string; x: string; k: string; dir: string; origin: string; type: string; content: string; status: string; by: string; name: string | null; reply: string | null; details: string | null; at: number; preview: string }
export interface FileRow { id: string; mid: string; position: number; kind: string; mime: string | null; filename: string | null; sha256: string | null; state: 'pending' | 'failed'; reason: string | null; source: string }
export interface MessagePlan { parties: PartyRow[]; events: EventRow[]; files: FileRow[] }

const previewLength = 160
const contentLimit = 64_000
const filenameLimit = 255

/** Rows for the message events of one account; the same external id twice in one body counts once. */
export function planMessages(events: MessageEvent[], source: string, now: number): MessagePlan {
  const parties: PartyRow[] = []
  const rows: EventRow[] = []
  const files: FileRow[] = []
  const seen = new Set<string>()
  for (const event of events) {
    const key = event.party.keys[0]
    if (seen.has(event.externalId) || key === undefined) continue
    seen.add(event.externalId)
    const at = clampToPast(event.at, now)
    const id = newId('message', now)
    const party = partyOf(parties, event, source, now)
    party.xs.push(event.externalId)
    party.at = Math.max(party.at, at)
    if (event.origin !== 'history') party.status = 'open'
    if (event.referral !== undefined) party.referral ??= JSON.stringify(event.referral)
    rows.push({
      id, x: event.externalId, k: key, dir: event.direction, origin: event.origin, type: event.type, content: storable(event.content, contentLimit),
      status: event.direction === 'inbound' ? 'received' : event.status ?? 'sent', by: authorKind(event), name: event.direction === 'inbound' ? nameOf(event.party) : null,
      reply: event.replyTo ?? null, details: detailsOf(event), at, preview: previewOf(event.type, event.content),
    })
    event.attachments.forEach((file, position) => files.push(fileRow(file, id, position, now)))
  }
  return { parties, events: rows, files }
}

/** Highest status of each message in this body; a failure stands beside it. */
export function planStatuses(events: StatusEvent[], ranks: Record<string, number>): StatusEvent[] {
  const best = new Map<string, StatusEvent>()
  for (const event of events) {
    const key = `${event.externalId}|${event.status === 'failed'}`
    const known = best.get(key)
    if (known === undefined || (ranks[event.status] ?? 0) > (ranks[known.status] ?? 0)) best.set(key, { ...known, ...event, tag: event.tag ?? known?.tag })
  }
  return [...best.values()]
}

/** A short line for lists: what was said, or what kind of thing came. */
export function previewOf(type: string, content: string): string {
  const text = content.replace(/\s+/g, ' ').trim()
  return storable(text === '' ? `[${type}]` : text, previewLength)
}

/** Cut at a whole character, without NUL and lone surrogates. */
export function storable(text: string, limit: number): string {
  const clean = text.includes('\u0000') ? text.replaceAll('\u0000', '') : text
  const cut = clean.length > limit ? clean.slice(0, limit) : clean
  return cut.isWellFormed() ? cut : cut.toWellFormed()
}

export function messagesOf(events: InboundEvent[]): MessageEvent[] {
  return events.filter(event => event.kind === 'message')
}

function partyOf(parties: PartyRow[], event: MessageEvent, source: string, now: number): PartyRow {
  const known = parties.find(party => party.keys.some(key => event.party.keys.includes(key)))
  if (known !== undefined) {
    for (const key of event.party.keys) if (!known.keys.includes(key)) known.keys.push(key)
    known.phone ??= event.party.phone ?? null
    if (known.name === known.display) known.name = nameOf(event.party)
    return known
  }
  const display = storable(event.party.phone ?? event.party.username ?? event.party.email ?? event.party.keys[0] ?? '', 200)
  const party: PartyRow = {
    ct: newId('contact', now), cv: newId('conversation', now), keys: [...event.party.keys], name: nameOf(event.party), display, phone: event.party.phone ?? null,
    email: event.party.email ?? null, source, referral: null, status: event.origin === 'history' ? 'closed' : 'open', at: 0, xs: [],
  }
  parties.push(party)
  return party
}

function nameOf(party: Party): string {
  const name = storable(party.name ?? '', 200).trim()
  return name !== '' ? name : storable(party.phone ?? party.username ?? party.email ?? party.keys[0] ?? '', 200)
}

function authorKind(event: MessageEvent): string {
  if (event.direction === 'inbound') return event.type === 'system' ? 'system' : 'contact'
  return event.origin === 'standby' ? 'other_app' : 'phone_app'
}

function detailsOf(event: MessageEvent): string | null {
  const details = event.referral === undefined ? event.details : { ...event.details, referral: event.referral }
  return details === undefined ? null : JSON.stringify(details).toWellFormed().replaceAll('\\u0000', '')
}

function fileRow(file: InboundAttachment, mid: string, position: number, now: number): FileRow {
  return {
    id: newId('attachment', now), mid, position, kind: file.kind, mime: file.mime ?? null, filename: file.filename === undefined ? null : storable(file.filename, filenameLimit),
    sha256: file.sha256 ?? null, state: file.failed === undefined ? 'pending' : 'failed', reason: file.failed === undefined ? null : storable(file.failed, 300),
    source: JSON.stringify({ mediaId: file.mediaId, url: file.url }),
  }
}
