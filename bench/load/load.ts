// The orchestrator's side of the load generator: starts it on its own core and speaks to it.
import type { ChildProcess } from 'node:child_process'
import { CLIENT_CORE, spawnPinned } from '../processes.ts'
import type { BlockResult } from './block.ts'
import type { SocketPlan } from './listeners.ts'
import type { Sender } from './message.ts'
import type { Order } from './process.ts'

/** A server as the load generator sees it. */
export interface Target { name: string; sender: Sender; sockets: SocketPlan[] }

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

/** One load generator process. Blocks of different targets may run at the same time. */
export class Load {
  private readonly child: ChildProcess
  private readonly pending = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>()
  private lastId = 0

  constructor() {
    this.child = spawnPinned(CLIENT_CORE, [import.meta.dirname + '/process.ts'], { ipc: true })
    this.child.on('message', (answer: { id: number; result?: unknown; error?: string }) => {
      const waiter = this.pending.get(answer.id)
      this.pending.delete(answer.id)
      if (answer.error) waiter?.reject(new Error(answer.error))
      else waiter?.resolve(answer.result)
    })
    this.child.on('exit', code => {
      for (const waiter of this.pending.values()) waiter.reject(new Error(`the load generator ended with ${code}`))
    })
  }

  /** Opens the sockets of a target; they stay open until `close`. */
  async open(target: Target): Promise<void> {
    await this.order({ op: 'open', target: target.name, sender: target.sender, sockets: target.sockets })
  }

  /** One block at `rate` messages per second. */
  async block(target: string, rate: number, seconds: number): Promise<BlockResult> {
    return await this.order({ op: 'block', target, rate, seconds }) as BlockResult
  }

  async close(target: string): Promise<void> { await this.order({ op: 'close', target }) }

  stop(): void { this.child.disconnect() }

  private order(order: WithoutId<Order>): Promise<unknown> {
    const id = ++this.lastId
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject })
      this.child.send({ ...order, id })
    })
  }
}
