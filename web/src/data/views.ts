// Filtered lists of conversations: loaded page by page, kept in order by events without ever being rebuilt.
import { createSignal } from 'solid-js'
import type { ConversationForMember } from '../../../src/contract/inbox.ts'
import { SortedIds } from '../lib/sorted-ids.ts'
import { api, reasonOf } from './api.ts'
import type { Head } from './facts.ts'
import { seqNow, takeRows } from './feed.ts'
import { type Filter, keyFor, matches, queryFor, orderOf } from './filter.ts'
import { createVersion } from './keyed.ts'
import { commit, facts, onHead, peekHead } from './store.ts'

const perPage = 50

/** One list. `track` makes a computation depend on its order; `ids` is kept in place. */
export class View {
  readonly filter: Filter
  readonly #me: string
  readonly #order: SortedIds
  readonly #version = createVersion()
  readonly #status = createSignal<'new' | 'loading' | 'ready' | 'failed'>('new')
  readonly #reason = createSignal('')
  #cursor: string | null = null
  #complete = false
  /** Key and id of the last row that came by HTTP or snapshot: below it there are rows that we do not know. */
  #frontier: { id: string; key: string } | null = null
  #round = 0
  /** Stays in the list though it matches no more (a person is reading it). */
  #kept: string | null = null

  constructor(filter: Filter, me: string) {
    this.filter = filter
    this.#me = me
    this.#order = new SortedIds(orderOf(filter))
  }

  get ids(): readonly string[] {
    this.#version.track()
    return this.#order.ids
  }
  get status() { return this.#status[0]() }
  get reason() { return this.#reason[0]() }
  /** All rows are here. */
  get complete(): boolean {
    this.#version.track()
    return this.#complete
  }
  indexOf(id: string): number {
    return this.#order.indexOf(id)
  }

  /** The conversation being read stays until another is. */
  keep(id: string | null): void {
    const before = this.#kept
    this.#kept = id
    if (before && before !== id) this.change(before, peekHead(before))
  }

  /** Begins anew from page one, showing meanwhile what is already known. */
  async reload(seed?: { complete: boolean; last: Head | null }): Promise<void> {
    this.#round += 1
    this.#cursor = null
    this.#complete = false
    this.#frontier = null
    if (seed) {
      this.#order.clear()
      this.#complete = seed.complete
      if (seed.last) this.#frontier = { id: seed.last.id, key: keyFor(this.filter, seed.last) }
      for (const id of facts.conversations.keys()) this.change(id, peekHead(id))
      this.#version.touch()
    }
    await this.#page()
  }

  async more(): Promise<void> {
    if (this.#status[0]() === 'loading' || (this.#complete && this.#cursor === null)) return
    await this.#page()
  }

  /** Takes a changed conversation in, moves it or lets it go. */
  change(id: string, head: Head | undefined): void {
    const wanted = head !== undefined && (matches(this.filter, head, this.#me) || id === this.#kept && this.#order.has(id))
    if (!wanted) {
      if (this.#order.remove(id)) this.#version.touch()
      return
    }
    const key = keyFor(this.filter, head)
    if (!this.#order.has(id) && !this.#covers(id, key)) return
    if (this.#order.put(id, key)) this.#version.touch()
  }

  #covers(id: string, key: string): boolean {
    if (this.#complete) return true
    if (!this.#frontier) return false
    const sign = orderOf(this.filter) === 'ascending' ? 1 : -1
    const order = key === this.#frontier.key ? (id < this.#frontier.id ? -1 : 1) : key < this.#frontier.key ? -1 : 1
    return order * sign <= 0 || id === this.#frontier.id
  }

  async #page(): Promise<void> {
    const round = this.#round
    const first = this.#cursor === null
    const asked = seqNow()
    this.#status[1]('loading')
    try {
      const { data, pagination } = await api.page<ConversationForMember>('/api/conversations', { ...queryFor(this.filter), per_page: perPage, cursor: this.#cursor ?? undefined })
      if (round !== this.#round) return
      if (first && !this.#frontier) this.#order.clear()
      this.#cursor = pagination?.next_cursor ?? null
      const last = data.at(-1)
      if (last) {
        const edge = { id: last.id, key: keyFor(this.filter, last) }
        if (!this.#covers(edge.id, edge.key)) this.#frontier = edge
      }
      this.#complete = this.#cursor === null
      commit(takeRows(data, asked))
      for (const row of data) this.change(row.id, peekHead(row.id))
      // what changed while the page was on its way had no place to go yet
      for (const head of facts.conversations.values()) if (head.touched > asked) this.change(head.id, peekHead(head.id))
      this.#status[1]('ready')
      this.#version.touch()
    } catch (error) {
      if (round !== this.#round) return
      this.#reason[1](reasonOf(error))
      this.#status[1]('failed')
    }
  }
}

const views = new Map<string, View>()
const mostViews = 12

/** The view of a filter, made when first asked for and kept up to date from then on. */
export function viewOf(filter: Filter, me: string): View {
  const name = JSON.stringify(queryFor(filter)) + me
  let view = views.get(name)
  if (view) views.delete(name)
  else view = new View(filter, me)
  views.set(name, view)
  if (views.size > mostViews) views.delete(views.keys().next().value!)
  return view
}

onHead((id, _before, after) => {
  for (const view of views.values()) view.change(id, after)
})

/** After a snapshot or a switch: every list but the shown one is made anew when it is next asked for. */
export function dropViews(except?: View): void {
  for (const [name, view] of views) if (view !== except) views.delete(name)
}
