// The one Durable Object that holds the simulated world, and what its parts are handed.

import { DurableObject } from 'cloudflare:workers'
import { createApp } from './app.ts'
import type { Env } from './env.ts'
import { Store } from './store.ts'
import { Timers } from './timers.ts'

export interface World {
  env: Env
  store: Store
  timers: Timers
}

export class SimulatorWorld extends DurableObject<Env> {
  private readonly timers: Timers
  private readonly app: ReturnType<typeof createApp>

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const store = new Store(ctx.storage.sql)
    this.timers = new Timers(store, ctx.storage)
    void ctx.blockConcurrencyWhile(() => this.timers.arm())
    this.app = createApp({ env, store, timers: this.timers })
  }

  override fetch(request: Request): Response | Promise<Response> {
    return this.app.fetch(request)
  }

  override alarm(): Promise<void> {
    return this.timers.run()
  }
}
