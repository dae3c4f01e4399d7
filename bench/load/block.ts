// One block of open-loop load: messages leave on the clock, whatever the server does, and all are accounted for.
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpPool } from './http-pool.ts'
import type { Listeners } from './listeners.ts'
import { request, type Sender } from './message.ts'
import { percentiles, type Percentiles } from './percentiles.ts'

/** What one block gave. Latencies in ms from the moment a message was due to leave. */
export interface BlockResult {
  rate: number
  sent: number
  /** Messages not answered by a 2xx. */
  refused: number
  /** Events that never reached a socket: messages × sockets − arrivals, of acknowledged and refused messages alike. */
  lost: number
  duplicates: number
  closedSockets: number
  ack: Percentiles
  event: Percentiles
  /** How late the generator itself was at worst; above a few ms the client, not the server, was the bottleneck. */
  generatorLate: number
  /** Share of the block in which the generator's process was computing; near 1 it measures itself. */
  clientBusy: number
}

const QUIET_MS = 3_000

/** Sends `rate × seconds` messages and waits until all answers and events are in, or nothing has come for three seconds. */
export async function runBlock(sender: Sender, pool: HttpPool, listeners: Listeners, rate: number, seconds: number): Promise<BlockResult> {
  const total = Math.round(rate * seconds)
  const run = Math.random().toString(36).slice(2, 8).padEnd(6, '0')
  const sentAt = new Float64Array(total)
  const acks: number[] = []
  let answered = 0
  let refused = 0
  listeners.begin(run, total, sentAt)
  const cpuBefore = process.cpuUsage()
  const began = performance.now()

  const generatorLate = await onTheClock(total, rate, index => {
    const bytes = request(sender, run, index)
    const due = sentAt[index] = performance.now()
    pool.send(bytes, status => {
      answered++
      if (status >= 200 && status < 300) acks.push(performance.now() - due)
      else refused++
    })
  })

  const cpu = process.cpuUsage(cpuBefore)
  const clientBusy = (cpu.user + cpu.system) / 1000 / (performance.now() - began)
  const expected = total * listeners.count
  const arrived = () => answered + listeners.samples.length
  let last = arrived()
  let lastAt = performance.now()
  while ((answered < total || listeners.samples.length < expected) && performance.now() - lastAt < QUIET_MS) {
    await sleep(20)
    if (arrived() !== last) { last = arrived(); lastAt = performance.now() }
  }
  return {
    rate, sent: total, refused: refused + total - answered, lost: expected - listeners.samples.length,
    duplicates: listeners.duplicates, closedSockets: listeners.closed,
    ack: percentiles(acks), event: percentiles(listeners.samples), generatorLate, clientBusy,
  }
}

/** Calls `send(0…total-1)` at equal distances; answers by how many ms the latest call was late. */
function onTheClock(total: number, rate: number, send: (index: number) => void): Promise<number> {
  const start = performance.now() + 5
  let next = 0
  let late = 0
  return new Promise(resolve => {
    const tick = () => {
      while (next < total) {
        const behind = performance.now() - (start + next * 1000 / rate)
        if (behind < 0) { setTimeout(tick, 1); return }
        late = Math.max(late, behind)
        send(next++)
      }
      resolve(late)
    }
    tick()
  })
}
