// Group commit: bodies that arrive while a batch of the same account is under way are stored together by the next one.
import type { InboundEvent } from '../../contract/channel.ts'
import type { Scope } from '../../db/open-studio.ts'
import { now as clock } from '../../platform/clock.ts'
import { describe, log } from '../../platform/log.ts'
import { count } from '../../platform/metrics.ts'
import { receive } from './receive.ts'
import type { Receipt, ReceivedFrom } from './receive.ts'

interface Waiting { events: InboundEvent[]; receipt: Receipt; tell(word: Word): void; /** A batch has taken it along: it waits for that batch. */ taken: boolean }
/** `stored`: somebody's batch held it. `lead`: store these with yours. `alone`: that batch failed, try by yourself. */
type Word = 'stored' | 'alone' | { lead: Waiting[] }

interface Line { waiting: Waiting[]; /** When its newest batch began, ms. */ since: number }

/** An account with a line has a batch under way. */
const lines = new Map<string, Line>()
const groupAtMost = 40
/** A request may vanish with the baton in its hand: after this long its followers go alone, and a newcomer opens a new line. */
const patienceMs = 400
/** For a batch that has begun; longer than the database's own deadline would only make a provider wait. */
const batchPatienceMs = 4_000

/** Returns once the events are stored. Without company it costs nothing: the first body goes at once, by itself. Throws what the commit throws. */
export async function receiveTogether(scope: Scope, from: ReceivedFrom, events: InboundEvent[], receipt: Receipt): Promise<void> {
  const key = `${scope.studio.id}|${from.account}`
  const line = lines.get(key)
  const alone = (): Promise<unknown> => receive(scope, from, events, receipt)
  if (line === undefined || clock() - line.since > patienceMs) return lead(key, { waiting: [], since: clock() }, alone)
  const word: Word = groupable(events) ? await follow(line.waiting, events, receipt) : 'alone'
  if (word === 'stored') return
  if (word === 'alone') return void await alone()
  const group = word.lead
  await lead(key, line, async () => {
    try {
      count('ingest_groups_total')
      await receive(scope, from, [events, ...group.map(one => one.events)].flat(), [receipt, ...group.map(one => one.receipt)])
      for (const one of group) one.tell('stored')
    } catch (error) {
      // One bad body must not fail its neighbours: each tries by itself, and so does this one.
      log('warn', 'ingest.group_failed', { size: group.length + 1, error: describe(error) })
      for (const one of group) one.tell('alone')
      await alone()
    }
  })
}

async function lead(key: string, line: Line, run: () => Promise<unknown>): Promise<void> {
  lines.set(key, line)
  line.since = clock()
  try {
    await run()
  } finally {
    if (lines.get(key) === line) passBaton(key, line)
  }
}

/** The first who waits leads the next batch with all who wait with it; nobody waiting: the account is free. */
function passBaton(key: string, line: Line): void {
  const next = line.waiting.shift()
  if (next === undefined) lines.delete(key)
  else {
    const group = line.waiting.splice(0, groupAtMost - 1)
    for (const one of group) one.taken = true
    next.tell({ lead: group })
  }
}

/** Every timer is set here, by the request that waits: one set by another request would end with that request. */
async function follow(waiting: Waiting[], events: InboundEvent[], receipt: Receipt): Promise<Word> {
  const { promise: told, resolve } = Promise.withResolvers<Word>()
  const entry: Waiting = { events, receipt, tell: resolve, taken: false }
  waiting.push(entry)
  const first = await Promise.race([told, late(patienceMs)])
  if (first !== 'late') return first
  const at = waiting.indexOf(entry)
  if (at >= 0) {
    waiting.splice(at, 1)
    return 'alone'
  }
  // Out of the line: taken along, or the baton came in this very moment.
  const second = entry.taken ? await Promise.race([told, late(batchPatienceMs)]) : await told
  return second === 'late' ? 'alone' : second
}

function late(ms: number): Promise<'late'> {
  return new Promise(resolve => setTimeout(() => resolve('late'), ms))
}

/** Plain messages only: statuses and edits may need what their own body holds, in its order. */
function groupable(events: InboundEvent[]): boolean {
  return events.length <= 5 && events.every(event => event.kind === 'message' && event.attachments.length === 0)
}
