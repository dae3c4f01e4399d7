// Stores what a channel delivered: one batch, one round trip, the same for one event and for a thousand.
import { sql } from 'drizzle-orm'
import { statusRank } from '../../contract/channel.ts'
import type { AccountEvent, ChannelType, EditEvent, IdentityEvent, InboundEvent, MessageEvent, ReactionEvent, RevokeEvent, StatusEvent } from '../../contract/channel.ts'
import { change } from '../../db/changes.ts'
import { addJob } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect } from '../../db/statement.ts'
import type { Values, Write } from '../../db/statement.ts'
import { clampToPast } from '../../platform/clock.ts'
import { newSecret } from '../../platform/ids.ts'
import { emptyAgain } from './empty-again.ts'
import { forget, isKnown, remember } from './known-parties.ts'
import { thinkingDelay } from './pace.ts'
import { receipts } from './messages.sql.ts'
import { completePending, tellCompleted } from './pending-media.statements.ts'
import { planEdits, planMessages, planStatuses, storable } from './receive.plan.ts'
import type { MessagePlan, ThreadEvent } from './receive.plan.ts'
import * as at from './receive.statements.ts'
import * as on from './status.statements.ts'

export interface ReceivedFrom {
  /** The integration that the events came through. */
  account: string
  channel: ChannelType
  /** How long new messages of a conversation are gathered before the assistant looks, ms. */
  debounceMs?: number
}
/** The raw share of the body: in the row, or in R2 under `r2Key`; both null when it is kept already. */
export interface Receipt { id: string; raw: string | null; r2Key: string | null }
export interface Received { stored: number; known: number }

/** Safe to call again with the same events: a known external id writes nothing and gets no seq. Several bodies may come as one. */
export async function receive(scope: Scope, from: ReceivedFrom, events: InboundEvent[], receipts: Receipt | Receipt[]): Promise<Received> {
  const given = [receipts].flat()
  const plan = planMessages([...messagesOf(events)], from.channel, scope.now)
  const kept = given.filter(receipt => receipt.raw !== null || receipt.r2Key !== null)
  const rest = writesForRest(events, scope.now)
  const values: Values = {
    account: from.account, channel: from.channel, author: 'contact', debounce: from.debounceMs ?? thinkingDelay(scope.now, plan.events.length),
    receipts: JSON.stringify(kept), parties: JSON.stringify(plan.parties), events: JSON.stringify(plan.events), heads: JSON.stringify(plan.events.map(({ id, preview }) => ({ id, preview }))), files: JSON.stringify(plan.files), ...rest.values,
  }
  if (events.length > 1 && isTooLong(values)) return receiveHalves(scope, from, events, given)
  const allKnown = plan.parties.every(party => isKnown(scope.studio.id, from.account, party))
  let stored = await run(scope, [...(kept.length === 0 ? [] : [at.keepReceipts]), ...messageWrites(plan, !allKnown), ...rest.writes], values)
  if (allKnown && stored < plan.events.length) {
    // Redelivered, or what the isolate remembers is gone (erased, restored): the full form decides.
    for (const party of plan.parties) forget(scope.studio.id, from.account, party)
    stored += await run(scope, messageWrites(plan, true), values)
  }
  if (stored < plan.events.length && kept.length > 0) await scope.db.commit([emptyAgain(from.account, kept.map(receipt => receipt.id), plan.events.map(event => event.x))])
  for (const party of plan.parties) remember(scope.studio.id, from.account, party)
  return { stored, known: plan.events.length - stored }
}

/** One parameter of D1 holds 2 MB; a character of JSON text takes at most three bytes. */
const longestValue = 600_000

function isTooLong(values: Values): boolean {
  for (const key in values) if (typeof values[key] === 'string' && values[key].length > longestValue) return true
  return false
}

async function receiveHalves(scope: Scope, from: ReceivedFrom, events: InboundEvent[], receipts: Receipt[]): Promise<Received> {
  const [half, kept] = [Math.ceil(events.length / 2), Math.ceil(receipts.length / 2)]
  const first = await receive(scope, from, events.slice(0, half), receipts.slice(0, kept))
  const second = await receive(scope, from, events.slice(half), receipts.slice(kept))
  return { stored: first.stored + second.stored, known: first.known + second.known }
}

function messageWrites(plan: MessagePlan, full: boolean): Write[] {
  if (plan.events.length === 0) return []
  const parents = full ? [at.addContacts, at.addConversations, at.addIdentities, at.completeContacts] : []
  const late = plan.files.length > 0 && plan.events.some(event => event.origin === 'history')
  const files = plan.files.length === 0 ? [] : [...(late ? completePending : []), at.addFiles, at.addFileJobs]
  return [...parents, at.addMessages, ...files, at.moveHeads, at.addThinking, at.tellMessages, ...(late ? [tellCompleted] : [])]
}

async function run(scope: Scope, writes: Write[], values: Values): Promise<number> {
  if (writes.length === 0) return 0
  const batch = newSecret()
  const { changes } = await scope.db.commit(writes.map(write => ({ ...write, values: { ...values, batch, ...write.values } })))
  return changes.filter(row => row.kind === 'message.created').length
}

/** A person whose address changed shows as a line in the thread, stored under the old and the new address. */
function* messagesOf(events: InboundEvent[]): Generator<ThreadEvent> {
  for (const event of events) {
    if (event.kind === 'message') yield event
    if (event.kind === 'identity') yield systemLine(event)
  }
}

function systemLine(event: IdentityEvent): ThreadEvent {
  const party = { ...event.before, ...event.after, keys: [...event.before.keys, ...event.after.keys.filter(key => !event.before.keys.includes(key))] }
  const was = event.before.phone !== undefined && event.after.phone !== undefined && event.before.phone !== event.after.phone ? event.before.phone : undefined
  return { kind: 'message', was, externalId: event.externalId, at: event.at, party, direction: 'inbound', origin: 'echo', type: 'system', content: event.content, attachments: [], raw: event.raw }
}

function writesForRest(events: InboundEvent[], now: number): { writes: Write[]; values: Values } {
  const of = <K extends InboundEvent['kind']>(...kinds: K[]) => events.filter(event => (kinds as string[]).includes(event.kind)) as Extract<InboundEvent, { kind: K }>[]
  const statuses = planStatuses(of('status'), statusRank)
  const reactions = of('reaction')
  const edits = planEdits(of('edit', 'revoke'))
  const accounts = of('account')
  const touched = [...statuses.flatMap(event => [event.externalId, event.tag]), ...reactions.map(event => event.target), ...edits.map(event => event.target)].filter(id => id !== undefined)
  const writes: Write[] = []
  if (statuses.length > 0) writes.push(on.applyStatuses, on.parkStatuses, on.addUnparking)
  if (reactions.length > 0) writes.push(on.applyReactions)
  if (edits.length > 0) writes.push(on.applyEdits, on.dropFiles, on.addFileErasures, on.parkEdits, on.addEditUnparking)
  if (touched.length > 0) writes.push(on.tellTouched)
  if (events.some(event => event.kind === 'message' && event.origin === 'echo')) writes.push(on.wakeParked)
  for (const event of accounts) writes.push(...accountWrites(event))
  return {
    writes,
    values: {
      statuses: JSON.stringify(statuses.map(statusRow)), reactions: JSON.stringify(lastPerSide(reactions).map(event => reactionRow(event, now))),
      edits: JSON.stringify(edits.map(event => editRow(event, now))), touchedIds: JSON.stringify([...new Set(touched)]),
    },
  }
}

function statusRow(event: StatusEvent) {
  const { raw, ...kept } = event
  const error = event.error === undefined ? null : JSON.stringify({ code: event.error.code, reason: event.error.reason, next: event.error.next })
  return { x: event.externalId, status: event.status, tag: event.tag ?? null, error, what: event.status, event: JSON.stringify({ ...kept, raw: null }) }
}

function reactionRow(event: ReactionEvent, now: number) {
  return { target: event.target, side: event.direction === 'inbound' ? 'contact' : 'us', emoji: storable(event.emoji, 32), at: clampToPast(event.at, now) }
}

function lastPerSide(events: ReactionEvent[]): ReactionEvent[] {
  const last = new Map<string, ReactionEvent>()
  for (const event of events) {
    const key = `${event.target}|${event.direction}`
    const known = last.get(key)
    if (known === undefined || !(known.at > event.at)) last.set(key, event)
  }
  return [...last.values()]
}

function editRow(event: EditEvent | RevokeEvent, now: number) {
  const content = event.kind === 'edit' ? storable(event.content, 64_000) : ''
  const at = clampToPast(event.at, now)
  return { x: event.target, what: event.kind, content, at, event: JSON.stringify({ ...event, ...(event.kind === 'edit' ? { content } : {}), at, raw: null }) }
}

function accountWrites(event: AccountEvent): Write[] {
  const integration = sql.placeholder('account')
  // An account event is no row of ours: a receipt without a body remembers that it was told.
  const once = insertSelect(receipts, { id: sql`${integration} || ${`|${event.externalId}`}`, accountId: integration, receivedAt: sql.placeholder('now'), body: null, r2Key: null }, sql`where true`)
  const told = change('account.event', integration, sql`json_object('what', ${event.what}, 'content', ${storable(event.content, 500)}, 'integration_id', ${integration})`, sql`where changes() > 0`)
  const kind = event.what === 'template' ? 'templates.sync' : event.what === 'quality' || event.what === 'restriction' ? 'health.check' : null
  return kind === null ? [once, told] : [once, told, addJob({ id: sql`${`${kind}:`} || ${integration}`, kind, queue: 'chores', subject: integration, runAt: sql`${sql.placeholder('now')} + 1000` }, { debounce: true, tail: sql`where changes() > 0` })]
}
