// Full-text search of one studio: follows the change log, finds in spite of slips, and shows only what D1 holds now.
import { DurableObject } from 'cloudflare:workers'
import type { SearchHits } from '../contract/inbox.ts'
import { openStudio } from '../db/open-studio.ts'
import type { Scope } from '../db/open-studio.ts'
import type { SearchFollower } from '../db/relay.ts'
import type { Bindings } from '../platform/bindings.ts'
import { observe } from '../platform/metrics.ts'
import { step } from './search/follow.ts'
import { readHits } from './search/hits.ts'
import { IndexStore, phoneFragment } from './search/index-store.ts'
import { lookUp, termsOf } from './search/look-up.ts'

/** Hits with whether the index is still behind. */
export type Answer = SearchHits & { partial: boolean }

/** How long a query waits for the index to catch up, and how long an alarm works at a stretch, ms. */
const queryBudgetMs = 300
const alarmBudgetMs = 5_000
/** Documents re-read beyond those asked for, because some may be gone. */
const spare = 20

export interface SearchCalls extends SearchFollower { search(studioId: string, query: string, limit: number): Promise<Answer> }

export class StudioSearch extends DurableObject<Bindings> implements SearchCalls {
  readonly #store: IndexStore
  #following: Promise<boolean> | null = null

  constructor(context: DurableObjectState, env: Bindings) {
    super(context, env)
    this.#store = new IndexStore(context.storage.sql)
  }

  /** At most `limit` of each kind, nearest first. `partial`: older or the very newest rows may still be missing. */
  async search(studioId: string, query: string, limit: number): Promise<Answer> {
    const start = performance.now()
    const scope = await openStudio(this.env, studioId, { kind: 'system' })
    if (this.#store.get('studio') !== studioId) this.#store.set('studio', studioId)
    // An alarm may be at work for seconds: a query answers with what there is.
    const whole = await Promise.race([this.#follow(scope, queryBudgetMs), scheduler.wait(queryBudgetMs * 2).then(() => false)])
    if (!whole) await this.ctx.storage.setAlarm(Date.now() + 10)
    const digits = phoneFragment(query)
    const terms = termsOf(this.#store, digits ?? query)
    const people = digits === null ? lookUp(this.#store, 'contact', terms, limit + spare) : this.#store.byDigits(digits, limit + spare)
    const said = lookUp(this.#store, 'message', terms, limit + spare)
    const hits = await readHits(scope, { terms, digits }, { contacts: people.map(found => found.id), messages: said.map(found => found.id) })
    observe('search_duration_seconds', (performance.now() - start) / 1000)
    return { contacts: hits.contacts.slice(0, limit), messages: hits.messages.slice(0, limit), partial: !whole }
  }

  /** For what must not wait for the next query, as an erasure. An index that nobody has asked holds nothing. */
  async catchUp(studioId: string): Promise<void> {
    if (this.#store.get('studio') === studioId) await this.alarm()
  }

  override async alarm(): Promise<void> {
    const studioId = this.#store.get('studio')
    if (studioId === null) return
    const scope = await openStudio(this.env, studioId, { kind: 'system' })
    if (!(await this.#follow(scope, alarmBudgetMs))) await this.ctx.storage.setAlarm(Date.now() + 10)
  }

  /** One at a time: whoever comes second waits for the first, then goes on from there. */
  async #follow(scope: Scope, budgetMs: number): Promise<boolean> {
    if (this.#following !== null) await this.#following.catch(() => false)
    this.#following ??= this.#steps(scope, budgetMs).finally(() => {
      this.#following = null
    })
    return this.#following
  }

  async #steps(scope: Scope, budgetMs: number): Promise<boolean> {
    const end = Date.now() + budgetMs
    do {
      if (await step(this.#store, scope, write => this.ctx.storage.transactionSync(write))) return true
    } while (Date.now() < end)
    return false
  }
}
