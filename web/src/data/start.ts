// Starts and ends the data of one login at one studio: line, outbox, counts and lists belong together.
import { createEffect, createRoot, createSignal, untrack } from 'solid-js'
import { reasonOf } from './api.ts'
import { forgetCounts, loadCounts } from './counts.ts'
import type { Head } from './facts.ts'
import { forgetLine, keepThread, onSnapshot } from './feed.ts'
import { openNewest } from './filter.ts'
import { lineState, startLive, stopLive } from './live.ts'
import { forgetPeople, loadPeople } from './people.ts'
import { startOutbox, stopOutbox } from './sending.ts'
import { session } from './session.ts'
import { facts, forget } from './store.ts'
import { openThread } from './threads.ts'
import { dropViews, type View, viewOf } from './views.ts'

let member: string | null = null
const [shown, setShown] = createSignal<View | null>(null)
const [problem, setProblem] = createSignal<string | null>(null)
/** Why the surroundings of the inbox (team, labels) could not be loaded; null when all is well. */
export const startProblem = problem

/** Begins for a member; again with the same member does nothing. */
export function startData(memberId: string): void {
  if (member === memberId) return
  stopData()
  member = memberId
  begun = true
  startLive(memberId)
  void startOutbox(memberId)
  void loadCounts(memberId)
  void loadAround()
}

export async function loadAround(): Promise<void> {
  setProblem(null)
  await loadPeople().catch(error => setProblem(reasonOf(error)))
}

export function stopData(): void {
  if (member === null) return
  member = null
  stopLive()
  stopOutbox()
  dropViews()
  forget()
  forgetLine()
  forgetCounts()
  forgetPeople()
}

/** Says which list is on the screen: it is renewed at once after a snapshot, the others when they are next shown. */
export function showView(view: View): void {
  setShown(view)
  if (view.status === 'new') void view.reload(seedFor(view, openIds))
}

const snapshotLimit = 200
let openIds: readonly string[] = []

onSnapshot(({ ids }) => {
  openIds = ids
  const view = untrack(shown)
  dropViews(view ?? undefined)
  // the first one answers the opening of the page: what was asked for a moment ago need not be asked again
  const first = begun
  begun = false
  if (view && !(first && isNewestOpen(view) && view.status !== 'failed')) void view.reload(seedFor(view, ids))
  if (member && !first) {
    void loadCounts(member)
    void loadAround()
  }
  if (openThreadId) void openThread(openThreadId)
})

let begun = true
let openThreadId: string | null = null
let openedAt = 0
const flickBelow = 300 // ms between two openings: someone runs through the list, only where they stop is loaded
const flickWait = 120

/** The thread on the screen is loaded, and renewed after a snapshot. One that the line kept fresh is not asked for again. */
export function showThread(id: string | null): void {
  openThreadId = id
  keepThread(id)
  if (!id || (facts.threads.has(id) && untrack(lineState) === 'live')) return
  const flicking = Date.now() - openedAt < flickBelow
  openedAt = Date.now()
  if (!flicking) void openThread(id)
  else setTimeout(() => { if (openThreadId === id) void openThread(id) }, flickWait)
}

function isNewestOpen(view: View): boolean {
  return view.filter.status === openNewest.status && view.filter.sort === openNewest.sort
}

/** A snapshot holds the newest open heads: enough to show that list before HTTP answers. */
function seedFor(view: View, ids: readonly string[]): { complete: boolean; last: Head | null } | undefined {
  if (ids.length === 0 || !isNewestOpen(view)) return undefined
  const oldest = ids.map(id => facts.conversations.get(id)).filter(head => head !== undefined).sort((a, b) => (a.last_message_at < b.last_message_at ? -1 : 1))[0]
  return { complete: ids.length < snapshotLimit, last: oldest ?? null }
}

createRoot(() => createEffect(() => {
  if (session() === null) stopData()
}))
