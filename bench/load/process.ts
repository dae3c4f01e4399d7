// The load generator as its own process: takes orders from load.ts over IPC and answers each with a result.
import { runBlock } from './block.ts'
import { HttpPool } from './http-pool.ts'
import { Listeners, type SocketPlan } from './listeners.ts'
import type { Sender } from './message.ts'

export type Order =
  | { id: number; op: 'open'; target: string; sender: Sender; sockets: SocketPlan[] }
  | { id: number; op: 'block'; target: string; rate: number; seconds: number }
  | { id: number; op: 'close'; target: string }

interface Open { sender: Sender; pool: HttpPool; listeners: Listeners }

const targets = new Map<string, Open>()

process.on('message', async (order: Order) => {
  try {
    process.send!({ id: order.id, result: await obey(order) })
  } catch (error) {
    process.send!({ id: order.id, error: error instanceof Error ? error.message : String(error) })
  }
})
process.on('disconnect', () => process.exit(0))

async function obey(order: Order): Promise<unknown> {
  if (order.op === 'open') {
    const listeners = new Listeners()
    await listeners.open(order.sockets)
    targets.set(order.target, { sender: order.sender, pool: new HttpPool(order.sender.url), listeners })
    return null
  }
  const target = targets.get(order.target)
  if (!target) throw new Error(`no open target ${order.target}`)
  if (order.op === 'block') return runBlock(target.sender, target.pool, target.listeners, order.rate, order.seconds)
  target.pool.close()
  target.listeners.close()
  targets.delete(order.target)
  return null
}
