// One per shard: every five seconds it wakes what is due and pokes the hubs that are behind. Nothing depends on a relay arriving.
import { DurableObject } from 'cloudflare:workers'
import { sweepShard } from '../db/open-shard.ts'
import type { DueJob, StudioHead } from '../db/open-shard.ts'
import { findPlace } from '../db/open-studio.ts'
import { hubOf, wake } from '../db/relay.ts'
import { revocationsSince } from '../db/directory/revocations.ts'
import type { Bindings } from '../platform/bindings.ts'
import { minute, second } from '../platform/clock.ts'
import { describe, log } from '../platform/log.ts'
import type { Gone } from './hub/revocation.ts'
import { pokeBehind, tellEach } from './sweep/tell-hubs.ts'

const everyMs = 5 * second
/** A job that was woken may still wait in its queue: it is not woken again so soon. */
const wakeAgainMs = 30 * second
const atOnce = 1_000

export class ShardSweeper extends DurableObject<Bindings> {
  readonly #woken = new Map<string, number>()
  readonly #acknowledged = new Map<string, number>()
  #revokedUntil = 0

  /** Called by boot, cron and any request: starts the alarm when it does not run. */
  async ensure(shard: number): Promise<void> {
    if (this.ctx.storage.kv.get<number>('shard') !== shard) this.ctx.storage.kv.put('shard', shard)
    const at = await this.ctx.storage.getAlarm()
    if (at === null || at < Date.now() - minute) await this.ctx.storage.setAlarm(Date.now() + 50)
  }

  override async alarm(): Promise<void> {
    const shard = this.ctx.storage.kv.get<number>('shard')
    if (shard === undefined) return
    // Set first: a sweep that fails or is cut off is followed by another.
    await this.ctx.storage.setAlarm(Date.now() + everyMs)
    try {
      await this.sweep(shard)
    } catch (error) {
      log('warn', 'sweep.failed', { shard, error: describe(error) })
    }
  }

  async sweep(shard: number): Promise<void> {
    const now = Date.now()
    const { due, heads } = await sweepShard(this.env, shard, now, atOnce)
    await Promise.all([this.#wakeDue(due, now), this.#pokeHubs(heads), this.#tellRevoked(shard, now)])
  }

  async #wakeDue(due: DueJob[], now: number): Promise<void> {
    for (const [key, at] of this.#woken) if (at < now - wakeAgainMs) this.#woken.delete(key)
    const fresh = due.filter(job => !this.#woken.has(`${job.studio_id}|${job.id}`))
    for (const job of fresh) this.#woken.set(`${job.studio_id}|${job.id}`, now)
    const byStudio = Map.groupBy(fresh, job => job.studio_id)
    await Promise.all([...byStudio].map(([studioId, jobs]) => wake(this.env, studioId, jobs.map(job => ({ id: job.id, queue: job.queue, run_at: now })))))
  }

  async #pokeHubs(heads: StudioHead[]): Promise<void> {
    await pokeBehind(heads, this.#acknowledged, async head => {
      const place = await findPlace(this.env, head.studio_id)
      return place === undefined ? null : hubOf(this.env, head.studio_id).poke(head.studio_id, place.epoch, head.seq)
    })
  }

  async #tellRevoked(shard: number, now: number): Promise<void> {
    const rows = await revocationsSince(this.env, shard, Math.max(this.#revokedUntil, now - 2 * minute))
    const told = await tellEach([...Map.groupBy(rows, row => row.studio_id)], async ([studioId, gone]) => {
      const hub = hubOf(this.env, studioId) as { revoke(studioId: string, gone: Gone): Promise<void> }
      await hub.revoke(studioId, {
        sessions: gone.flatMap(row => row.session_id ?? []),
        members: gone.flatMap(row => (row.member_id === null ? [] : [{ id: row.member_id, since: row.at }])),
      })
    })
    // One sweep of overlap: a row may carry a time a little before its commit. What a hub did not hear is told again.
    if (told) this.#revokedUntil = now - everyMs
  }
}
