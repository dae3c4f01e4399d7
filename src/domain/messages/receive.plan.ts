// Turns a channel's events into the JSON parameters of an ingest. Pure: tested with arrays.
import type { EditEvent, InboundAttachment, InboundEvent, MessageEvent, Party, RevokeEvent, StatusEvent } from '../../contract/channel.ts'
import { clampToPast } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { canonicalPhone, phoneSpellings } from '../../platform/phone.ts'

export interface PartyRow { ct: string; cv: string; keys: string[]; name: string; display: string; phone: string | null; /** Every spelling of it, and of the number given up. */ phones: string[]; /** Spellings of the number given up for `phone`. */ was: string[] | null; email: string | null; source: string; referral: string | null; status: 'open' | 'closed'; at: number; xs: string[] }
export interface EventRow { id: string; x: string; k: string; dir: string; origin: string; type: string; content: string; status: string; by: string; name: string | null; reply: string | null; details: string | null; at: number; preview: string }
export interface FileRow { id: string; mid: string; position: number; kind: string; mime: string | null; filename: string | null; sha256: string | null; state: 'pending' | 'failed'; reason: string | null; source: string }
/** A line in the thread; `was`: the number that its person gave up with it. */
export type ThreadEvent = MessageEvent & { was?: string | undefined }
export interface MessagePlan { parties: PartyRow[]; events: EventRow[]; files: FileRow[] }

const previewLength = 160
const contentLimit = 64_000
const filenameLimit = 255
/** Facts and addresses beyond these are no provider's; a row's JSON must stay far below D1's 2 MB. */
const factsLimit = 64_000
const referenceLimit = 4_096

/** Rows for the message events of one account; the same external id twice in one body counts once. */
export function planMessages(events: ThreadEvent[], source: string, now: number): MessagePlan {
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
    if (event.referral !== undefined) party.referral ??= factsText(event.referral)
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

/** One act for each message: a revocation beats every edit, else the newest edit counts, whatever their order in the body. */
export function planEdits<E extends EditEvent | RevokeEvent>(events: E[]): E[] {
  const best = new Map<string, E>()
  for (const event of events) {
    const known = best.get(event.target)
    if (known === undefined || (known.kind !== 'revoke' && (event.kind === 'revoke' || !(known.at > event.at)))) best.set(event.target, event)
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

function partyOf(parties: PartyRow[], event: ThreadEvent, source: string, now: number): PartyRow {
  const known = parties.find(party => party.keys.some(key => event.party.keys.includes(key)))
  if (known !== undefined) {
    for (const key of event.party.keys) if (!known.keys.includes(key)) known.keys.push(key)
    if (known.phone === null || event.was !== undefined) Object.assign(known, numberOf(event))
    if (known.name === known.display) known.name = nameOf(event.party)
    return known
  }
  const display = addressOf(event.party)
  const party: PartyRow = {
    ct: newId('contact', now), cv: newId('conversation', now), keys: [...event.party.keys], name: nameOf(event.party), display, ...numberOf(event),
    email: event.party.email ?? null, source, referral: null, status: event.origin === 'history' ? 'closed' : 'open', at: 0, xs: [],
  }
  parties.push(party)
  return party
}

function nameOf(party: Party): string {
  const name = storable(party.name ?? '', 200).trim()
  return name !== '' ? name : addressOf(party)
}

function addressOf(party: Party): string {
  return storable(party.phone === undefined ? party.username ?? party.email ?? party.keys[0] ?? '' : canonicalPhone(party.phone), 200)
}

/** Messengers know some numbers by an old spelling: the contact carries the one in force and is found by each. */
function numberOf({ party, was }: ThreadEvent): Pick<PartyRow, 'phone' | 'phones' | 'was'> {
  if (party.phone === undefined) return { phone: null, phones: [], was: null }
  const [phones, given] = [phoneSpellings(party.phone), was === undefined ? null : phoneSpellings(was)]
  return { phone: phones[0] ?? null, phones: given === null ? phones : [...phones, ...given], was: given }
}

function authorKind(event: MessageEvent): string {
  if (event.direction === 'inbound') return event.type === 'system' ? 'system' : 'contact'
  return event.origin === 'standby' ? 'other_app' : 'phone_app'
}

function detailsOf(event: MessageEvent): string | null {
  const details = event.referral === undefined ? event.details : { ...event.details, referral: event.referral }
  return details === undefined ? null : factsText(details)
}

/** Facts that make the whole too long are left out, and `cut` says so. */
function factsText(facts: Record<string, unknown>): string {
  const whole = JSON.stringify(facts)
  if (whole.length <= factsLimit) return whole.toWellFormed().replaceAll('\\u0000', '')
  const fitting: Record<string, unknown> = { cut: true }
  let room = factsLimit - 20
  for (const [key, value] of Object.entries(facts)) {
    const size = JSON.stringify({ [key]: value }).length
    if (size > room) continue
    room -= size
    fitting[key] = value
  }
  return factsText(fitting)
}

function fileRow(file: InboundAttachment, mid: string, position: number, now: number): FileRow {
  const tooLong = (file.mediaId?.length ?? 0) > referenceLimit || (file.url?.length ?? 0) > referenceLimit
  const failed = file.failed ?? (tooLong ? 'The provider named a file that cannot be fetched.' : undefined)
  const cutTo = (text: string | undefined, limit: number): string | null => text === undefined ? null : storable(text, limit)
  return {
    id: newId('attachment', now), mid, position, kind: file.kind, mime: cutTo(file.mime, 200), filename: cutTo(file.filename, filenameLimit), sha256: cutTo(file.sha256, 200),
    state: failed === undefined ? 'pending' : 'failed', reason: cutTo(failed, 300), source: tooLong ? '{}' : JSON.stringify({ mediaId: file.mediaId, url: file.url }),
  }
}
